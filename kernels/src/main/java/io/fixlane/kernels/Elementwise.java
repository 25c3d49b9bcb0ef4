package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an element-wise operation on one or two operands of any formats: the exact
 * intermediate result that HLS gives, and one cast into the result's format. Words have at most 64
 * bits and exact intermediate results at most 128, which is enough for every product; other
 * operations on operands whose binary points are too far apart for it are refused. Where the exact
 * result has more than 64 bits, elements are computed one by one, without vectors.
 *
 * <p>A second operand may hold a word for every element of the first; one word for all; or one for
 * each channel. Its dimensions then agree with the last ones of the first, and ones after the
 * channels repeat each word: for a first operand N x H x W x C it has C words, for one N x C x H x
 * W it is C x 1 x 1.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate. The result
 * may lie on an operand whose container has the same size; any other overlap is refused. A word
 * that is not in its format's range gives an unspecified word.
 *
 * {@snippet class="io.fixlane.kernels.example.ElementwiseExample" region="multiply"}
 */
public final class Elementwise {
  private final Exact exact;
  private final FixedFormat result;
  private final Plan full;
  private final Plan scalar;
  private final @Nullable ChannelConstants constants;

  /** The casting format differs from the result's where the operation itself says how it wraps. */
  private Elementwise(Exact exact, FixedFormat result, FixedFormat casting,
      @Nullable ChannelConstants constants) {
    this.exact = exact;
    this.result = result;
    this.full = exact.plan(casting, false);
    this.scalar = exact.b() == null ? full : exact.plan(casting, true);
    this.constants = constants;
  }

  private Elementwise(Exact exact, FixedFormat result) {
    this(exact, result, result, null);
  }

