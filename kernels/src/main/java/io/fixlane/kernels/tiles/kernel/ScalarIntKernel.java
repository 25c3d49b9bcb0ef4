package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;

/** The micro-kernel of {@link Unit#INT32} without vectors. */
final class ScalarIntKernel implements MicroKernel {
  private final TileShape shape;

  ScalarIntKernel(TileShape shape) {
    this.shape = shape;
  }

  @Override
  public void multiply(Tile tile) {
    int[] a = (int[]) tile.a;
    int[] panel = (int[]) tile.panel;
    int[] addend = (int[]) tile.addend;
    int[] sums = (int[]) tile.sums;
    int columns = shape.columns();
    for (int i = 0; i < shape.rows(); i++) {
      int to = tile.sumsOffset + i * tile.sumsStride;
      System.arraycopy(addend, tile.addendOffset + i * tile.addendStride, sums, to, columns);
      int p = tile.panelOffset;
      for (int r = 0; r < tile.runs; r++) {
        int start = tile.rowBase[tile.row + i] + tile.aOffset + tile.runBase[tile.run + r];
        for (int k = 0; k < tile.runLength; k++) {
          for (int j = 0; j < columns; j++) {
            sums[to + j] += a[start + (shape.lanewise() ? j : k)] * panel[p + j];
          }
          p += columns;
        }
      }
    }
  }
}
