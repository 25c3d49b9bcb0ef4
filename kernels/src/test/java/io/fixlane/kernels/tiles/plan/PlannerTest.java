package io.fixlane.kernels.tiles.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each rule by which the planner proves sums exact, at its boundary: one product more, or one bit
 * more, and the plan flushes its lanes earlier, takes another unit, or takes the steps one by one.
 *
 * <p>Plans are made for vectors of 512 bits on any machine. That the plans which are refused give
 * other bits is what GemmBoundaryTest shows.
 */
@Tag("vector-units")
class PlannerTest {
  private static final int BITS = 512;
  /** Modes whose rounding of a sum is that of the product that was added. */
  private static final Set<QuantizationMode> ROUND_PRODUCTS = Set.of(QuantizationMode.AP_TRN,
      QuantizationMode.AP_RND, QuantizationMode.AP_RND_MIN_INF);

  /** A column of weights, and columns of others beside it. */
  private record Columns(long[]... columns) implements WeightMatrix {
    @Override
    public int k() {
      return columns[0].length;
    }

    @Override
    public int n() {
      return columns.length;
    }

    @Override
    public long at(int k, int n) {
      return columns[n][k];
    }

    @Override
    public long index(int k, int n) {
      return k * n() + n;
    }
  }

  private static FixedFormat integer(int width) {
    return FixedFormat.signed(width, width);
  }

  private static FixedFormat positive(int width) {
    return FixedFormat.unsigned(width, width);
  }

  private static FixedFormat accumulator(int width, int fraction, OverflowMode overflow) {
    return FixedFormat.signed(width, width - fraction, QuantizationMode.AP_TRN, overflow);
  }

