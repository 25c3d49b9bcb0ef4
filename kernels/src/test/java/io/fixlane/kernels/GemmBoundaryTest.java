package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At the boundary of each rule by which a planner proves sums exact: the plan gives the reference's
 * words on both sides of it, and beyond it the plan that is refused does not. PlannerTest shows
 * where the plan changes.
 */
@Tag("vector-units")
class GemmBoundaryTest {
  private static final int BITS =
      Integer.parseInt(System.getProperty("fixlane.vectorBits", "0"));
  private static final int ROWS = 5;
  private static final FixedFormat S64 = FixedFormat.signed(
      64, 64, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);

  private static FixedFormat integer(int width) {
    return FixedFormat.signed(width, width);
  }

  private static long[] times(int k, long word) {
    return Collections.nCopies(k, word).stream().mapToLong(Long::longValue).toArray();
  }

  private static long[] then(long[] column, long... words) {
    return LongStream.concat(Arrays.stream(column), Arrays.stream(words)).toArray();
  }

  /** Equal rows of activations, by two columns: the weights, and the weights negated or not. */
  private static GemmProblem problem(FixedFormat a, FixedFormat w, int sign,
      @Nullable FixedFormat accumulator, FixedFormat output, long[] activations, long[] weights) {
    int k = weights.length;
    FixedTensor x = FixedTensor.allocate(a, ROWS, k);
    FixedTensor y = FixedTensor.allocate(w, k, 2);
    for (int i = 0; i < k; i++) {
      y.setRaw(2 * i, weights[i]);
      y.setRaw(2 * i + 1, sign * weights[i]);
      for (int m = 0; m < ROWS; m++) {
        x.setRaw((long) m * k + i, activations[i]);
      }
    }
    return new GemmProblem(x, y, null, accumulator, false, List.of(output));
  }

  private static List<Long> run(Gemm plan, GemmProblem problem) {
    FixedTensor target = FixedTensor.allocate(
        problem.outputs().getFirst(), problem.m(), problem.n());
    plan.run(problem.a(), target);
    return LongStream.range(0, target.size()).mapToObj(target::raw).toList();
  }

  private static List<Long> expected(GemmProblem problem) {
    return problem.referenceWords().stream().map(word -> word.longValue()).toList();
  }

  /** The last product is the one too many. */
  @ParameterizedTest
  @MethodSource
  void beyondItsRangeAUnitIsNotExact(
      Unit unit, FixedFormat a, FixedFormat w, int sign, long[] activations, long[] weights) {
    int last = weights.length - 1;
    GemmProblem within = problem(a, w, sign, null, S64, Arrays.copyOf(activations, last),
        Arrays.copyOf(weights, last));
    assertThat(run(within.plan(), within)).isEqualTo(expected(within));
    assertThat(run(Gemm.forced(a, within.w(), within.stage(), unit), within))
        .isEqualTo(expected(within));

    GemmProblem beyond = problem(a, w, sign, null, S64, activations, weights);
    assertThat(run(beyond.plan(), beyond)).isEqualTo(expected(beyond));
    assertForcedDiffers(unit, beyond);
  }

  private static void assertForcedDiffers(Unit unit, GemmProblem problem) {
    Gemm forced = Gemm.forced(problem.a().format(), problem.w(), problem.stage(), unit);
    if (BITS == 0 && unit != Unit.INT32) {
      // Scalar loops have no such unit, and so it cannot be forced.
      assertThat(forced.explain()).containsPattern(unit.label() + " +it needs vectors");
      assertThat(run(forced, problem)).isEqualTo(expected(problem));
    } else {
      assertThat(forced.explain()).contains("unit         " + unit.label());
      assertThat(run(forced, problem)).isNotEqualTo(expected(problem));
    }
  }

  static Stream<Arguments> beyondItsRangeAUnitIsNotExact() {
    FixedFormat bit = FixedFormat.unsigned(1, 1);
    return Stream.of(
        argumentSet("2^24 + 1 is no float", Unit.FLOAT32, integer(8), integer(11), 1,
            then(times(256, -128), 1), then(times(256, -512), 1)),
        argumentSet("2^53 + 1 is no double", Unit.FLOAT64, integer(24), integer(24), -1,
            then(times(256, -1L << 23), 1), then(times(256, -1L << 22), 1)),
        argumentSet("512 x 64 has 17 bits", Unit.INT16, integer(4), integer(5), 1,
            times(512, -8), times(512, -8)),
        argumentSet("513 x -64 has 17 bits", Unit.INT16, integer(4), integer(5), 1,
            times(513, -8), times(513, 8)),
        argumentSet("86 x 384 has 17 bits", Unit.TABLE, integer(8), integer(3), -1,
            times(86, -128), times(86, -3)),
        argumentSet("2^31 has 33 bits", Unit.INT32, bit, integer(33), 1, times(2, 1),
            new long[] {Integer.MAX_VALUE, 1}),
        argumentSet("-2^31 - 1 has 33 bits", Unit.INT32, bit, integer(33), 1, times(2, 1),
            new long[] {Integer.MIN_VALUE, -1}));
  }

