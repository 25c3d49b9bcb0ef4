package io.fixlane.cli.cast;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.ExactText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceCast;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a user asked to cast.
 *
 * @param text what was typed
 * @param value what it is
 * @param steps how an expression was computed; empty where the text is a plain value
 */
record CastInput(String text, CastValue value, List<Explanation.Line> steps) {
  /**
   * Reads a value or an expression.
   *
   * @throws UserError if it is neither
   */
  static CastInput parse(String text) {
    return CastValueText.isPlain(text)
        ? new CastInput(text, CastValueText.parse(text), List.of())
        : CastExpression.parse(text);
  }

  /**
   * Returns in words what a C++ compiler, which reads a decimal as the double next to it, would
   * get, where that is another word; else an empty text.
   */
  static String ofDouble(String text, Fixed result) {
    OptionalDouble other = CastValueText.otherDouble(text);
    if (other.isEmpty()) {
      return "";
    }
    Fixed cast = Fixed.from(result.format(), other.getAsDouble());
    return cast.equals(result)
        ? ""
        : "the double " + ExactText.elide(text)
            + ", as C++ reads it, gives raw " + ExactText.elide(cast.raw().toString());
  }

  /** What a cast gave, and what it cost. */
  record Outcome(Fixed result, boolean overflowed, boolean rounded) {}

  /**
   * Casts a value.
   *
   * @throws UserError if {@code target} cannot hold it
   */
  static Outcome cast(CastValue value, FixedFormat target) {
    try {
      return switch (value) {
        case CastValue.Word(Fixed fixed) when fixed.format().equals(target) ->
            new Outcome(fixed, false, false);
        case CastValue.Word(Fixed fixed) ->
            outcome(ReferenceCast.of(fixed.raw(), fixed.format().fractionBits(), target));
        case CastValue.Binary(var raw, int fractionBits) ->
            outcome(ReferenceCast.of(raw, fractionBits, target));
        case CastValue.Fraction(var numerator, var denominator) ->
            outcome(ReferenceCast.ofFraction(numerator, denominator, target));
        case CastValue.Infinite infinite ->
            new Outcome(Fixed.from(target, infinite.toDouble()), true, false);
      };
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Outcome outcome(ReferenceCast cast) {
    return new Outcome(cast.result(), cast.overflow() != ReferenceCast.Overflow.NONE,
        cast.halfBit() || cast.stickyBit());
  }
}
