package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.cast.ProductRounding;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;

/** The micro-kernel of {@link Unit#INT64} without vectors, and of products that are rounded. */
final class ScalarLongKernel implements MicroKernel {
  private final TileShape shape;
  private final int shift;
  private final long base;

  ScalarLongKernel(TileShape shape, ProductRounding rounding) {
    this.shape = shape;
    this.shift = rounding.shift();
    this.base = rounding.base();
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
          for (int j = 0; j < columns; j++) {
            long product = a[start + (shape.lanewise() ? j : k)] * panel[p + j];
            sums[to + j] += product + base >> shift;
          }
          p += columns;
        }
      }
    }
  }
}
