package io.fixlane.kernels.tiles;

/**
 * Where the activations of a product come from: each row of the sums has activations in runs of one
 * length, which lie at the row's base plus the base of the run.
 */
interface Rows {
  /** Returns the length of a run, in steps of the packed weights. */
  int runLength();

  /** Returns where each run of a row starts, from the row's base. */
  int[] runBase();

  /** Returns what threads divide rows into. */
  int rowUnit();

  /** Returns the most rows that are loaded at a time, a multiple of the unit. */
  int blockRows();

  /**
   * Widens activations of neighbouring rows into {@link Workspace#activations}, at least the steps
   * from {@code firstStep} to before {@code lastStep}, and sets {@link Workspace#rowBase} so that
   * step s lies at {@code rowBase + runBase[s / runLength] + s % runLength}. As many rows beyond
   * the last as a tile may have get a place, and room behind the activations, but no values.
   *
   * @return the number of activations that were loaded
   */
  int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep);
}
