package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/**
 * What becomes of the sums of a convolution's places, in words: a cast of them, or the signs of
 * sums less a threshold for each output.
 *
 * <p>A tap outside the image is skipped, but its bit is 0, which counts as -1, so that the sums of
 * some places lack weights, which {@link Borders} tells.
 */
public final class PlaceOutput implements BinaryOutput<FixedTensor> {
  private final Borders borders;
  private final Loops loops;
  private final int outputs;
  private final int[] table;
  private final int stride;
  private final int firstColumn;
  private final int resultBytes;

  /** The table has what is added or taken away, for each output of each kind of places. */
  private PlaceOutput(Borders borders, Loops loops, int outputs, int[] table, int stride,
      int firstColumn, FixedFormat result) {
    this.borders = borders;
    this.loops = loops;
    this.outputs = outputs;
    this.table = table;
    this.stride = stride;
    this.firstColumn = firstColumn;
    this.resultBytes = Container.of(result).bytes();
  }

  /**
   * Returns the output of sums that are cast into a format.
   *
   * @param k the signs of a sum
   * @param borders the places whose sums lack something
   * @param outputs how many there are
   * @param stride words from the results of a place to those of the next
   * @param firstColumn where among the results of a place these begin
   * @param result the format
   */
  public static PlaceOutput sums(
      int k, Borders borders, int outputs, int stride, int firstColumn, FixedFormat result) {
    FixedFormat sum = BinaryOutput.sums(k);
    Loops loops = borders.none()
        ? Loops.of(Operation.COPY, SUM, null, null, sum, 0, result, false)
        : Loops.of(Operation.ADD, SUM, SUM, null, sum, 0, result, false);
    return new PlaceOutput(
        borders, loops, outputs, borders.lacking(), stride, firstColumn, result);
  }

  /**
   * Returns the output of signs.
   *
   * @param k the signs of a sum
   * @param borders the places whose sums lack something
   * @param thresholds the least sum that gives +1, for each output
   * @param stride words from the results of a place to those of the next
   * @param firstColumn where among the results of a place these begin
   */
  public static PlaceOutput signs(
      int k, Borders borders, int[] thresholds, int stride, int firstColumn) {
    // Sums lie in -k..k: a threshold beyond gives what the nearest of -k and k + 1 does.
    int[] table = borders.lacking().clone();
    Arrays.setAll(table, i -> Math.clamp(thresholds[i % thresholds.length], -k, k + 1) - table[i]);
    int width = BinaryOutput.sums(k).width() + 3;
    FixedFormat difference = FixedFormat.signed(width, width);
    FixedFormat sign = SignBits.format(difference);
    Loops loops = Loops.of(Operation.SUBTRACT, SUM, SUM, null, difference, 0, sign, false);
    return new PlaceOutput(
        borders, loops, thresholds.length, table, stride, firstColumn, sign);
  }

  @Override
  public void store(
      BinaryWork work, FixedTensor target, int row, int rows, int column, int columns) {
    int most = columns == stride ? Math.clamp(BinaryWork.SIGNS / columns, 1, rows) : 1;
    int[] constants = work.constants(most * outputs);
    if (borders.areAlike()) {
      borders.expand(table, 0, most, constants);
    }
    int run;
    for (int i = 0; i < rows; i += run) {
      run = Math.min(most, rows - i);
      long place = work.firstPlace + row + i;
      if (!borders.areAlike()) {
        borders.expand(table, place, run, constants);
      }
      int from = i * work.tile.sumsStride;
      close(work.tile, from, run, columns);
      long constant = (long) column * Integer.BYTES;
      loops.compute(work.sums, (long) from * Integer.BYTES, work.constants, constant,
          work.constants, constant, target.segment(),
          (place * stride + firstColumn + column) * resultBytes, (long) run * columns, null);
    }
  }

  /** Moves rows of sums together, from one on. */
  private static void close(BinaryTile tile, int from, int rows, int columns) {
    if (columns != tile.sumsStride) {
      for (int i = 1; i < rows; i++) {
        System.arraycopy(
            tile.sums, from + i * tile.sumsStride, tile.sums, from + i * columns, columns);
      }
    }
  }
}
