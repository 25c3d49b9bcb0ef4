package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.hardware.circuit.Operation.Cast;
import io.fixlane.hardware.circuit.Value;

/** The parameters of {@code fixlane_cast}, whose numbers of modes are those of ap_fixed. */
final class CastParameters {
  private CastParameters() {}

  static String of(Value a, Cast cast) {
    return of(a.range().signed(), a.width(), cast.fractionBits(), cast.target());
  }

  /**
   * Returns the parameters of a cast.
   *
   * @param signed whether the source is signed
   * @param bits its bits
   * @param fractionBits its fraction bits
   * @param target the format
   */
  static String of(boolean signed, int bits, int fractionBits, FixedFormat target) {
    // Beyond the source's bits further ones are its sign, and beyond the target's only zeros come.
    long dropped = Math.clamp(
        fractionBits - (long) target.fractionBits(), -target.width() - 1, bits + 2);
    return ".SOURCE_BITS(" + bits + "), .SOURCE_SIGNED(" + (signed ? 1 : 0) + "), .DROPPED("
        + dropped + "), .BITS(" + target.width() + "), .SIGNED(" + (target.signed() ? 1 : 0)
        + "), .QUANTIZATION(" + number(target.quantization()) + "), .OVERFLOW("
        + number(target.overflow()) + "), .SATURATED(" + target.saturationBits() + ")";
  }

  private static int number(QuantizationMode mode) {
    return switch (mode) {
      case AP_RND -> 0;
      case AP_RND_ZERO -> 1;
      case AP_RND_MIN_INF -> 2;
      case AP_RND_INF -> 3;
      case AP_RND_CONV -> 4;
      case AP_TRN -> 5;
      case AP_TRN_ZERO -> 6;
    };
  }

  private static int number(OverflowMode mode) {
    return switch (mode) {
      case AP_SAT -> 0;
      case AP_SAT_ZERO -> 1;
      case AP_SAT_SYM -> 2;
      case AP_WRAP -> 3;
      case AP_WRAP_SM -> 4;
    };
  }
}
