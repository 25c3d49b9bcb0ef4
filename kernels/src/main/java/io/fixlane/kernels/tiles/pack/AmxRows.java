package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MatrixPlaces;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bytes for AMX, whose registers take matrices of 16 rows of 64 bytes. A step is a matrix,
 * and 64 activations.
 *
 * <p>Where a kernel moves over an image pixel by pixel, the places of all kernel rows lie in the
 * band of {@link ImageRows} in one distance from each other, if those are taken too that begin in
 * one row of the image and end in the next; {@link Workspace#rowBase} is 1 for a place of the
 * product and 0 for these. Other rows are copied into {@link Workspace#matrices}, the matrices of
 * 16 rows one after the other.
 */
public final class AmxRows implements Rows {
  private static final int BLOCK_BYTES = 512 << 10;
  private static final int[] RUN = {0};
  /** So many rows are faster by vectors: to give the registers a form takes as long as they do. */
  private static final int FEW = 8;

  private final Rows source;
  private final @Nullable ImageRows band;
  private final MemorySegment sourceRuns;
  private final int runs;
  private final int runSteps;
  private final MemorySegment stepBase;

  /**
   * Makes rows.
   *
   * @param source rows of bytes, whose runs are whole steps
   */
  public AmxRows(Rows source) {
    this.source = source;
    this.band = source instanceof ImageRows image && image.moves(1, 1) ? image : null;
    this.sourceRuns = MemorySegment.ofArray(source.runBase());
    this.runs = source.runBase().length;
    this.runSteps = source.runLength() / AmxCopy.STEP;
    this.stepBase = MemorySegment.ofArray(
        IntStream.range(0, runs * runSteps).map(step -> step * AmxCopy.MATRIX).toArray());
  }

  @Override
  public int runLength() {
    return band == null ? runs * runSteps : runSteps;
  }

  @Override
  public int[] runBase() {
    return band == null ? RUN : source.runBase();
  }

  @Override
  public int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public int blockRows() {
    int fitting = BLOCK_BYTES / AmxCopy.STEP / runLength();
    return band == null
        ? Math.clamp(fitting - fitting % rowUnit(), rowUnit(), source.blockRows())
        : source.blockRows();
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    MatrixPlaces places = work.tile.memory.places;
    if (band == null) {
      int steps = lastStep - firstStep;
      pack(work, firstRow, rows, firstStep, steps);
      places.start = -(long) firstStep * AmxCopy.MATRIX;
      places.step = AmxCopy.MATRIX;
      places.row = AmxCopy.STEP;
      places.group = (long) steps * AmxCopy.MATRIX;
      places.period = 1;
      places.valid = 1;
      places.few = rows <= FEW;
      places.steps = stepBase;
      work.ensureRows(rows);
      for (int i = 0; i < rows; i++) {
        work.rowBase[i] = places.few ? (int) places.start + i * AmxCopy.STEP : 1;
      }
      return rows * steps;
    }
    int count = source.load(
        work, firstRow, rows, firstStep * AmxCopy.STEP, lastStep * AmxCopy.STEP);
    places.start = 0;
    places.step = AmxCopy.STEP;
    places.row = band.channels();
    places.group = places.row * AmxCopy.ROWS;
    places.period = band.bandWidth();
    places.valid = band.rowUnit();
    places.few = false;
    int all = places.rows(rows);
    work.ensureRows(all);
    for (int row = 0; row < all; row += places.period) {
      int end = Math.min(row + places.valid, all);
      Arrays.fill(work.rowBase, row, end, 1);
      Arrays.fill(work.rowBase, end, Math.clamp(all, end, row + places.period), 0);
    }
    return count;
  }

  /** Copies rows, from the input where they lie there. */
  private void pack(Workspace work, int firstRow, int rows, int firstStep, int steps) {
    long matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
    work.matrices.ensure(matrices * steps * AmxCopy.MATRIX / Integer.BYTES);
    long found = source.find(work, firstRow, rows);
    int runStep = firstStep % runSteps;
    if (found < 0) {
      source.load(work, firstRow, rows, firstStep * AmxCopy.STEP,
          (firstStep + steps) * AmxCopy.STEP);
      int whole = Math.max(1, steps / runSteps);
      copy(work, source.memory(work, Container.BYTE), new AmxCopy.Runs(rows, firstStep / runSteps,
          whole, steps / whole, (long) runStep * AmxCopy.STEP, false));
      return;
    }
    long from = found + (long) runStep * AmxCopy.STEP;
    int inside = inside(work, rows, from + (long) steps * AmxCopy.STEP);
    if (inside > 0) {
      copy(work, work.input, new AmxCopy.Runs(inside, 0, 1, steps, from, source.biased()));
    }
    for (int i = inside; i < rows; i++) {
      copyToTheEnd(work, i, from + work.rowBase[i], steps);
    }
  }

  private void copy(Workspace work, MemorySegment bytes, AmxCopy.Runs what) {
    AmxCopy.copy(bytes, work.matrices.memory(), work.rowBaseMemory, sourceRuns, what,
        work.tile.memory.numbers, work.tile.memory.numberMemory);
  }

  /** Returns how many rows do not end beyond the input, where the first ends at a place. */
  private static int inside(Workspace work, int rows, long end) {
    int inside = rows;
    while (inside > 0 && end + work.rowBase[inside - 1] > work.input.byteSize()) {
      inside--;
    }
    return inside;
  }

  /** Copies a row of which the last step goes on beyond the input. */
  private void copyToTheEnd(Workspace work, int row, long from, int steps) {
    int bias = source.biased() ? Byte.MIN_VALUE : 0;
    long to = ((long) row / AmxCopy.ROWS * steps * AmxCopy.ROWS + row % AmxCopy.ROWS)
        * AmxCopy.STEP;
    long there = Math.min((long) steps * AmxCopy.STEP, work.input.byteSize() - from);
    MemorySegment matrices = work.matrices.memory();
    for (long k = 0; k < there; k++) {
      int word = work.input.get(ValueLayout.JAVA_BYTE, from + k) ^ bias;
      matrices.set(ValueLayout.JAVA_BYTE,
          to + k / AmxCopy.STEP * AmxCopy.MATRIX + k % AmxCopy.STEP, (byte) word);
    }
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return band == null ? work.matrices.memory() : source.memory(work, Container.BYTE);
  }
}
