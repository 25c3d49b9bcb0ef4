package io.fixlane.hardware.graph;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names for source code: {@code layer_}, which no keyword of C++ or Verilog begins with, and then
 * lower-case letters and digits with single underscores between them.
 */
final class Identifiers {
  private static final String PREFIX = "layer_";

  private final Set<String> taken = new HashSet<>();

  /** Returns a name like a text that no other has. */
  String of(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_|_$", "");
    String name = PREFIX + plain;
    for (int number = 2; !taken.add(name); number++) {
      name = PREFIX + plain + "_" + number;
    }
    return name;
  }
}
