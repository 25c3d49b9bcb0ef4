package io.fixlane.onnx.write;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import io.fixlane.onnx.OnnxException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Casts of words into formats: quantization, then overflow. */
final class Casts {
  private final Arithmetic math;

  Casts(Arithmetic math) {
    this.math = math;
  }

  /**
   * Casts words.
   *
   * @param from their format, of which a cast into the very same is a copy; null where they have
   *     none
   */
  Words cast(Words x, @Nullable FixedFormat from, FixedFormat to) throws OnnxException {
    if (to.equals(from)) {
      return x;
    }
    // Beyond the bits of the word a shift to the right leaves its sign, and one beyond those of the
    // result to the left zeros, or an overflow.
    long asked = (long) x.fractionBits() - to.fractionBits();
    int dropped = (int) Math.clamp(asked, -to.width() - 1L, x.bits() + 1L);
    if (dropped > 0) {
      Divisor divisor = math.powerOfTwo(dropped);
      return overflowed(x, math.floor(x, divisor), rounded(x, divisor, to), to);
    }
    Words q = shifted(x, -dropped, to);
    return overflowed(x, q, q, to);
  }

  /**
   * Casts quotients, with one rounding.
   *
   * @param x twice the dividends
   * @param divisor twice the divisors of x 2<sup>-F</sup>, F being the format's
   */
  Words castQuotient(Words x, Divisor divisor, FixedFormat to) throws OnnxException {
    return overflowed(x, math.floor(x, divisor), rounded(x, divisor, to), to);
  }

  /** Returns words times a power of two; of those that overflow what overflows in the same way. */
  private Words shifted(Words x, int bits, FixedFormat to) throws OnnxException {
    Words small = x;
    if (!Arithmetic.fits(x.low().shiftLeft(bits), x.high().shiftLeft(bits))) {
      if (!to.overflow().wraps()) {
        small = math.clipped(x, to.minRaw().subtract(BigInteger.ONE),
            to.maxRaw().add(BigInteger.ONE));
      } else if (to.isModular()) {
        small = math.modulo(x, to.width());
      }
    }
    return math.aligned(small, Math.addExact(small.fractionBits(), bits));
  }

  /** Returns the quantized words. */
  private Words rounded(Words x, Divisor d, FixedFormat to) throws OnnxException {
    return switch (to.quantization()) {
      case AP_TRN -> math.floor(x, d);
      case AP_TRN_ZERO -> math.truncated(x, d);
      case AP_RND, AP_RND_MIN_INF, AP_RND_INF, AP_RND_ZERO, AP_RND_CONV ->
          math.floor(plus(x, addend(x, d, to.quantization()), d), d);
    };
  }

  /** Returns what makes a floor of the nearest: half the divisor, or less by one. */
  private String addend(Words x, Divisor d, QuantizationMode mode) {
    return switch (mode) {
      case AP_RND -> d.half();
      case AP_RND_MIN_INF -> d.halfLess();
      case AP_RND_INF -> bySign(x, d.halfLess(), d.half());
      case AP_RND_ZERO -> bySign(x, d.half(), d.halfLess());
      case AP_RND_CONV -> math.add(d.halfLess(), math.graph().node(
          "Mod", math.floor(x, d).tensor(), math.graph().constant(2)));
      case AP_TRN, AP_TRN_ZERO -> throw new IllegalStateException(mode + " adds nothing");
    };
  }

  private String bySign(Words x, String negative, String other) {
    if (x.low().signum() >= 0) {
      return other;
    }
    return math.where(math.negative(x), negative, other);
  }

  private Words plus(Words x, String addend, Divisor d) throws OnnxException {
    return math.words(math.add(x.tensor(), addend), x.fractionBits(), x.low(),
        x.high().add(d.most()));
  }

  /**
   * Returns the words of a format that quantized words become.
   *
   * @param x what was cast
   * @param truncated it, truncated
   * @param q the quantized words
   */
  private Words overflowed(Words x, Words truncated, Words q, FixedFormat to)
      throws OnnxException {
    if (to.keeps(q.low()) && to.keeps(q.high())) {
      return new Words(q.tensor(), to.fractionBits(), q.low(), q.high());
    }
    return switch (to.overflow()) {
      case AP_SAT, AP_SAT_SYM -> {
        Words clipped = math.clipped(q, to.minKeptRaw(), to.maxKeptRaw());
        yield new Words(clipped.tensor(), to.fractionBits(), clipped.low(), clipped.high());
      }
      case AP_SAT_ZERO -> Words.of(
          math.where(kept(q, to), q.tensor(), math.graph().constant(0)), to);
      case AP_WRAP -> Words.of(to.saturationBits() == 0
          ? wrapped(q, to)
          : math.where(kept(q, to), q.tensor(), wrappedWithSign(x, q, to)), to);
      case AP_WRAP_SM -> Words.of(
          math.where(kept(q, to), q.tensor(), signMagnitude(x, truncated, q, to)), to);
    };
  }

  /** Returns whether quantized words are in the range of a format. */
  private String kept(Words q, FixedFormat to) throws OnnxException {
    return math.equal(
        math.clipped(q, to.minKeptRaw(), to.maxKeptRaw()).tensor(), q.tensor());
  }

  private String wrapped(Words q, FixedFormat to) throws OnnxException {
    Words bits = new Words(q.tensor(), q.fractionBits(), q.low(), q.high());
    if (!to.signed()) {
      return math.modulo(bits, to.width()).tensor();
    }
    BigInteger half = to.minRaw().negate();
    Words moved = math.words(math.add(q.tensor(), math.constant(half)), q.fractionBits(),
        q.low().add(half), q.high().add(half));
    return math.subtract(math.modulo(moved, to.width()).tensor(), math.constant(half));
  }

  /** Returns the low bits with N bits above them: the sign and its opposite, or ones. */
  private String wrappedWithSign(Words x, Words q, FixedFormat to) throws OnnxException {
    String low = math.modulo(q, to.width() - to.saturationBits()).tensor();
    return to.signed()
        ? math.add(low, top(bySign(x, one(), zero()), to))
        : math.add(low, math.constant(Arithmetic.power(to.width())
            .subtract(Arithmetic.power(to.width() - to.saturationBits()))));
  }

  private String one() {
    return math.graph().constant(1);
  }

  private String zero() {
    return math.graph().constant(0);
  }

  /**
   * Returns N bits at the top of a word of a signed format: the highest is the sign, 0 or 1, and
   * those below its opposite.
   */
  private String top(String sign, FixedFormat to) throws OnnxException {
    int bits = Math.max(1, to.saturationBits());
    BigInteger negative = to.minRaw();
    BigInteger other = negative.negate().subtract(Arithmetic.power(to.width() - bits));
    return math.where(math.equal(sign, zero()), math.constant(other), math.constant(negative));
  }

  private String signMagnitude(Words x, Words truncated, Words q, FixedFormat to)
      throws OnnxException {
    int w = to.width();
    int n = to.saturationBits();
    // Without saturated bits the sign is the lost bit above the highest, before rounding.
    String sign = n == 0 ? math.bit(truncated, w) : bySign(x, one(), zero());
    String tested = math.bit(q, n > 1 ? w - n : w - 1);
    int lowBits = w - Math.max(n, 1);
    String low = math.modulo(q, lowBits).tensor();
    String inverted = math.subtract(
        math.constant(Arithmetic.power(lowBits).subtract(BigInteger.ONE)), low);
    String same = math.equal(sign, tested);
    String bits = n > 1 ? math.where(same, inverted, low) : math.where(same, low, inverted);
    return math.add(bits, top(sign, to));
  }
}
