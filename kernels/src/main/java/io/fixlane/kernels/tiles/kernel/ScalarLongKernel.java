package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;

/** The micro-kernel of {@link Unit#INT64} and {@link Unit#SHIFT_ADD64} without vectors. */
final class ScalarLongKernel implements MicroKernel {
  private final TileShape shape;

  ScalarLongKernel(TileShape shape) {
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
            if (shape.unit().shiftsAndAdds()) {
              addTerms(a, start + k, panel, p, sums, to);
            } else {
              addProducts(a, start + k, panel, p, sums, to);
            }
            p += columns;
          }
        }
      }
    }
  }

  private void addProducts(long[] a, int at, long[] panel, int p, long[] sums, int to) {
    for (int j = 0; j < shape.columns(); j++) {
      sums[to + j] += a[shape.lanewise() ? at + j : at] * panel[p + j];
    }
  }

  private void addTerms(long[] a, int at, long[] panel, int p, long[] sums, int to) {
    for (int j = 0; j < shape.columns(); j++) {
      sums[to + j] += ShiftTerm.times(a[shape.lanewise() ? at + j : at], (byte) panel[p + j]);
    }
  }
}
