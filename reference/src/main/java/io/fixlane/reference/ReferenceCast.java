package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Objects;

/**
 * One cast, step by step: quantize first, then overflow (UG1399, "Quantization Modes" and "Overflow
 * Modes").
 *
 * <p>The source is an integer v with Fs fraction bits, the destination has Fd; n = Fs - Fd low bits
 * of v are dropped. With t the bits kept, qb the first bit dropped, r whether any further one is
 * set and s whether v is negative, the quantized word is q = t + increment, where the increment of
 * each mode is
 *
 * <pre>
 *   AP_RND  qb        AP_RND_ZERO  qb &amp; (s | r)    AP_RND_MIN_INF  qb &amp; r
 *   AP_TRN  0         AP_RND_INF   qb &amp; (!s | r)   AP_RND_CONV     qb &amp; (lsb(t) | r)
 *                     AP_TRN_ZERO  s &amp; (qb | r)
 * </pre>
 *
 * <p>Only a q outside the destination's range overflows. What then becomes of it is the overflow
 * mode's affair.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="cast"}
 */
public final class ReferenceCast {
  /** Where a quantized word lies with respect to the destination's range. */
  public enum Overflow {
    /** Inside: the word is kept. */
    NONE,
    /** Above the largest word that is kept, {@link FixedFormat#maxKeptRaw}. */
    HIGH,
    /** Below the smallest word that is kept, {@link FixedFormat#minKeptRaw}. */
    LOW
  }

  /** The most fraction bits of a destination that {@link #ofFraction} casts into. */
  public static final int MAX_FRACTION_BITS = 1_000_000;

  private final BigInteger source;
  private final int dropped;
  private final FixedFormat target;
  private final Quantization quantization;
  private final BigInteger quantized;
  private final Overflow overflow;
  private final BigInteger raw;

  private ReferenceCast(BigInteger source, int dropped, FixedFormat target) {
    this.source = source;
    this.dropped = dropped;
    this.target = target;
    this.quantization = Quantization.of(source, dropped, target.quantization());
    this.quantized = quantization.result();
    this.overflow = classify();
    this.raw = overflow == Overflow.NONE ? quantized : overflowed();
  }

  /**
   * Casts source x 2<sup>-fractionBits</sup>. Fs and Fd may lie as far apart as they can: the cost
   * depends on the bits of the source and the destination's W alone.
   *
   * @param source the integer v, of any size
   * @param fractionBits Fs
   * @param target the destination
   */
  public static ReferenceCast of(BigInteger source, int fractionBits, FixedFormat target) {
    Objects.requireNonNull(source, "source");
    long dropped = fractionBits - (long) Objects.requireNonNull(target, "target").fractionBits();
    if (source.signum() == 0) {
      dropped = Math.clamp(dropped, 0, 1);
    }
    // Any word but 0 overflows once it is shifted beyond W, with low bits that are all 0: further
    // makes no difference. Beyond the source's own bits a right shift leaves nothing but the sign.
    return new ReferenceCast(
        source, (int) Math.clamp(dropped, -target.width() - 1L, Integer.MAX_VALUE), target);
  }

  /**
   * Casts numerator / denominator with one rounding, also where no finite number of bits holds it.
   * A positive Fd costs a division of a number of as many bits.
   *
   * @throws ArithmeticException if the denominator is not positive
   * @throws IllegalArgumentException if {@code target} has more than {@value #MAX_FRACTION_BITS}
   *     fraction bits
   */
  public static ReferenceCast ofFraction(
      BigInteger numerator, BigInteger denominator, FixedFormat target) {
    return ofFraction(numerator, denominator, 0, target);
  }

  /** Casts numerator / denominator x 2<sup>-fractionBits</sup>, as the public method does. */
  static ReferenceCast ofFraction(
      BigInteger numerator, BigInteger denominator, int fractionBits, FixedFormat target) {
    Objects.requireNonNull(numerator, "numerator");
    if (Objects.requireNonNull(denominator, "denominator").signum() <= 0) {
      throw new ArithmeticException("the denominator is " + denominator + ": it must be positive");
    }
    long more = Objects.requireNonNull(target, "target").fractionBits() - (long) fractionBits;
    if (more > MAX_FRACTION_BITS) {
      throw new IllegalArgumentException("target is " + target + " with " + target.fractionBits()
          + " fraction bits: a fraction is cast into at most "
          + ((long) fractionBits + MAX_FRACTION_BITS));
    }
    // Two bits below the destination's: the first dropped one, and one that is set where anything
    // lies below it. Once the divisor exceeds the dividend, shifting it further changes nothing.
    long shift = more + 2;
    BigInteger dividend = numerator.shiftLeft((int) Math.max(shift, 0));
    BigInteger divisor = denominator.shiftLeft(Math.clamp(-shift, 0, numerator.bitLength() + 1));
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    return new ReferenceCast(parts[1].signum() == 0 ? floor : floor.setBit(0), 2, target);
  }

