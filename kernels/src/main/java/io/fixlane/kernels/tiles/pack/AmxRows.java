package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MatrixPlaces;
import io.fixlane.kernels.machine.AmxCopy;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
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

  private final Rows source;
  private final @Nullable ImageRows band;
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
    this.band = source instanceof ImageRows image && image.moves(1, 1) ? image : null;
    this.sourceRuns = MemorySegment.ofArray(source.runBase());
    this.runs = source.runBase().length;
    this.runSteps = source.runLength() / AmxCopy.STEP;
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
      pack(work, firstRow, rows, firstStep, lastStep - firstStep);
      places.period = 1;
      places.valid = 1;
      work.ensureRows(rows);
      Arrays.fill(work.rowBase, 0, rows, 1);
      return rows * (lastStep - firstStep);
    }
    int count = source.load(
        work, firstRow, rows, firstStep * AmxCopy.STEP, lastStep * AmxCopy.STEP);
    places.start = 0;
    places.step = AmxCopy.STEP;
    places.row = band.channels();
    places.group = places.row * AmxCopy.ROWS;
    places.period = band.bandWidth();
    places.valid = band.rowUnit();
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
    long found = source.find(work, firstRow, rows);
    boolean inPlace = found >= 0;
    if (!inPlace) {
      source.load(work, firstRow, rows, firstStep * AmxCopy.STEP,
          (firstStep + steps) * AmxCopy.STEP);
    }
    long matrices = Math.ceilDiv(rows, AmxCopy.ROWS);
    work.matrices.ensure(matrices * steps * AmxCopy.MATRIX / Integer.BYTES);
    int whole = Math.max(1, steps / runSteps);
    AmxCopy.Runs copied = new AmxCopy.Runs(rows, firstStep / runSteps, whole, steps / whole,
        firstStep % runSteps * AmxCopy.STEP + Math.max(found, 0), inPlace && source.biased());
    AmxCopy.copy(inPlace ? work.input : source.memory(work, Container.BYTE),
        work.matrices.memory(), work.rowBaseMemory, sourceRuns, copied, work.tile.memory.numbers,
        work.tile.memory.numberMemory);
    MatrixPlaces places = work.tile.memory.places;
    places.start = -(long) firstStep * AmxCopy.MATRIX;
    places.step = AmxCopy.MATRIX;
    places.row = AmxCopy.STEP;
    places.group = (long) steps * AmxCopy.MATRIX;
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return band == null ? work.matrices.memory() : source.memory(work, Container.BYTE);
  }
}
