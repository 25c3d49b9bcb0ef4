package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Raw words of at most 64 bits as longs, sign- or zero-extended; an unsigned one of 64 bits as its
 * bits.
 */
final class RawWords {
  private RawWords() {}

  static boolean inRange(FixedFormat format, long raw) {
    return extended(format, raw) == raw;
  }

  /** Returns the word of a format that has the low bits of a raw word. */
  static long extended(FixedFormat format, long raw) {
    int unused = 64 - format.width();
    long kept = raw << unused;
    return format.signed() ? kept >> unused : kept >>> unused;
  }

  static void requireWidth(FixedFormat format, FixedFormat other) {
    Objects.requireNonNull(other, "other");
    if (other.width() != format.width()) {
      throw new IllegalArgumentException("other is " + other + ": it must be " + format.width()
          + " bits wide, as " + format);
    }
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