  private Overflow classify() {
    if (target.keeps(quantized)) {
      return Overflow.NONE;
    }
    return quantized.signum() > 0 ? Overflow.HIGH : Overflow.LOW;
  }

  private BigInteger overflowed() {
    boolean high = overflow == Overflow.HIGH;
    return switch (target.overflow()) {
      case AP_SAT, AP_SAT_SYM -> high ? target.maxKeptRaw() : target.minKeptRaw();
      case AP_SAT_ZERO -> BigInteger.ZERO;
      case AP_WRAP ->
          target.saturationBits() == 0 ? target.wrap(quantized) : wrapWithSaturatedBits();
      case AP_WRAP_SM -> signMagnitudeWrap();
    };
  }

  private BigInteger wrapWithSaturatedBits() {
    int top = target.width() - 1;
    boolean negative = quantization.negative();
    return target.signed()
        ? target.wrap(withSaturatedBits(quantized, negative))
        : target.wrap(fill(quantized, top - target.saturationBits() + 1, top, true));
  }

  private BigInteger signMagnitudeWrap() {
    int w = target.width();
    int n = target.saturationBits();
    boolean sign = quantization.negative();
    if (n == 0) {
      // The lost bit just above the destination's most significant one, before rounding.
      boolean lost = w + dropped >= 0 && source.testBit(w + dropped);
      BigInteger word = lost == quantized.testBit(w - 1) ? quantized : quantized.not();
      return target.wrap(fill(word, w - 1, w - 1, lost));
    }
    boolean inverted = n == 1 ? sign != quantized.testBit(w - 1) : sign == quantized.testBit(w - n);
    return target.wrap(withSaturatedBits(inverted ? quantized.not() : quantized, sign));
  }

  /** Sets the most significant bit to the sign, and the N - 1 bits below it to its opposite. */
  private BigInteger withSaturatedBits(BigInteger word, boolean negative) {
    int top = target.width() - 1;
    return fill(fill(word, top - target.saturationBits() + 1, top, !negative), top, top, negative);
  }

  private static BigInteger fill(BigInteger word, int from, int to, boolean bit) {
    BigInteger ones =
        BigInteger.ONE.shiftLeft(to - from + 1).subtract(BigInteger.ONE).shiftLeft(from);
    return bit ? word.or(ones) : word.andNot(ones);
  }

  /** Returns the destination. */
  public FixedFormat target() {
    return target;
  }

  /** Returns v, the source's raw word. */
  public BigInteger source() {
    return source;
  }

  /**
   * Returns n = Fs - Fd, the number of low bits dropped; negative where zeros are appended. A shift
   * of a zero word, and one to the left by more than W, is given as the nearest one that has the
   * same effect.
   */
  public int dropped() {
    return dropped;
  }

  /** Returns t = floor(v / 2<sup>n</sup>), the bits kept. */
  public BigInteger truncated() {
    return quantization.truncated();
  }

  /** Returns qb, the first dropped bit. */
  public boolean halfBit() {
    return quantization.half();
  }

  /** Returns r, whether any dropped bit below qb is set. */
  public boolean stickyBit() {
    return quantization.sticky();
  }

  /** Returns s, whether the source is negative. */
  public boolean negative() {
    return quantization.negative();
  }

  /** Returns whether the quantization mode adds one to the bits kept. */
  public boolean increment() {
    return quantization.increment();
  }

  /** Returns q, the quantized word before the overflow mode is applied. */
  public BigInteger quantized() {
    return quantized;
  }

  /** Returns where q lies with respect to the destination's range. */
  public Overflow overflow() {
    return overflow;
  }

  /** Returns the result. */
  public Fixed result() {
    return new Fixed(target, raw);
  }
}
