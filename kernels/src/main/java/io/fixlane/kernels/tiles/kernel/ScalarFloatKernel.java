package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import java.util.Arrays;

/** The micro-kernel of {@link Unit#ROUNDED_FLOAT32} without vectors: the same sums in order. */
final class ScalarFloatKernel implements MicroKernel {
  private final TileShape shape;
  private final ThreadLocal<float[]> sums;

  ScalarFloatKernel(TileShape shape) {
    this.shape = shape;
    this.sums = ThreadLocal.withInitial(() -> new float[shape.columns()]);
  }

  /** Returns where the panel has a run. */
  private int panel(Tile tile, int run) {
    return tile.panelOffset + (shape.slides()
        ? tile.panelBase[tile.run + run]
        : run * tile.runLength * shape.columns());
  }

  @Override
  public void multiply(Tile tile) {
    float[] a = (float[]) tile.a;
    float[] panel = (float[]) tile.panel;
    float[] addend = (float[]) tile.addend;
    float[] target = (float[]) tile.sums;
    float[] row = sums.get();
    int columns = shape.columns();
    int stride = shape.strides() ? tile.aStride : 1;
    int panelStride = shape.slides() ? tile.panelStride : columns;
    for (int i = 0; i < shape.rows(); i++) {
      Arrays.fill(row, 0);
      int start = tile.rowBase[tile.row + i] + tile.aOffset;
      for (int r = 0; r < tile.runs; r++) {
        int run = start + tile.runBase[tile.run + r];
        for (int k = 0; k < tile.runLength; k++) {
          float x = a[run + k * stride];
          int p = panel(tile, r) + k * panelStride;
          for (int j = 0; j < columns; j++) {
            row[j] = Math.fma(x, panel[p + j], row[j]);
          }
        }
      }
      int from = tile.addendOffset + i * tile.addendStride;
      for (int j = 0; j < columns; j++) {
        target[tile.sumsOffset + i * tile.sumsStride + j] = row[j] + addend[from + j];
      }
    }
  }
}
