package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.kernels.tiles.plan.Planner;
import io.fixlane.kernels.tiles.plan.ProductSpec;
import io.fixlane.kernels.tiles.plan.SumChoice;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The exact sums of a matrix product as one unit forms them, whatever others there are: how units
 * are compared, of which a plan takes the fastest.
 */
public final class UnitSums {
  private static final Sums.Output NOTHING = (work, row, rows, column, columns, stride) -> {};

  private final Sums sums;
  private final Container sum;
  private final int k;
  private final int n;

  private UnitSums(Sums sums, Container sum, int k, int n) {
    this.sums = sums;
    this.sum = sum;
    this.k = k;
    this.n = n;
  }

  /** A tensor as a matrix. */
  private record Weights(FixedTensor words, int k, int n) implements WeightMatrix {
    @Override
    public long at(int step, int column) {
      return words.raw(index(step, column));
    }

    @Override
    public long index(int step, int column) {
      return (long) step * n + column;
    }
  }

  /**
   * Plans sums.
   *
   * @param unit the unit, as plans name it
   * @param activations the format of the activations
   * @param weights k x n signed words
   * @return the sums, or null where there is no such unit, or it does not form them exactly
   */
  public static @Nullable UnitSums of(
      String unit, FixedFormat activations, FixedTensor weights) {
    int k = weights.dimension(0);
    int n = weights.dimension(1);
    ProductSpec spec = new ProductSpec(activations, weights.format(), new Weights(weights, k, n),
        null, activations, null, k, k, false, null, null);
    List<Unit> named = Stream.concat(DotProducts.usable().stream(), Unit.OF_WORDS.stream())
        .filter(each -> each.label().equals(unit)).toList();
    SumChoice choice = Planner.choose(spec, VectorProvider.vectorBits(), named);
    return choice.plan() == null
        ? null
        : new UnitSums(
            Products.ofMatrix(choice, spec, false, List.of()), choice.plan().sum(), k, n);
  }

  /** Forms the sums of rows of k activations, and leaves them. */
  public void run(FixedTensor a) {
    run(a, NOTHING);
  }

  /** Forms the sums of m rows of k activations, and writes m x n raw words. */
  public void run(FixedTensor a, FixedTensor target) {
    run(a, (work, row, rows, column, columns, stride) -> {
      MemorySegment block = work.sums.segment(sum);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          target.setRaw((long) (row + i) * n + column + j,
              sum.read(block, ((long) i * stride + j) * sum.bytes()));
        }
      }
    });
  }

  private void run(FixedTensor a, Sums.Output output) {
    Workspace work = Workspace.own();
    work.input = a.segment();
    work.inputOffset = 0;
    work.inputStride = k;
    try {
      sums.sum(work, 0, a.dimension(0), 0, sums.panels(), output);
    } finally {
      work.release();
    }
  }
}
