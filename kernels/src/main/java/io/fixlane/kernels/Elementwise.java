package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
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
  private final ElementwisePlan plan;

  private Elementwise(ElementwisePlan plan) {
    this.plan = plan;
  }

  private Elementwise(Exact exact, FixedFormat result) {
    this(ElementwisePlan.of(exact, result, result));
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
    if (a.signed() && (long) a.width() + slopeShift > FixedFormat.MAX_WIDTH) {
      throw new IllegalArgumentException("slopeShift is " + slopeShift
          + ": W + slopeShift must be at most 128, and W is " + a.width());
    }
    return leakyRelu(a, Fixed.ofRaw(FixedFormat.unsigned(1, 1 - slopeShift), 1), result);
  }

  /**
   * Plans a where it is not negative, else slope x a, exactly up to the one cast: what HLS computes
   * as {@code a < 0 ? RESULT(slope * a) : RESULT(a)}.
   *
   * {@snippet class="io.fixlane.kernels.example.ElementwiseExample" region="leakyRelu"}
   *
   * @param a the operand
   * @param slope the slope, of any value; 2<sup>-n</sup> takes a shift and no product
   * @param result the result
   * @throws IllegalArgumentException if a format is wider than 64 bits, the slope has more than 64
   *     bits from its first to its last one, or the exact result more than 128
   */
  public static Elementwise leakyRelu(FixedFormat a, Fixed slope, FixedFormat result) {
    requireFormats(a, a, result);
    Objects.requireNonNull(slope, "slope");
    if (!a.signed() || slope.raw().signum() == 0) {
      return relu(a, result);
    }
    Exact exact = Exact.leakyRelu(a, slope);
    if (exact.b() == null) {
      return new Elementwise(exact, result);
    }
    FixedTensor word = FixedTensor.allocate(exact.b(), 1);
    word.setRaw(0, slope.cast(exact.b()).raw().longValue());
    return new Elementwise(
        ElementwisePlan.of(exact, result, exact.plan(result, word.segment())));
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
    return new Elementwise(ElementwisePlan.of(Exact.shifted(a, bits), a, wrapping));
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
    return new Elementwise(ElementwisePlan.of(exact, result, ChannelConstants.of(scale, bias)));
  }

  /**
   * Plans f(x), by a table of the results of every word: a sigmoid, a hyperbolic tangent, an
   * exponential, or any other function of one number. Each result is what f gives for the value of
   * the word, a double, cast into {@code result} with one rounding.
   *
   * <p>Results are the same on every machine where f is: take {@link StrictMath}, or what Java says
   * of every bit of, as of {@link Math#sqrt}. {@link Math#exp} and its like may be an ulp apart
   * from one machine to the next, and a tie is then rounded to another word.
   *
   * {@snippet class="io.fixlane.kernels.example.ElementwiseExample" region="lookUp"}
   *
   * @param x the operand, of at most 16 bits
   * @param f the function; it is called once for every word, from the smallest to the largest, with
   *     its value, or the nearest double where the binary point lies beyond the range of doubles
   * @param result the result
   * @throws IllegalArgumentException if {@code x} is wider than 16 bits or {@code result} than 64,
   *     or f gives NaN, or an infinity where the result's overflow mode wraps; the message names
   *     the word
   */
  public static Elementwise lookUp(FixedFormat x, DoubleUnaryOperator f, FixedFormat result) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(result, "result");
    return lookUp(x, LookUpTable.of(x, f, result));
  }

  /**
   * Plans a look-up in a table, of which the plan keeps a copy. Tables of a few vectors are read by
   * permutations, larger ones word by word; {@link #explain} says which.
   *
   * @param x the operand, of at most 16 bits
   * @param table the result of every word of x in the order of their values, from the smallest to
   *     the largest: 2<sup>W</sup> words in any shape, whose format is that of the results
   * @throws IllegalArgumentException if {@code x} is wider than 16 bits, or the table has another
   *     number of words, or one that is not in the range of its format
   */
  public static Elementwise lookUp(FixedFormat x, FixedTensor table) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(table, "table");
    return new Elementwise(ElementwisePlan.of(
        Exact.unary(Operation.LOOK_UP, x, table.format()), table.format(),
        LookUpTable.plan(x, table)));
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
    plan.run(a, aIndex, target, targetIndex, count);
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
    plan.run(a, aIndex, b, bIndex, target, targetIndex, count);
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
    plan.run(a, target, statistics);
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
    plan.run(a, b, target, statistics);
  }

  /**
   * Returns statistics to count into, empty; they see the exact values before the cast.
   *
   * @throws IllegalStateException if the plan is a look-up, which has no cast
   */
  public CastStatistics newStatistics() {
    return plan.newStatistics();
  }

  /** Returns what the plan does and how: formats, the exact result, lanes and vector width. */
  public String explain() {
    return plan.explain();
  }

  @Override
  public String toString() {
    return explain();
  }
}
