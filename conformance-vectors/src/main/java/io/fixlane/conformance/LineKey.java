package io.fixlane.conformance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a line begins with, in the order in which the lines of a block stand. */
enum LineKey {
  OP,
  X,
  Y,
  BIAS,
  ACC,
  Z;

  private final String text = name().toLowerCase(Locale.ROOT);

  String text() {
    return text;
  }

  static Optional<LineKey> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }
}
