package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.ExactFormat;
import io.fixlane.kernels.lanes.Int128;
import io.fixlane.kernels.lanes.cast.WideCast;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.kernels.tiles.plan.ProductSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of products whose words or sums are too wide for lanes of 64 bits, one by one in 128
 * bits, and cast into the output's format.
 */
final class WideProduct implements Sums {
  private static final int ROW_UNIT = 1;

  private final ProductSpec spec;
  private final Rows rows;
  private final boolean relu;
  private final long[] weights;
  private final int startShift;
  private final int productShift;
  private final int sumShift;
  private final @Nullable WideCast step;
  private final WideCast[] finish;

  /**
   * Makes the product.
   *
   * @param rows rows of longs
   * @param relu whether negative sums become 0 before they are cast
   * @param outputs the format of all columns, or one for each
   * @throws IllegalArgumentException if sums need more than 128 bits
   */
  WideProduct(ProductSpec spec, Rows rows, boolean relu, List<FixedFormat> outputs) {
    this.spec = spec;
    this.rows = rows;
    this.relu = relu;
    WeightMatrix matrix = spec.weights();
    this.weights = new long[Math.toIntExact((long) matrix.k() * matrix.n())];
    for (int k = 0; k < matrix.k(); k++) {
      for (int n = 0; n < matrix.n(); n++) {
        weights[k * matrix.n() + n] = matrix.at(k, n);
      }
    }
    FixedFormat product = spec.product();
    FixedFormat accumulator = spec.accumulator();
    FixedFormat sum = accumulator == null ? exactSum() : accumulator.plus(product);
    if (sum.width() > Int128.SIZE) {
      throw spec.tooWide(sum.width());
    }
    this.productShift = sum.fractionBits() - product.fractionBits();
    this.sumShift = accumulator == null ? 0 : sum.fractionBits() - accumulator.fractionBits();
    this.step = accumulator == null ? null : WideCast.of(sum, accumulator);
    FixedFormat sums = accumulator == null ? sum : accumulator;
    this.startShift =
        spec.bias() == null ? 0 : sums.fractionBits() - spec.biasFormat().fractionBits();
    // Many channels have few formats, and a cast is an object.
    Map<FixedFormat, WideCast> casts = new HashMap<>();
    this.finish = outputs.stream()
        .map(output -> casts.computeIfAbsent(output, format -> WideCast.of(sums, format)))
        .toArray(WideCast[]::new);
  }

  /** Returns a format of every sum of products and bias. */
  private FixedFormat exactSum() {
    long integer = spec.sumIntegerBits();
    return ExactFormat.of("the sum of the products", true, integer + spec.sumFractionBits(),
        integer);
  }

  @Override
  public int panels() {
    return 1;
  }

  @Override
  public int rowUnit() {
    return ROW_UNIT;
  }

  @Override
  public void sum(
      Workspace work, int firstRow, int lastRow, int firstPanel, int lastPanel, Output output) {
    int columns = spec.weights().n();
    int widest = Math.max(columns, spec.weights().k());
    int blockRows = Math.clamp(Rows.MOST_SUMS / widest, ROW_UNIT, rows.blockRows());
    int count;
    for (int row = firstRow; row < lastRow; row += count) {
      count = Math.min(blockRows, lastRow - row);
      rows.load(work, row, count, 0, spec.weights().k());
      work.sums.ensure(Container.LONG, (long) count * columns);
      long[] sums = (long[]) work.sums.array(Container.LONG);
      for (int i = 0; i < count; i++) {
        for (int n = 0; n < columns; n++) {
          sums[i * columns + n] = sum(work, i, n);
        }
      }
      output.store(work, row, count, 0, columns, columns);
    }
  }

  private long sum(Workspace work, int row, int column) {
    long[] a = (long[]) work.activations.array(Container.LONG);
    int[] runBase = rows.runBase();
    int length = rows.runLength();
    int base = work.rowBase[row] + (spec.lanewise() ? column : 0);
    boolean aSigned = spec.activations().signed();
    boolean wSigned = spec.weightFormat().signed();
    long start = spec.bias() == null ? 0 : spec.bias().at(0, column);
    Int128 sum = Int128.extended(start, spec.biasFormat().signed()).shiftLeft(startShift);
    for (int k = 0; k < spec.weights().k(); k++) {
      long x = a[base + runBase[k / length] + k % length];
      Int128 product = Int128.extended(x, aSigned)
          .times(Int128.extended(weights[k * spec.weights().n() + column], wSigned))
          .shiftLeft(productShift);
      sum = sum.shiftLeft(sumShift).plus(product);
      if (step != null) {
        sum = Int128.extended(step.cast(sum.high(), sum.low()), spec.accumulator().signed());
      }
    }
    boolean unsigned = step != null && !spec.accumulator().signed();
    return relu && sum.sign(unsigned) != 0
        ? 0
        : finish[finish.length == 1 ? 0 : column].cast(sum.high(), sum.low());
  }
}