  /** A lane of as many bits as a wrapping accumulator is enough, and one of one bit less is not. */
  @ParameterizedTest
  @MethodSource
  void ofAWrappingAccumulatorNoBitMayBeMissing(Unit unit, FixedFormat words, int bits) {
    // 4 x -2^(W-1) x -2^(W-1) is 2^(2W).
    long[] smallest = times(4, words.minRaw().longValueExact());
    GemmProblem within = problem(words, words, 1, integer(bits), S64, smallest, smallest);
    assertThat(run(within.plan(), within)).isEqualTo(expected(within)).containsOnly(0L);
    GemmProblem beyond = problem(words, words, 1, integer(bits + 1), S64, smallest, smallest);
    assertThat(run(beyond.plan(), beyond)).isEqualTo(expected(beyond))
        .containsOnly(-1L << bits);
    assertForcedDiffers(unit, beyond);
  }

  static Stream<Arguments> ofAWrappingAccumulatorNoBitMayBeMissing() {
    return Stream.of(
        argumentSet("16 bits", Unit.INT16, integer(8), 16),
        argumentSet("32 bits", Unit.INT32, integer(16), 32));
  }

  /** 2^62 + 2^62 has 65 bits, in words of 128; of a wrapping accumulator 64 are enough. */
  @Test
  void sumsOf65BitsAreFormedIn128() {
    long[] a = times(2, -1L << 52);
    long[] w = times(2, -1L << 10);
    GemmProblem exact = problem(integer(53), integer(11), 1, null, S64, a, w);
    assertThat(exact.plan().explain()).contains("each step in 128 bits");
    assertThat(run(exact.plan(), exact)).isEqualTo(expected(exact)).containsOnly(Long.MAX_VALUE);
    GemmProblem wrapping = problem(integer(53), integer(11), 1, integer(64), S64, a, w);
    assertThat(wrapping.plan().explain()).contains("unit         int64");
    assertThat(run(wrapping.plan(), wrapping)).isEqualTo(expected(wrapping))
        .containsOnly(Long.MIN_VALUE);
  }

  /** The bias is -1/2, below what the products have, and takes the sum below the accumulator. */
  @Test
  void aSumThatFillsItsLanesWrapsWithItsLateBias() {
    FixedFormat finer = FixedFormat.signed(33, 32);
    long[] a = {Integer.MIN_VALUE >> 16};
    long[] w = {1 << 15, 1 << 15};
    GemmProblem products = problem(integer(16), integer(17), 1, finer, S64, times(2, a[0]), w);
    FixedTensor bias = FixedTensor.allocate(finer, 2);
    bias.setRaw(0, -1);
    bias.setRaw(1, 1);
    GemmProblem problem = new GemmProblem(
        products.a(), products.w(), bias, finer, false, List.of(finer));
    assertThat(run(problem.plan(), problem)).isEqualTo(expected(problem))
        .contains((1L << 32) - 1, (-1L << 32) + 1);
  }

  /** Whole sums are exact within the accumulator; beyond it, only its steps are. */
  @ParameterizedTest
  @MethodSource
  void aSumThatLeavesItsAccumulatorTakesTheSteps(FixedFormat words, FixedFormat within,
      FixedFormat beyond, long[] activations, long[] weights) {
    FixedFormat output =
        FixedFormat.signed(40, 40 - words.times(words).fractionBits());
    GemmProblem whole = problem(words, words, 1, within, output, activations, weights);
    assertThat(whole.plan().explain()).contains("no step rounds, and none can overflow");
    assertThat(run(whole.plan(), whole)).isEqualTo(expected(whole));

    GemmProblem steps = problem(words, words, 1, beyond, output, activations, weights);
    assertThat(steps.plan().explain()).contains("every step is cast");
    assertThat(run(steps.plan(), steps)).isEqualTo(expected(steps));
    assertThat(run(steps.withAccumulator(null).plan(), steps)).isNotEqualTo(expected(steps));
  }

  private static FixedFormat s(int width, OverflowMode overflow, int saturationBits) {
    return new FixedFormat(
        true, width, width, QuantizationMode.AP_TRN, overflow, saturationBits);
  }

  static Stream<Arguments> aSumThatLeavesItsAccumulatorTakesTheSteps() {
    FixedFormat s9 = integer(9);
    FixedFormat s9f4 = FixedFormat.signed(9, 5);
    // Over all activations, the sums of 64 and 64 are -2^15..2^15 - 128.
    long[] smallest = {-256, -256};
    long[] halves = {64, 64};
    return Stream.of(
        argumentSet("AP_SAT", s9, s(16, OverflowMode.AP_SAT, 0), s(15, OverflowMode.AP_SAT, 0),
            smallest, halves),
        argumentSet("AP_SAT_ZERO", s9, s(16, OverflowMode.AP_SAT_ZERO, 0),
            s(15, OverflowMode.AP_SAT_ZERO, 0), smallest, halves),
        argumentSet("the smallest word of AP_SAT_SYM", s9, s(16, OverflowMode.AP_SAT, 0),
            s(16, OverflowMode.AP_SAT_SYM, 0), smallest, halves),
        argumentSet("AP_WRAP with N = 1", s9, s(16, OverflowMode.AP_WRAP, 1),
            s(15, OverflowMode.AP_WRAP, 1), smallest, halves),
        argumentSet("AP_WRAP_SM", s9, s(16, OverflowMode.AP_WRAP_SM, 0),
            s(15, OverflowMode.AP_WRAP_SM, 0), smallest, halves),
        argumentSet("one fraction bit less than a product", s9f4, FixedFormat.signed(30, 22),
            FixedFormat.signed(30, 23, QuantizationMode.AP_RND_CONV, OverflowMode.AP_WRAP),
            new long[] {1, 1}, new long[] {1, 1}));
  }
}
