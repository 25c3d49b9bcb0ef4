package io.fixlane.kernels.tiles;

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
     * it. Results may be stored to the run's output without a call of {@link #store} then.
     */
    default @Nullable RegisterCast cast() {
      return null;
    }
  }

  /** Returns the number of panels: what threads can divide the columns into. */
  int panels();

  /** Returns what threads can divide rows into: whole tiles. */
  int rowUnit();

  /** Computes the sums of rows and panels, from the first to before the last. */
  void sum(
      Workspace work, int firstRow, int lastRow, int firstPanel, int lastPanel, Output output);
}
