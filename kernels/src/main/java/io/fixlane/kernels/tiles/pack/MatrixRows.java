package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.foreign.MemorySegment;

/** Rows of a matrix: one run of k words each, {@link Workspace#inputStride} apart. */
public final class MatrixRows implements Rows {
  private static final int BLOCK_BYTES = 512 << 10;
  // The least common multiple of the rows of all tiles.
  private static final int WHOLE_TILES = 24;
  private static final int[] RUN = {0};

  private final Widening widening;
  private final int k;
  private final int padded;
  private final int blockRows;

  /**
   * Makes rows.
   *
   * @param widening how activations come into lanes
   * @param k the words of a row
   * @param padded the steps of a row; those beyond k are 0
   * @param rowBytes the most bytes that a loaded row takes
   */
  public MatrixRows(Widening widening, int k, int padded, long rowBytes) {
    this.widening = widening;
    this.k = k;
    this.padded = padded;
    int fitting = (int) (BLOCK_BYTES / rowBytes);
    this.blockRows = Math.max(WHOLE_TILES, fitting - fitting % WHOLE_TILES);
  }

  @Override
  public int runLength() {
    return padded;
  }

  @Override
  public int[] runBase() {
    return RUN;
  }

  @Override
  public int rowUnit() {
    return WHOLE_TILES;
  }

  @Override
  public int blockRows() {
    return blockRows;
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int steps = lastStep - firstStep;
    widening.ensure(work, (rows + (long) Tile.MAX_ROWS) * steps);
    work.ensureRows(rows + (long) Tile.MAX_ROWS);
    for (int i = 0; i < rows + Tile.MAX_ROWS; i++) {
      work.rowBase[i] = i * steps - firstStep;
    }
    if (steps == work.inputStride && padded == k) {
      widen(work, firstRow, firstStep, 0, (long) rows * steps);
    } else {
      int words = Math.min(k, lastStep) - firstStep;
      for (int i = 0; i < rows; i++) {
        widen(work, firstRow + i, firstStep, i * steps, words);
        zeros(work, i * steps + words, steps - words);
      }
    }
    return rows * steps;
  }

  @Override
  public long find(Workspace work, int firstRow, int rows) {
    int bytes = widening.words().bytes();
    if (bytes != widening.lane().bytes() || rows * work.inputStride > Integer.MAX_VALUE) {
      return -1;
    }
    work.ensureRows(rows);
    for (int i = 0; i < rows; i++) {
      work.rowBase[i] = (int) (i * work.inputStride);
    }
    return work.inputOffset + firstRow * work.inputStride * bytes;
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return widening.lanes(work);
  }

  @Override
  public boolean biased() {
    return widening.biased();
  }

  private void zeros(Workspace work, int from, int count) {
    if (count > 0) {
      widening.clear(work, from, from + count);
    }
  }

  private void widen(Workspace work, int row, int step, int to, long count) {
    long from = work.inputOffset + (row * work.inputStride + step) * widening.words().bytes();
    widening.compute(work, work.input, from, to, count);
  }
}
