package io.fixlane.kernels.signs;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/** Sums of signs, cast into a format. */
public final class SumOutput implements BinaryOutput<FixedTensor> {
  private final FixedFormat result;
  private final Loops cast;

  /** Makes the output of sums of k signs, cast into a format. */
  public SumOutput(int k, FixedFormat result) {
    this.result = result;
    this.cast = Loops.of(
        Operation.COPY, SUM, null, null, BinaryOutput.sums(k), 0, result, false);
  }

  /** Returns the format that the sums are cast into. */
  public FixedFormat result() {
    return result;
  }

  @Override
  public void store(
      BinaryWork work, FixedTensor target, int row, int rows, int column, int columns) {
    long stride = target.dimension(1);
    if (columns == stride && columns == work.tile.sumsStride) {
      cast(work, 0, target, row * stride, rows * columns);
      return;
    }
    for (int i = 0; i < rows; i++) {
      cast(work, i * work.tile.sumsStride, target, (row + i) * stride + column, columns);
    }
  }

  private void cast(BinaryWork work, int from, FixedTensor target, long to, int count) {
    MemorySegment sums = work.sums;
    long offset = (long) from * Integer.BYTES;
    cast.compute(sums, offset, sums, offset, sums, offset, target.segment(),
        to * Container.of(result).bytes(), count, null);
  }
}
