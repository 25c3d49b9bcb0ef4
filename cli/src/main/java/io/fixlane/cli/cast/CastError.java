package io.fixlane.cli.cast;

import io.fixlane.cli.text.ExactText;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.util.List;

/**
 * The error of a cast, result - source, in a line; and in steps of the destination, 2<sup>-F</sup>,
 * in another.
 */
final class CastError {
  private CastError() {}

  /** Returns the error against v x 2<sup>-fractionBits</sup>. */
  static List<String> lines(Fixed result, BigInteger v, int fractionBits) {
    long resultFraction = result.format().fractionBits();
    if (v.signum() != 0 && result.raw().signum() != 0
        && Math.abs(resultFraction - fractionBits) > ExactText.MAX_POWER) {
      return List.of(
          ExactText.product(result.raw(), resultFraction),
          "- (" + ExactText.product(v, fractionBits) + ")");
    }
    long finest = v.signum() == 0
        ? resultFraction
        : result.raw().signum() == 0
            ? fractionBits
            : Math.max(resultFraction, fractionBits);
    BigInteger error =
        aligned(result.raw(), finest - resultFraction).subtract(aligned(v, finest - fractionBits));
    return error.signum() == 0
        ? List.of("0: the result is exact")
        : inSteps(ExactText.value(error, finest), ExactText.value(error, finest - resultFraction),
            resultFraction);
  }

  private static BigInteger aligned(BigInteger raw, long shift) {
    return raw.signum() == 0 ? raw : raw.shiftLeft((int) shift);
  }

  /** Returns the error against numerator / denominator. */
  static List<String> lines(Fixed result, BigInteger numerator, BigInteger denominator) {
    int fraction = result.format().fractionBits();
    BigInteger scaledNumerator = numerator.shiftLeft(Math.max(fraction, 0));
    BigInteger scaledDenominator = denominator.shiftLeft(Math.max(-fraction, 0));
    BigInteger steps = result.raw().multiply(scaledDenominator).subtract(scaledNumerator);
    String error = ExactText.fraction(
        steps.shiftLeft(Math.max(-fraction, 0)),
        scaledDenominator.shiftLeft(Math.max(fraction, 0)));
    return inSteps(error, ExactText.about(steps, scaledDenominator), fraction);
  }

  private static List<String> inSteps(String error, String steps, long fraction) {
    String unit = steps.equals("1") || steps.equals("-1") ? " step" : " steps";
    return List.of(error, steps + unit + " of 2^" + -fraction);
  }
}