  private static void requireFormats(FixedFormat a, FixedFormat b, FixedFormat result) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(result, "result");
  }

  /**
   * Plans a + b.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise add(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.aligned(Operation.ADD, a, b, a.plus(b)), result);
  }

  /**
   * Plans a - b.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise subtract(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.aligned(Operation.SUBTRACT, a, b, a.minus(b)), result);
  }

  /**
   * Plans a x b.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise multiply(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.product(a, b), result);
  }

  /**
   * Plans a / b, truncated toward zero in the format HLS gives the quotient, then cast. Running it
   * throws an {@link ArithmeticException} that names the first zero divisor, and leaves the result
   * untouched.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise divide(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.quotient(a, b), result);
  }

  /**
   * Plans the smaller of a and b.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise min(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.extremum(Operation.MIN, a, b), result);
  }

  /**
   * Plans the larger of a and b.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise max(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.extremum(Operation.MAX, a, b), result);
  }

  /**
   * Plans the shortcut of a residual block: the larger of a + b and 0.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise residualAdd(FixedFormat a, FixedFormat b, FixedFormat result) {
    requireFormats(a, b, result);
    return new Elementwise(Exact.aligned(Operation.ADD_RELU, a, b, a.plus(b)), result);
  }

  /**
   * Plans -a.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits, or the exact result than
   *     128
   */
  public static Elementwise negate(FixedFormat a, FixedFormat result) {
    requireFormats(a, a, result);
    return new Elementwise(Exact.unary(Operation.NEGATE, a, a.negate()), result);
  }

  /**
   * Plans the larger of a and 0.
   *
   * @throws IllegalArgumentException if a format is wider than 64 bits
   */
  public static Elementwise relu(FixedFormat a, FixedFormat result) {
    requireFormats(a, a, result);
    return new Elementwise(Exact.unary(Operation.RELU, a, a), result);
  }

  /**
   * Plans a where it is not negative, else a x 2<sup>-slopeShift</sup>, exactly.
   *
   * @param a the operand
   * @param slopeShift the slope is 2<sup>-slopeShift</sup>; 0 or more
   * @param result the result
   * @throws IllegalArgumentException if {@code slopeShift} is negative, or a format or W +
   *     slopeShift is beyond 128
   */
  public static Elementwise leakyRelu(FixedFormat a, int slopeShift, FixedFormat result) {
    requireFormats(a, a, result);
    if (slopeShift < 0) {
      throw new IllegalArgumentException(
          "slopeShift is " + slopeShift + ": the slope 2^-slopeShift must be at most 1");
    }
    return a.signed() ? new Elementwise(Exact.leakyRelu(a, slopeShift), result) : relu(a, result);
  }

  /**
   * Plans a &lt;&lt; bits, or a &gt;&gt; -bits where {@code bits} is negative: the raw word is
   * shifted in its W bits, without rounding or saturation, and keeps its format.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits, or I + bits does not fit
   *     in 32 bits, where {@code bits} counts as at most W
   */
  public static Elementwise shiftLeft(FixedFormat a, int bits) {
    return shift(a, bits);
  }

  /**
   * Plans a &gt;&gt; bits, or a &lt;&lt; -bits where {@code bits} is negative, as
   * {@link #shiftLeft}.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits, or I - bits does not fit
   *     in 32 bits, where {@code bits} counts as at most W
   */
  public static Elementwise shiftRight(FixedFormat a, int bits) {
    return shift(a, -(long) bits);
  }

  private static Elementwise shift(FixedFormat a, long bits) {
    Objects.requireNonNull(a, "a");
    FixedFormat wrapping = a.withDefaultModes();
    return new Elementwise(Exact.shifted(a, bits), a, wrapping, null);
  }

  /**
   * Plans x * scale + bias with constants for each channel: the batch normalisation of a deployed
   * network, exact up to its one cast. The plan keeps copies of the constants.
   *
   * @param x the operand's format
   * @param scale one word for each channel, in the shape a second operand has; see
   *     {@link Broadcast}
   * @param bias as many words in the same shape
   * @param result the result
   * @throws IllegalArgumentException if the shapes differ, a format is wider than 64 bits, or the
   *     exact result than 128
   */
  public static Elementwise scaleAndShift(FixedFormat x, FixedTensor scale, FixedTensor bias,
      FixedFormat result) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(bias, "bias");
    Objects.requireNonNull(result, "result");
    Exact exact = Exact.productAndSum(x, scale.format(), bias.format());
    return new Elementwise(exact, result, result, ChannelConstants.of(scale, bias));
  }

  /**
   * Computes a range of elements of an operation on one operand.
   *
   * @param a the operand
   * @param aIndex the first word of it that is read
   * @param target the result
   * @param targetIndex the first word of it that is written
   * @param count the number of elements
   * @throws IllegalArgumentException if the operation takes other operands, a range does not lie in
   *     its memory, the target is read-only, or the ranges overlap other than in place
   */
  public void run(MemorySegment a, long aIndex, MemorySegment target, long targetIndex,
      long count) {
    requireOperands(1, false);
    check("a", a, exact.a(), aIndex, target, targetIndex, count);
    full.compute(a, offset(exact.a(), aIndex), target, offset(result, targetIndex), count, null);
  }

  /**
   * Computes a range of elements of an operation on two operands, each with a word for every
   * element.
   *
   * @param a the first operand
   * @param aIndex the first word of it that is read
   * @param b the second operand
   * @param bIndex the first word of it that is read
   * @param target the result
   * @param targetIndex the first word of it that is written
   * @param count the number of elements
   * @throws IllegalArgumentException if the operation takes other operands, a range does not lie in
   *     its memory, the target is read-only, or ranges overlap other than in place
   * @throws ArithmeticException if a divisor is 0; the message names its index, and the target is
   *     untouched
   */
  public void run(
      MemorySegment a, long aIndex, MemorySegment b, long bIndex, MemorySegment target,
      long targetIndex, long count) {
    requireOperands(2, false);
    check("a", a, exact.a(), aIndex, target, targetIndex, count);
    check("b", b, exact.b(), bIndex, target, targetIndex, count);
    requireDivisors(b, bIndex, count);
    full.compute(
        a, offset(exact.a(), aIndex), b, offset(exact.b(), bIndex), b, 0, target,
        offset(result, targetIndex), count, null);
  }

  /** Computes a whole tensor, as {@link #run(FixedTensor, FixedTensor, CastStatistics)}. */
  public void run(FixedTensor a, FixedTensor target) {
    run(a, target, (CastStatistics) null);
  }

  /**
   * Computes a whole tensor and counts what the cast did.
   *
   * @param a the operand
   * @param target the result, of as many words
   * @param statistics what to count into, made by {@link #newStatistics}; null to count nothing
   * @throws IllegalArgumentException if the operation has two operands, a tensor has another format
   *     than the plan, sizes do not agree, or tensors overlap other than in place
   */
  public void run(FixedTensor a, FixedTensor target, @Nullable CastStatistics statistics) {
    requireOperands(1, true);
    check(a, target, statistics);
    if (constants != null) {
      inTurn(a, Broadcast.inner(a, constants.scale()), constants.scale().size(),
          constants.repeatedScale(), constants.repeatedBias(), target, statistics);
      return;
    }
    full.compute(a.segment(), 0, target.segment(), 0, a.size(), statistics);
  }

  /**
   * Computes a whole tensor, as
   * {@link #run(FixedTensor, FixedTensor, FixedTensor, CastStatistics)}.
   */
  public void run(FixedTensor a, FixedTensor b, FixedTensor target) {
    run(a, b, target, null);
  }

  /**
   * Computes a whole tensor and counts what the cast did.
   *
   * @param a the first operand
   * @param b the second operand: of a's shape, one word, or one word for each channel
   * @param target the result, of as many words as a
   * @param statistics what to count into, made by {@link #newStatistics}; null to count nothing
   * @throws IllegalArgumentException if the operation has one operand, a tensor has another format
   *     than the plan, shapes do not agree, or tensors overlap other than in place
   * @throws ArithmeticException if a divisor is 0; the message names its index, and the target is
   *     untouched
   */
  public void run(FixedTensor a, FixedTensor b, FixedTensor target,
      @Nullable CastStatistics statistics) {
    requireOperands(2, true);
    Plan.requireFormat("b", b, exact.b());
    check(a, target, statistics);
    long inner = Broadcast.inner(a, b);
    Memory.requireNoOverlap("b", b, target, b.size() == a.size());
    requireDivisors(b.segment(), 0, b.size());
    inTurn(a, inner, b.size(), b, b, target, statistics);
  }

  /** Runs over stretches that meet either every word of b and c in turn, or one word of each. */
  private void inTurn(
      FixedTensor a, long inner, long channels, FixedTensor b, FixedTensor c, FixedTensor target,
      @Nullable CastStatistics statistics) {
    boolean inTurn = inner == 1;
    long stretch = inTurn ? b.size() : inner;
    for (long i = 0; i < a.size(); i += stretch) {
      long channel = inTurn ? 0 : i / inner % channels;
      (inTurn ? full : scalar).compute(
          a.segment(), offset(exact.a(), i), b.segment(), offset(b.format(), channel), c.segment(),
          offset(c.format(), channel), target.segment(), offset(result, i),
          Math.min(stretch, a.size() - i), statistics);
    }
  }

  private void check(FixedTensor a, FixedTensor target, @Nullable CastStatistics statistics) {
    Plan.requireFormat("a", a, exact.a());
    Plan.requireFormat("target", target, result);
    Plan.requireSize("target", target, a.size());
    if (statistics != null) {
      Plan.requireSource(statistics, exact.format());
    }
    check("a", a.segment(), exact.a(), 0, target.segment(), 0, a.size());
  }

  private void check(String name, MemorySegment operand, FixedFormat format, long index,
      MemorySegment target, long targetIndex, long count) {
    Memory.check(name, operand, Container.of(format), index, target, Container.of(result),
        targetIndex, count);
  }

  private void requireOperands(int operands, boolean constantsAllowed) {
    int taken = constants != null || exact.b() == null ? 1 : 2;
    if (taken != operands) {
      throw new IllegalArgumentException(
          exact.operation() + " was given " + operands + " operands: it takes " + taken);
    }
    if (constants != null && !constantsAllowed) {
      throw new IllegalArgumentException(
          "a segment has no channels: scaleAndShift takes tensors, or slices of them");
    }
  }

  private void requireDivisors(MemorySegment b, long index, long count) {
    if (exact.operation() == Operation.DIVIDE) {
      long zero = ZeroScan.firstZero(b, Container.of(exact.b()), index, count);
      if (zero >= 0) {
        throw new ArithmeticException("divisor " + zero + " is 0");
      }
    }
  }

  private static long offset(FixedFormat format, long index) {
    return index * Container.of(format).bytes();
  }

  /** Returns statistics to count into, empty; they see the exact values before the cast. */
  public CastStatistics newStatistics() {
    return new CastStatistics(exact.format());
  }

  /** Returns what the plan does and how: formats, the exact result, lanes and vector width. */
  public String explain() {
    return exact + " -> " + result + ": " + full.explain();
  }

  @Override
  public String toString() {
    return explain();
  }
}
