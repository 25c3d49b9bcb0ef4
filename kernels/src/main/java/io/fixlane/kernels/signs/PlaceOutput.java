package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the sums of a convolution's places, in words: a cast of them, or the signs of
 * sums less a threshold for each output.
 *
 * <p>A tap outside the image is skipped, but its bit is 0, which counts as -1, so that the sums of
 * some places lack weights, which {@link Borders} tells.
 */
public final class PlaceOutput implements BinaryOutput<FixedTensor> {
  private final Borders borders;
  private final Loops whole;
  private final Loops lacking;
  private final int outputs;
  private final int @Nullable [] thresholds;
  private final MemorySegment repeated;
  private final int stride;
  private final int firstColumn;
  private final int resultBytes;

  private PlaceOutput(Borders borders, Loops whole, Loops lacking, int outputs,
      int @Nullable [] thresholds, int stride, int firstColumn, FixedFormat result) {
    this.borders = borders;
    this.whole = whole;
    this.lacking = lacking;
    this.outputs = outputs;
    this.thresholds = thresholds;
    this.repeated = MemorySegment.ofArray(thresholds == null ? new int[0] : repeat(thresholds));
    this.stride = stride;
    this.firstColumn = firstColumn;
    this.resultBytes = Container.of(result).bytes();
  }

  /** Returns thresholds as often as several rows take them at once. */
  private static int[] repeat(int[] thresholds) {
    int[] all = new int[rowsAtOnce(thresholds.length) * thresholds.length];
    Arrays.setAll(all, i -> thresholds[i % thresholds.length]);
    return all;
  }

  private static int rowsAtOnce(int outputs) {
    return Math.clamp(BinaryWork.SIGNS / outputs, 1, BinaryProduct.MAX_ROWS);
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
    return new PlaceOutput(borders,
        Loops.of(Operation.COPY, SUM, null, null, sum, 0, result, false),
        Loops.of(Operation.ADD, SUM, SUM, null, sum, 0, result, false),
        outputs, null, stride, firstColumn, result);
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
    int[] clamped = Arrays.stream(thresholds).map(t -> Math.clamp(t, -k, k + 1)).toArray();
    int width = BinaryOutput.sums(k).width() + 3;
    FixedFormat difference = FixedFormat.signed(width, width);
    FixedFormat sign = SignBits.format(difference);
    Loops loops = Loops.of(Operation.SUBTRACT, SUM, SUM, null, difference, 0, sign, false);
    return new PlaceOutput(
        borders, loops, loops, clamped.length, clamped, stride, firstColumn, sign);
  }

  @Override
  public void store(
      BinaryWork work, FixedTensor target, int row, int rows, int column, int columns) {
    boolean dense = columns == stride && columns == work.tile.sumsStride;
    int most = dense ? rowsAtOnce(outputs) : 1;
    int run;
    for (int i = 0; i < rows; i += run) {
      long place = work.firstPlace + row + i;
      int from = i * work.tile.sumsStride;
      int without = Math.min(borders.whole(place), rows - i);
      run = Math.clamp(without, 1, most);
      if (without > 0) {
        compute(whole, work, from, repeated, column, target, place, run * columns);
      } else {
        compute(lacking, work, from, constants(work, place), column, target, place, columns);
      }
    }
  }

  /** Returns what comes to the sums of a place that lack something, or is taken from them. */
  private MemorySegment constants(BinaryWork work, long place) {
    int[] constants = work.constants(outputs);
    borders.lacking(place, constants);
    if (thresholds != null) {
      for (int n = 0; n < outputs; n++) {
        constants[n] = thresholds[n] - constants[n];
      }
    }
    return work.constants;
  }

  private void compute(Loops loops, BinaryWork work, int from, MemorySegment constants, int column,
      FixedTensor target, long place, int count) {
    long constant = (long) column * Integer.BYTES;
    loops.compute(work.sums, (long) from * Integer.BYTES, constants, constant, constants, constant,
        target.segment(), (place * stride + firstColumn + column) * resultBytes, count, null);
  }
}
