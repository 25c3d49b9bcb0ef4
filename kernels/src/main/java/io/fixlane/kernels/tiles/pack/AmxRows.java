package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.MemorySegment;

/**
 * Rows of bytes for AMX, whose registers take matrices of 16 rows of 64 bytes: rows are copied into
 * {@link Workspace#matrices}, the matrices of 16 rows one after the other. A step is a matrix, and
 * 64 activations; a row of matrices is one run, and places count in bytes.
 */
public final class AmxRows implements Rows {
  private static final int BLOCK_BYTES = 512 << 10;
  private static final int[] RUN = {0};

  private final Rows source;
  private final MemorySegment sourceRuns;
  private final int runs;
  private final int runSteps;

  /**
   * Makes rows.
   *
   * @param source rows of bytes, whose runs are whole steps
   */
  public AmxRows(Rows source) {
    this.source = source;
    this.sourceRuns = MemorySegment.ofArray(source.runBase());
    this.runs = source.runBase().length;
    this.runSteps = source.runLength() / AmxCopy.STEP;
  }

  @Override
  public int runLength() {
    return runs * runSteps;
  }

  @Override
  public int[] runBase() {
    return RUN;
  }

  @Override
  public int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public int blockRows() {
    int fitting = BLOCK_BYTES / AmxCopy.STEP / runLength();
    return Math.clamp(fitting - fitting % rowUnit(), rowUnit(), source.blockRows());
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    long found = source.find(work, firstRow, rows);
    boolean inPlace = found >= 0;
    if (!inPlace) {
      source.load(work, firstRow, rows, firstStep * AmxCopy.STEP, lastStep * AmxCopy.STEP);
    }
    int steps = lastStep - firstStep;
    int matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
    work.matrices.ensure((long) matrices * steps * AmxCopy.MATRIX / Integer.BYTES);
    int whole = Math.max(1, steps / runSteps);
    AmxCopy.Runs copied = new AmxCopy.Runs(rows, firstStep / runSteps, whole, steps / whole,
        firstStep % runSteps * AmxCopy.STEP + Math.max(found, 0), inPlace && source.biased());
    AmxCopy.copy(inPlace ? work.input : source.memory(work, Container.BYTE), work.matrices.memory(),
        work.rowBaseMemory,
        sourceRuns, copied, work.tile.memory.numbers, work.tile.memory.numberMemory);
    for (int i = 0; i < matrices; i++) {
      work.rowBase[i * AmxCopy.ROWS] = (i * steps - firstStep) * AmxCopy.MATRIX;
    }
    return matrices * AmxCopy.ROWS * steps * AmxCopy.STEP;
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return work.matrices.memory();
  }
}
