package io.fixlane.cli.cast;

import static io.fixlane.cli.cast.QuantizationRule.digit;

import io.fixlane.cli.cast.Explanation.Role;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.BitText;
import io.fixlane.cli.text.ExactText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceCast;
import java.math.BigInteger;
import java.util.List;

/** Casts a value and says how: every step is one that {@link ReferenceCast} took. */
final class CastExplainer {
  /**
   * The most fraction bits, of either sign, of a format that a number without an end in binary is
   * cast into.
   */
  static final int MAX_FRACTION_POINT = 100_000;

  private final String source;
  private final FixedFormat target;
  private final Explanation.Builder lines = new Explanation.Builder();

  private CastExplainer(String source, FixedFormat target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Explains one cast.
   *
   * @param title what is cast into what
   * @param source how the value is written
   * @throws UserError if {@code target} cannot hold an infinity, or is too far from a fraction
   */
  static Explanation explain(String title, String source, CastValue value, FixedFormat target) {
    CastExplainer explainer = new CastExplainer(source, target);
    explainer.lines.heading(title);
    return switch (value) {
      case CastValue.Word(Fixed fixed) -> fixed.format().equals(target)
          ? explainer.plainCopy(fixed)
          : explainer.binary(fixed.raw(), fixed.format().fractionBits(), fixed.format().width());
      case CastValue.Binary(BigInteger raw, int fractionBits) -> {
        // Enough bits for the sign and, where there is a fraction, for one in front of the point.
        int width = Math.max(raw.bitLength(), Math.max(fractionBits, 0)) + 1;
        yield explainer.binary(raw, fractionBits, width);
      }
      case CastValue.Fraction(BigInteger numerator, BigInteger denominator) ->
          explainer.fraction(numerator, denominator);
      case CastValue.Infinite infinite -> explainer.infinite(infinite);
    };
  }

  private Explanation plainCopy(Fixed source) {
    lines.entry("copy", "source and destination are the same type: a plain copy, no bit changes");
    result(source, List.of("0: the result is exact"));
    return lines.build(source);
  }

  private Explanation infinite(CastValue.Infinite infinite) {
    Fixed result;
    try {
      result = Fixed.from(target, infinite.toDouble());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    lines.entry("value", infinite.toDouble() + ", which has no bits");
    overflowHeading();
    lines.entry(target.overflow().name(), Role.LOST, "an infinity lies beyond the range: overflow");
    lines.entry("", "the rule: " + OverflowRule.rule(target));
    result(result, List.of(infinite.negative() ? "Infinity" : "-Infinity"));
    return lines.build(result);
  }

  private Explanation binary(BigInteger v, int fractionBits, int width) {
    ReferenceCast cast = ReferenceCast.of(v, fractionBits, target);
    lines.entry("value", ExactText.valueAndProduct(v, fractionBits, "v x 2^-Fs = "));
    steps(cast, fractionBits, width);
    result(cast.result(), CastError.lines(cast.result(), v, fractionBits));
    return lines.build(cast.result());
  }

  private Explanation fraction(BigInteger numerator, BigInteger denominator) {
    if (Math.abs((long) target.fractionBits()) > MAX_FRACTION_POINT) {
      throw new UserError(
          ExactText.elide(numerator + "/" + denominator) + " has no end in binary, and " + target
              + " has " + target.fractionBits() + " fraction bits: they must lie in -"
              + MAX_FRACTION_POINT + ".." + MAX_FRACTION_POINT);
    }
    ReferenceCast cast = ReferenceCast.ofFraction(numerator, denominator, target);
    int fractionBits = target.fractionBits() + 2;
    lines.entry("value",
        ExactText.fraction(numerator, denominator) + ", which has no end in binary");
    lines.entry("",
        "v has 2 bits below the destination: qb, and one that is 1 for all that follow");
    steps(cast, fractionBits, Math.max(cast.source().bitLength(), Math.max(fractionBits, 0)) + 1);
    result(cast.result(), CastError.lines(cast.result(), numerator, denominator));
    return lines.build(cast.result());
  }

  private void steps(ReferenceCast cast, int fractionBits, int width) {
    BigInteger v = cast.source();
    new BitPicture(v, Weights.of(width, fractionBits), target, target.wrap(cast.truncated()))
        .addTo(lines);
    lines.heading("Quantize by " + target.quantization() + ": " + target.quantization().summary());
    long n = (long) fractionBits - target.fractionBits();
    quantize(cast, n);
    overflowHeading();
    OverflowRule.explain(cast, n, lines);
  }

  private void quantize(ReferenceCast cast, long n) {
    BigInteger v = cast.source();
    String q = ExactText.elide(cast.quantized().toString());
    String difference =
        "Fs - Fd = " + (n + target.fractionBits()) + " - " + parenthesized(target.fractionBits())
            + " = " + n + ": ";
    if (n <= 0) {
      lines.entry("n", difference + "no bit is dropped"
          + (n < 0 ? ", " + plural(-n, "zero is", "zeros are") + " appended" : ""));
      lines.entry("q", "v x 2^-n = " + (isLong(v) ? "" : v + " x 2^" + -n)
          + (OverflowRule.beyond(cast, n)
              ? ", whose low " + target.width() + " bits are 0"
              : (isLong(v) ? "" : " = ") + q));
      return;
    }
    String t = ExactText.elide(cast.truncated().toString());
    lines.entry("n", difference + plural(n, "bit is", "bits are") + " dropped");
    lines.entry("t",
        "floor(v / 2^n) = " + (isLong(v) ? "" : "floor(" + v + " / 2^" + n + ") = ") + t);
    lines.entry("", target.contains(cast.truncated())
        ? "bits " + BitText.bits(target, cast.truncated())
        : "low bits " + BitText.bits(target, target.wrap(cast.truncated())));
    lines.entry("qb", Role.HALF, digit(cast.halfBit()) + ", the first bit dropped");
    lines.entry("r", Role.STICKY,
        digit(cast.stickyBit()) + (cast.stickyBit() ? ", a" : ", no") + " bit below qb is set");
    lines.entry("s",
        digit(cast.negative()) + ", v is " + (cast.negative() ? "" : "not ") + "negative");
    lines.entry("inc", QuantizationRule.worked(cast));
    lines.entry("q", "t + inc = "
        + (isLong(cast.truncated()) ? "" : t + " + " + digit(cast.increment()) + " = ") + q);
  }

  /** Returns whether a word is too long to be written twice in a line. */
  private static boolean isLong(BigInteger word) {
    return word.bitLength() > 64;
  }

  private void overflowHeading() {
    int n = target.saturationBits();
    String saturated = target.overflow().wraps() ? ", N = " + n : "";
    lines.heading(
        "Overflow by " + target.overflow() + saturated + ": " + target.overflow().summary());
    BigInteger lowest = target.minKeptRaw();
    lines.entry("range", "raw " + ExactText.rawRange(target, lowest));
    lines.entry("", "value " + ExactText.valueRange(target, lowest));
  }

  private void result(Fixed result, List<String> error) {
    lines.heading("Result");
    lines.entry("raw", Role.RESULT, ExactText.elide(result.raw().toString()));
    lines.entry("bits", Role.RESULT, BitText.bits(target, result.raw()));
    several("hex", BitText.hex(target, result.raw()));
    lines.entry("value", Role.RESULT,
        ExactText.valueAndProduct(result.raw(), target.fractionBits(), ""));
    several("error", error);
    String ofDouble = CastInput.ofDouble(source, result);
    if (!ofDouble.isEmpty()) {
      lines.entry("double", ofDouble);
    }
  }

  private void several(String label, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      lines.entry(i == 0 ? label : "", texts.get(i));
    }
  }

  private static String parenthesized(int number) {
    return number < 0 ? "(" + number + ")" : String.valueOf(number);
  }

  private static String plural(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
