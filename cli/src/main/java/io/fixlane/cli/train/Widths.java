package io.fixlane.cli.train;

import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The W of the words of a network.
 *
 * @param bits of weights and activations
 * @param own of words that may have another one, by what they are
 */
record Widths(int bits, Map<Role, Integer> own) {
  Widths {
    // In one order, so that texts do not depend on how it came to them.
    Map<Role, Integer> copy = new EnumMap<>(Role.class);
    copy.putAll(own);
    own = Collections.unmodifiableMap(copy);
  }

  /** Makes widths that are all the same. */
  static Widths of(int bits) {
    return new Widths(bits, Map.of());
  }

  /** Returns formats of these widths. */
  QfxOptions options() {
    QfxOptions options = QfxOptions.bits(bits);
    for (Map.Entry<Role, Integer> other : own.entrySet()) {
      options = options.withBits(other.getValue(), other.getKey());
    }
    return options;
  }

  /** Returns the W of some words. */
  int of(Role role) {
    return own.getOrDefault(role, bits);
  }

  /** Returns the largest W of what layers give to others. */
  int ofLayers() {
    return Math.max(bits, of(Role.ELEMENT));
  }

  /** Returns the largest W. */
  int widest() {
    return IntStream.concat(IntStream.of(bits), own.values().stream().mapToInt(Integer::intValue))
        .max().orElseThrow();
  }

  /** Returns them in words. */
  String text() {
    return bits + "-bit words" + own.entrySet().stream()
        .map(other -> ", " + other.getValue() + " bits in " + text(other.getKey()))
        .collect(Collectors.joining());
  }

  private static String text(Role role) {
    return switch (role) {
      case INPUT -> "the input";
      case WEIGHT -> "weights";
      case BIAS -> "biases";
      case ACTIVATION -> "activations";
      case ELEMENT -> "element-wise layers";
      case ADDEND -> "what shortcuts add";
      case SCORES -> "scores";
    };
  }
}
