package io.fixlane.cli.cast;

import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.ReferenceCast;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the quantization modes as text; {@link ReferenceCast} is what applies them. */
public final class QuantizationRule {
  private QuantizationRule() {}

  /** Returns the formula of the increment. */
  public static String formula(QuantizationMode mode) {
    return switch (mode) {
      case AP_RND -> "qb";
      case AP_RND_ZERO -> "qb & (s | r)";
      case AP_RND_MIN_INF -> "qb & r";
      case AP_RND_INF -> "qb & (!s | r)";
      case AP_RND_CONV -> "qb & (lsb(t) | r)";
      case AP_TRN -> "0";
      case AP_TRN_ZERO -> "s & (qb | r)";
    };
  }

  /** Returns the formula, the same with the bits of a cast put in, and what it gives there. */
  static String worked(ReferenceCast cast) {
    String formula = formula(cast.target().quantization());
    String numbers = formula
        .replace("lsb(t)", digit(cast.truncated().testBit(0)))
        .replace("qb", digit(cast.halfBit()))
        .replace("r", digit(cast.stickyBit()))
        .replace("s", digit(cast.negative()));
    String increment = digit(cast.increment());
    return Stream.of(formula, numbers, increment).distinct().collect(Collectors.joining(" = "));
  }

  static String digit(boolean bit) {
    return bit ? "1" : "0";
  }
}
