package io.fixlane.cli.words.file;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/** Words as digits that files have. */
final class WordDigits {
  private WordDigits() {}

  /** Returns the value, exactly. */
  static String value(FixedFormat format, BigInteger raw) {
    return raw.signum() == 0 ? "0" : format.value(raw).stripTrailingZeros().toPlainString();
  }

  /** Returns the W bits, in hexadecimal digits. */
  static String hex(FixedFormat format, BigInteger raw) {
    return bits(format, raw, 16, (format.width() + 3) / 4);
  }

  /** Returns the W bits, in binary digits. */
  static String binary(FixedFormat format, BigInteger raw) {
    return bits(format, raw, 2, format.width());
  }

  private static String bits(FixedFormat format, BigInteger raw, int radix, int length) {
    BigInteger bits =
        raw.signum() < 0 ? raw.add(BigInteger.ONE.shiftLeft(format.width())) : raw;
    String digits = bits.toString(radix);
    return "0".repeat(length - digits.length()) + digits;
  }
}
