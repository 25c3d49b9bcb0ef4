package io.fixlane.kernels.lanes.loop;

import java.lang.foreign.MemorySegment;

/**
 * Where the activations of a product lie for registers that hold matrices of them. Rows lie in one
 * distance from each other, also where some between them are no rows of the product: of each
 * {@link #period} of them the first {@link #valid} are. Distances are in bytes.
 */
public final class MatrixPlaces {
  /** Where step 0 of the first row would lie. */
  public long start;
  /** From one step of a run to the next. */
  public long step;
  /** From one row of a matrix to the next. */
  public long row;
  /** From the rows of one matrix to those of the next. */
  public long group;
  /** After how many rows there are again rows of the product. */
  public int period = 1;
  /** How many of these are rows of the product. */
  public int valid = 1;
  /**
   * Whether rows are so few that vectors are faster: they lie in one matrix after the other, the
   * first of which begins where the tile's {@code rowBase} says.
   */
  public boolean few;
  /** Where each step lies from the start of such a row, as ints. */
  public MemorySegment steps = MemorySegment.NULL;

  /** Makes places, to be set. */
  MatrixPlaces() {}

  /** Returns how many rows lie from the first to the last of so many of the product. */
  public int rows(int ofProduct) {
    return (ofProduct - 1) / valid * period + (ofProduct - 1) % valid + 1;
  }

  /** Returns how many of so many rows are rows of the product. */
  public int ofProduct(int rows) {
    return rows / period * valid + Math.min(rows % period, valid);
  }
}