  /** Returns an accumulator whose steps round by the sum, with one integer bit more than bits. */
  private static FixedFormat byTheirSums(int width) {
    return FixedFormat.signed(
        width, width + 1, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
  }

  private static long[] times(int k, long word) {
    return Collections.nCopies(k, word).stream().mapToLong(Long::longValue).toArray();
  }

  private static long[] then(long[] column, long word) {
    return LongStream.concat(Arrays.stream(column), LongStream.of(word)).toArray();
  }

  private static SumChoice choose(
      FixedFormat a, FixedFormat w, @Nullable FixedFormat accumulator, long[]... columns) {
    return choose(a, w, accumulator, null, a, columns);
  }

  private static SumChoice choose(FixedFormat a, FixedFormat w, @Nullable FixedFormat accumulator,
      @Nullable Long bias, FixedFormat biasFormat, long[]... columns) {
    int k = columns[0].length;
    Columns starts = null;
    if (bias != null) {
      long[][] words = new long[columns.length][];
      Arrays.fill(words, new long[] {bias});
      starts = new Columns(words);
    }
    return Planner.choose(new ProductSpec(a, w, new Columns(columns), starts, biasFormat,
        accumulator, k, k, false, null, null), BITS);
  }

  private static void assertBlocks(SumChoice choice, Unit unit, int... ends) {
    assertThat(choice.plan().unit()).as(choice.toString()).isEqualTo(unit);
    assertThat(choice.plan().steps()).isNull();
    assertThat(choice.plan().blocks()[0].ends()).containsExactly(ends);
  }

  private static void assertWhole(SumChoice choice) {
    assertThat(choice.plan().steps()).as(choice.toString()).isNull();
    assertThat(choice.wraps()).isFalse();
  }

  private static void assertSteps(SumChoice choice) {
    assertThat(choice.plan().steps()).as(choice.toString()).isNotNull();
  }

  /** 256 x -512 x -128 = 2^24. */
  @Test
  void floatsSumUpTo2To24() {
    assertBlocks(choose(integer(8), integer(10), null, times(256, -512)), Unit.FLOAT32, 256);
    assertBlocks(choose(integer(8), integer(10), null, times(257, -512)), Unit.FLOAT32, 256, 257);
    assertBlocks(choose(integer(8), integer(10), null, then(times(256, -512), 1)), Unit.FLOAT32,
        256, 257);
    assertBlocks(choose(integer(8), integer(11), null, times(256, -513)), Unit.FLOAT32, 255, 256);
  }

  /** -4096 x -4096 = 2^24: one more, and no block holds the product. */
  @Test
  void aFloatHoldsAProductUpTo2To24() {
    assertThat(choose(integer(13), integer(13), null, times(9, -4096)).refused())
        .anyMatch(reason -> reason.subject().equals("f32 FMA")
            && reason.text().startsWith("exact too"));
    assertThat(choose(integer(13), integer(14), null, times(9, -4097)).refused())
        .contains(new Fact("f32 FMA", "a product can be 16781312, beyond 2^24"));
  }

  /** 256 x -2^22 x -2^23 = 2^53. */
  @Test
  void doublesSumUpTo2To53() {
    long w = -1L << 22;
    assertBlocks(choose(integer(24), integer(23), null, times(256, w)), Unit.FLOAT64, 256);
    assertBlocks(choose(integer(24), integer(23), null, times(257, w)), Unit.FLOAT64, 256, 257);
    assertBlocks(choose(integer(24), integer(23), null, then(times(256, w), 1)), Unit.FLOAT64,
        256, 257);
  }

  /** 511 x -8 x -8 = 32704, and 64 more leave 16 bits; 512 x 8 x -8 = -32768 just does not. */
  @Test
  void lanesOf16BitsSumUpToTheirEnds() {
    // Six different weights are too many for a table.
    assertBlocks(choose(integer(4), integer(4), null, times(511, -8), digits(511)), Unit.INT16,
        511);
    assertBlocks(choose(integer(4), integer(4), null, times(512, -8), digits(512)), Unit.INT16,
        511, 512);
    assertBlocks(choose(integer(4), integer(5), null, times(512, 8), digits(512)), Unit.INT16,
        512);
    assertBlocks(choose(integer(4), integer(5), null, times(513, 8), digits(513)), Unit.INT16,
        512, 513);
  }

  private static long[] digits(int k) {
    return LongStream.range(0, k).map(i -> i % 6).toArray();
  }

  /** 17 look-ups of five weights -3 make 17 x 5 x -3 x -128 = 32640; with one weight more 33024. */
  @Test
  void tablesSumUpTo16BitsToo() {
    assertBlocks(choose(integer(8), integer(3), null, signs(85, -3)), Unit.TABLE, 17);
    assertBlocks(choose(integer(8), integer(3), null, signs(86, -3)), Unit.TABLE, 17, 18);
  }

  /** 5 x -51 x -128 = 32640, and 5 x -52 x -128 = 33280. */
  @Test
  void aTableHoldsTheSumsOfItsGroups() {
    assertThat(choose(integer(8), integer(7), null, signs(100, -51)).refused())
        .noneMatch(reason -> reason.text().contains("the sum of 5 products"));
    assertThat(choose(integer(8), integer(7), null, signs(100, -52)).refused())
        .contains(new Fact("table look-up", "the sum of 5 products can be beyond 2^15 - 1"));
  }

  /** 256 columns of one word; in the last its negation, as the second word of the table. */
  private static long[][] signs(int k, long word) {
    long[][] columns = new long[256][];
    Arrays.fill(columns, times(k, word));
    columns[255] = times(k, -word);
    return columns;
  }

  /** With activations of 0 and 1, the sum of positive weights is the largest sum. */
  @Test
  void intsHoldSumsOf32Bits() {
    long most = Integer.MAX_VALUE;
    assertBlocks(choose(positive(1), integer(32), null, new long[] {most}), Unit.INT32, 1);
    SumChoice beyond = choose(positive(1), integer(32), null, new long[] {most, 1});
    assertBlocks(beyond, Unit.FLOAT64, 2);
    Fact refused = new Fact("int32 multiply-add", "sums have 33 bits, and it adds up in 32");
    assertThat(beyond.refused()).contains(refused);
    assertThat(choose(positive(1), integer(32), null, 1L, integer(8), new long[] {most}).refused())
        .contains(refused);
  }

  @Test
  void longsHoldSumsOf64Bits() {
    long w = -1L << 10;
    assertThat(choose(integer(53), integer(11), null, times(1, w)).plan().unit())
        .isEqualTo(Unit.INT64);
    SumChoice beyond = choose(integer(53), integer(11), null, times(2, w));
    assertThat(beyond.plan()).isNull();
    assertThat(beyond.refused())
        .contains(new Fact("int64 multiply-add", "sums have 65 bits, and it adds up in 64"));
  }

  @Test
  void wordsOf53BitsAreTheWidestInLanes() {
    assertThat(choose(integer(53), integer(2), null, times(1, 1)).plan()).isNotNull();
    assertThat(choose(integer(54), integer(2), null, times(1, 1)).plan()).isNull();
  }

  @Test
  void ofAWrappingAccumulatorOnlyItsBitsAreSummed() {
    long[] column = times(100, -128);
    assertBlocks(choose(integer(8), integer(8), integer(16), column), Unit.INT16, 100);
    assertBlocks(choose(integer(8), integer(8), integer(17), column), Unit.FLOAT32, 100);
    // One fraction bit more than a product has is one low bit of the sum less.
    assertBlocks(choose(integer(8), integer(8), FixedFormat.signed(17, 16), column), Unit.INT16,
        100);
    assertBlocks(choose(integer(8), integer(8), FixedFormat.signed(18, 17), column),
        Unit.FLOAT32, 100);
    long[] wide = times(100, -32768);
    assertBlocks(choose(integer(16), integer(16), integer(32), wide), Unit.INT32, 100);
    assertThat(choose(integer(16), integer(16), integer(33), wide).plan().unit())
        .isEqualTo(Unit.FLOAT64);
    long[] widest = times(100, Integer.MIN_VALUE);
    assertBlocks(choose(integer(32), integer(32), integer(64), widest), Unit.INT64, 100);
    assertThat(choose(integer(32), integer(32), integer(65), widest).plan()).isNull();
  }

  @Test
  void onlyBitsThatFillTheLanesOfASumAreNotCastAgain() {
    long[] column = times(100, -32768);
    assertThat(choose(integer(16), integer(16), integer(32), column).wraps()).isFalse();
    assertThat(choose(integer(16), integer(16), integer(31), column).wraps()).isTrue();
    assertThat(choose(integer(16), integer(16), positive(32), column).wraps()).isTrue();
    // 32 bits of the sum, and one bit of the bias below them.
    FixedFormat finer = FixedFormat.signed(33, 32);
    assertThat(choose(integer(16), integer(16), finer, 2L, finer, column).wraps()).isFalse();
    assertThat(choose(integer(16), integer(16), finer, 3L, finer, column).wraps()).isTrue();
  }

  @Test
  void aBiasWithBitsBelowTheProductsIsAddedLate() {
    FixedFormat finer = FixedFormat.signed(10, 8);
    assertThat(choose(integer(8), integer(8), null, 4L, finer, times(9, 1)).lateBias()).isFalse();
    assertThat(choose(integer(8), integer(8), null, 6L, finer, times(9, 1)).lateBias()).isTrue();
  }

  /** 128 x -128 = -16384 is the smallest word of 15 bits, 257 x 255 the largest of 16. */
  @Test
  void aSaturatingAccumulatorThatCannotOverflowIsNoneAtAll() {
    FixedFormat s15 = accumulator(15, 0, OverflowMode.AP_SAT);
    assertWhole(choose(integer(8), integer(9), s15, new long[] {127, 1}));
    assertSteps(choose(integer(8), integer(9), s15, new long[] {128, 1}));
    assertWhole(choose(integer(8), integer(9), s15, 0L, s15, new long[] {128}));
    assertSteps(choose(integer(8), integer(9), s15, -1L, s15, new long[] {128}));
    FixedFormat u16 =
        FixedFormat.unsigned(16, 16, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);
    assertWhole(choose(positive(8), integer(10), u16, new long[] {256, 1}));
    assertSteps(choose(positive(8), integer(10), u16, new long[] {257, 1}));
    assertSteps(choose(positive(8), integer(10), u16, new long[] {-1}));
  }

  @Test
  void theSmallestWordOverflowsASymmetricAccumulator() {
    FixedFormat symmetric = accumulator(15, 0, OverflowMode.AP_SAT_SYM);
    assertWhole(choose(integer(8), integer(9), symmetric, new long[] {64, 63}));
    assertSteps(choose(integer(8), integer(9), symmetric, new long[] {64, 64}));
    assertWhole(choose(integer(8), integer(9), accumulator(15, 0, OverflowMode.AP_SAT),
        new long[] {64, 64}));
  }

  @Test
  void bitsThatSaturateNeedTheStepsWhereTheyCanOverflow() {
    FixedFormat saturated = new FixedFormat(
        true, 15, 15, QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 1);
    assertWhole(choose(integer(8), integer(9), saturated, new long[] {64, 64}));
    assertSteps(choose(integer(8), integer(9), saturated, new long[] {64, 65}));
    FixedFormat magnitude = new FixedFormat(
        true, 15, 15, QuantizationMode.AP_TRN, OverflowMode.AP_WRAP_SM, 0);
    assertWhole(choose(integer(8), integer(9), magnitude, new long[] {64, 64}));
    assertSteps(choose(integer(8), integer(9), magnitude, new long[] {64, 65}));
  }

  @Test
  void anAccumulatorWithOneFractionBitLessThanAProductRounds() {
    FixedFormat a = FixedFormat.signed(8, 4);
    FixedFormat w = FixedFormat.signed(8, 5);
    for (QuantizationMode mode : QuantizationMode.values()) {
      SumChoice exact = choose(a, w, rounding(30, 7, mode), times(9, 1));
      assertWhole(exact);
      assertThat(exact.plan().unit()).isEqualTo(Unit.INT16);
      SumChoice rounds = choose(a, w, rounding(30, 6, mode), times(9, 1));
      if (ROUND_PRODUCTS.contains(mode)) {
        assertWhole(rounds);
        assertThat(rounds.plan().unit().label()).isEqualTo("int32 multiply-shift-add");
      } else {
        assertSteps(rounds);
      }
    }
  }

  private static FixedFormat rounding(int width, int fraction, QuantizationMode mode) {
    return FixedFormat.signed(width, width - fraction, mode, OverflowMode.AP_WRAP);
  }

  /** 10 x -128 >> 1 is -640, and 10 x 127 >> 1 is 635; 7 x 127 is odd. */
  @Test
  void sumsOfRoundedProductsAreWholeWhereNoneCanOverflow() {
    FixedFormat a = FixedFormat.signed(8, 8);
    FixedFormat w = FixedFormat.signed(9, 8);
    long[] column = new long[] {10, 10, 7};
    // -640 - 640 - 448 = -1728 = -2048 + 320, and 635 + 635 + 444
    FixedFormat truncating = accumulator(12, 0, OverflowMode.AP_SAT);
    assertWhole(choose(a, w, truncating, -320L, truncating, column));
    assertSteps(choose(a, w, truncating, -321L, truncating, column));
    assertWhole(choose(a, w, truncating, 333L, truncating, column));
    assertSteps(choose(a, w, truncating, 334L, truncating, column));
    FixedFormat nearest =
        FixedFormat.signed(12, 12, QuantizationMode.AP_RND, OverflowMode.AP_SAT);
    assertWhole(choose(a, w, nearest, 332L, nearest, column));
    assertSteps(choose(a, w, nearest, 333L, nearest, column));
    // What wraps needs no proof.
    FixedFormat wraps = accumulator(12, 0, OverflowMode.AP_WRAP);
    assertThat(choose(a, w, wraps, 2000L, wraps, column).wraps()).isTrue();
  }

  /** 2^15 x 2^15 and half of 2^n: 32 bits hold it up to n = 30, and else 64 do. */
  @Test
  void aProductIsRoundedInALaneThatHoldsIt() {
    FixedFormat a = FixedFormat.signed(16, 0);
    FixedFormat w = FixedFormat.signed(16, 1);
    for (int n : new int[] {1, 30, 31}) {
      SumChoice choice = choose(a, w, rounding(20, 31 - n, QuantizationMode.AP_RND), times(9, 1));
      assertThat(choice.plan().unit().lane().bits()).as("%d", n).isEqualTo(n <= 30 ? 32 : 64);
    }
    SumChoice wider = choose(a, FixedFormat.signed(17, 1),
        rounding(20, 20, QuantizationMode.AP_TRN), times(9, 1));
    assertThat(wider.plan().unit().lane().bits()).isEqualTo(64);
  }

  @Test
  void aStepIsTakenInLanesOfAtMost64Bits() {
    FixedFormat w = integer(20);
    SumChoice narrow = choose(integer(20), w, byTheirSums(62), times(9, 1));
    assertSteps(narrow);
    SumChoice wide = choose(integer(20), w, byTheirSums(63), times(9, 1));
    assertThat(wide.plan()).isNull();
    assertThat(wide.refused())
        .contains(new Fact("vector lanes", "the exact sum of a step is ap_fixed<65,65>"));
  }
}
