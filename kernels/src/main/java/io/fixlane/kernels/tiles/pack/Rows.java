package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/**
 * Where the activations of a product come from: each row of the sums has activations in runs of one
 * length, which lie at the row's base plus the base of the run.
 */
public interface Rows {
  /** The most sums that are formed before they are output, unless a unit of rows has more. */
  int MOST_SUMS = 1 << 20;

  /** Returns the length of a run, in steps of the packed weights. */
  int runLength();

  /** Returns where each run of a row starts, from the row's base. */
  int[] runBase();

  /** Returns what threads divide rows into. */
  int rowUnit();

  /** Returns the most rows that are loaded at a time, a multiple of the unit. */
  int blockRows();

  /** Returns the most rows whose sums, in so many columns, are formed at a time. */
  default int blockRows(int columns) {
    int fitting = MOST_SUMS / columns;
    return Math.clamp(fitting - fitting % rowUnit(), rowUnit(), blockRows());
  }

  /**
   * Widens activations of neighbouring rows into {@link Workspace#activations}, at least the steps
   * from {@code firstStep} to before {@code lastStep}, and sets {@link Workspace#rowBase} so that
   * step s lies at {@code rowBase + runBase[s / runLength] + s % runLength}. As many rows beyond
   * the last as a tile may have get a place, and room behind the activations, but no values.
   *
   * @return the number of activations that were loaded
   */
  int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep);

  /**
   * Sets {@link Workspace#rowBase} to where rows lie in the {@linkplain Workspace#input input}
   * itself, from the first of them on, instead of {@linkplain #load loading} them. Steps that fill
   * a run up are whatever follows there.
   *
   * @return the byte offset of the first row, or -1 where rows do not lie there as they are loaded,
   *     but for these steps and what is added to each activation
   */
  default long find(Workspace work, int firstRow, int rows) {
    return -1;
  }

  /** Returns whether {@link #load} adds to each activation. */
  default boolean biased() {
    return false;
  }

  /**
   * Returns the array that a micro-kernel reads, which {@link #load} fills.
   *
   * @param lane the unit's lanes
   */
  default Object read(Workspace work, Container lane) {
    return work.activations.array(lane);
  }

  /** Returns the same as memory. */
  default MemorySegment memory(Workspace work, Container lane) {
    return work.activations.segment(lane);
  }
}
