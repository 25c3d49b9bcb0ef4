package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.pack.Workspace;
import org.jspecify.annotations.Nullable;

/** The sums of the products of a layer: how they are computed for a range of rows and columns. */
public interface Sums {
  /** What becomes of the sums of a block of rows. */
  interface Output {
    /**
     * Takes sums from {@link Workspace#sums}.
     *
     * @param work where the sums and the operands of the run are
     * @param firstRow the first row
     * @param rows the number of rows
     * @param firstColumn the first column
     * @param columns the number of columns
     * @param stride sums from one row to the next
     */
    void store(Workspace work, int firstRow, int rows, int firstColumn, int columns, int stride);

    /**
     * Returns the cast that is all that becomes of sums of 32 bits, or null where there is more to
     * it. A block of rows may be cast as its sums are formed then: between {@link #place} and
     * {@link #finish}, and without {@link #store}.
     */
    default @Nullable RegisterCast cast() {
      return null;
    }

    /**
     * Says where the results of a block go, in {@link TileMemory}.
     *
     * @param work where the operands of the run are
     * @param firstRow the first row
     * @param rows the number of rows
     * @param firstColumn the first column
     * @param columns the number of columns
     */
    default void place(Workspace work, int firstRow, int rows, int firstColumn, int columns) {
      throw new IllegalStateException("nothing is cast as its sums are formed");
    }

    /** Does what is left to do with the results of a block, which {@link #place} was told of. */
    default void finish(Workspace work, int firstRow, int rows, int firstColumn, int columns) {}
  }

  /** Returns the number of panels: what threads can divide the columns into. */
  int panels();

  /** Returns what threads can divide rows into: whole tiles. */
  int rowUnit();

  /** Computes the sums of rows and panels, from the first to before the last. */
  void sum(
      Workspace work, int firstRow, int lastRow, int firstPanel, int lastPanel, Output output);
}
