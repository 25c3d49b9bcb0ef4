package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;

/** The micro-kernel of {@link Unit#SHIFT_ADD64} without vectors. */
final class ScalarTermKernel implements MicroKernel {
  private final TileShape shape;

  ScalarTermKernel(TileShape shape) {
    this.shape = shape;
  }

  @Override
  public void multiply(Tile tile) {
    long[] a = (long[]) tile.a;
    long[] panel = (long[]) tile.panel;
    long[] addend = (long[]) tile.addend;
    long[] sums = (long[]) tile.sums;
    int columns = shape.columns();
    for (int i = 0; i < shape.rows(); i++) {
      int to = tile.sumsOffset + i * tile.sumsStride;
      System.arraycopy(addend, tile.addendOffset + i * tile.addendStride, sums, to, columns);
      int p = tile.panelOffset;
      for (int r = 0; r < tile.runs; r++) {
        int start = tile.rowBase[tile.row + i] + tile.aOffset + tile.runBase[tile.run + r];
        for (int k = 0; k < tile.runLength; k++) {
          for (int plane = 0; plane < shape.planes(); plane++) {
            for (int j = 0; j < columns; j++) {
              long x = a[start + k + (shape.lanewise() ? j : 0)];
              sums[to + j] += ShiftTerm.times(x, (byte) panel[p + j]);
            }
            p += columns;
          }
        }
      }
    }
  }
}
