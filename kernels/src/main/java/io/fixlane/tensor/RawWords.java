package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/**
 * Raw words of at most 64 bits as longs, sign- or zero-extended; an unsigned one of 64 bits as its
 * bits.
 */
final class RawWords {
  private RawWords() {}

  static boolean inRange(FixedFormat format, long raw) {
    int unused = 64 - format.width();
    long kept = raw << unused;
    return (format.signed() ? kept >> unused : kept >>> unused) == raw;
  }

  static void require(FixedFormat format, long raw) {
    if (!inRange(format, raw)) {
      throw new IllegalArgumentException(
          "raw word " + raw + " is out of range for " + format + ": it must lie in "
              + format.minRaw() + ".."
              + format.maxRaw());
    }
  }

  static BigInteger exact(FixedFormat format, long raw) {
    return format.signed() || raw >= 0
        ? BigInteger.valueOf(raw)
        : new BigInteger(Long.toUnsignedString(raw));
  }
}
