package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.Loops;
import java.lang.foreign.MemorySegment;

/** Rows of a matrix: one run of k words each, {@link Workspace#inputStride} apart. */
public final class MatrixRows implements Rows {
  private static final int BLOCK_BYTES = 512 << 10;
  // The least common multiple of the rows of all tiles.
  private static final int WHOLE_TILES = 24;
  private static final int[] RUN = {0};

  private final Container words;
  private final Container lane;
  private final int k;
  private final int padded;
  private final int blockRows;
  private final Loops widening;

  /**
   * Makes rows.
   *
   * @param words what the activations lie in
   * @param signed whether they are sign-extended
   * @param lane what they are widened to
   * @param k the words of a row
   * @param padded the steps of a row; those beyond k are 0
   * @param rowBytes the most bytes that a loaded row takes
   */
  public MatrixRows(Container words, boolean signed, Container lane, int k, int padded,
      long rowBytes) {
    this.words = words;
    this.lane = lane;
    this.k = k;
    this.widening = Widening.loops(words, signed, lane);
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
    work.activations.ensure(lane, (rows + (long) Tile.MAX_ROWS) * steps);
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

  private void zeros(Workspace work, long from, long count) {
    if (count > 0) {
      work.activations.segment(lane).asSlice(from * lane.bytes(), count * lane.bytes())
          .fill((byte) 0);
    }
  }

  private void widen(Workspace work, int row, int step, int to, long count) {
    long from = work.inputOffset + (row * work.inputStride + step) * words.bytes();
    MemorySegment target = work.activations.segment(lane);
    widening.compute(work.input, from, work.input, from, work.input, from, target,
        (long) to * lane.bytes(), count, null);
  }
}
