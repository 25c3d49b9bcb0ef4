package io.fixlane.kernels.tiles.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Registers;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The unit that is fastest differs with the size and number of vector registers, and the planner
 * takes it: products for which another unit is exact as well, and faster at another width.
 */
@Tag("vector-units")
class PlannerWidthTest {
  private static final int STEPS = 512;
  private static final int COLUMNS = 512;

  /** Weights by their places. */
  private record Weights(IntBinaryOperator number) implements WeightMatrix {
    @Override
    public int k() {
      return STEPS;
    }

    @Override
    public int n() {
      return COLUMNS;
    }

    @Override
    public long at(int k, int n) {
      return number.applyAsInt(k, n);
    }

    @Override
    public long index(int k, int n) {
      return (long) k * COLUMNS + n;
    }
  }

  private static Unit chosen(int activationBits, int weightBits, WeightMatrix weights, int bits) {
    FixedFormat a = FixedFormat.signed(activationBits, activationBits);
    FixedFormat w = FixedFormat.signed(weightBits, weightBits);
    return Planner.choose(new ProductSpec(a, w, weights, null, a, null, STEPS, STEPS, false, null,
        null), bits).plan().unit();
  }

  /** AVX2 has a permutation of bytes of 128 bits, and puts one of 256 together from it. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void signsAreLookedUpWherePermutationsAreFast(int bits) {
    boolean slow = bits == 256 && Registers.few(bits);
    assertThat(chosen(8, 2, new Weights((k, n) -> (k + n) % 2 == 0 ? 1 : -1), bits))
        .isEqualTo(slow ? Unit.INT16 : Unit.TABLE);
  }

  /** Lanes of 16 bits hold 28 products: where tiles are small, a flush takes almost as long. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void lanesOf16BitsPayForTheirFlushWhereTilesAreLarge(int bits) {
    // Mostly 9, and too many different ones for a table.
    Weights nines = new Weights((k, _) -> k % 28 == 0 ? k / 28 % 9 : 9);
    assertThat(chosen(8, 5, nines, bits))
        .isEqualTo(Registers.few(bits) ? Unit.FLOAT32 : Unit.INT16);
  }
}
