package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.cast.ScalarCast;

/** The scalar twin of {@link VectorSteps}; its columns are as wide as a panel without vectors. */
final class ScalarSteps implements MicroKernel {
  private static final int COLUMNS = 256 / Long.SIZE;

  private final StepCast step;
  private final ScalarCast cast;

  ScalarSteps(StepCast step, ScalarCast cast) {
    this.step = step;
    this.cast = cast;
  }

  @Override
  public void multiply(Tile tile) {
    long[] a = (long[]) tile.a;
    long[] panel = (long[]) tile.panel;
    long[] sums = (long[]) tile.sums;
    long[] addend = (long[]) tile.addend;
    for (int i = 0; i < StepCast.ROWS; i++) {
      int start = tile.rowBase[tile.row + i] + tile.aOffset;
      for (int j = 0; j < COLUMNS; j++) {
        long sum = addend[tile.addendOffset + i * tile.addendStride + j];
        int p = tile.panelOffset + j;
        for (int r = 0; r < tile.runs; r++) {
          int from = start + tile.runBase[tile.run + r];
          for (int k = 0; k < tile.runLength; k++) {
            long x = a[from + (step.lanewise() ? j : k)];
            long product = step.terms() == 0 ? x * panel[p] : shiftAdd(x, panel, p);
            sum = cast.apply((sum << step.sumShift()) + (product << step.productShift()));
            p += COLUMNS * Math.max(1, step.terms());
          }
        }
        sums[tile.sumsOffset + i * tile.sumsStride + j] = sum;
      }
    }
  }

  private long shiftAdd(long x, long[] panel, int p) {
    long product = 0;
    for (int term = 0; term < step.terms(); term++) {
      product += ShiftTerm.times(x, (byte) panel[p + term * COLUMNS]);
    }
    return product;
  }
}
