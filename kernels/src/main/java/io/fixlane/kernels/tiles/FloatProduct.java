package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.FloatTiles.Panel;
import io.fixlane.kernels.tiles.pack.Workspace;
import java.util.Arrays;

/**
 * Products of matrices of floats, for training.
 *
 * <p>Each number of the result is summed by fused multiply-adds from 0 on over ascending k: the
 * same bits for every vector width, and without vectors. A product of two matrices takes blocks of
 * {@value #BLOCK} steps, and adds them up one after the other.
 */
public final class FloatProduct {
  private static final int BLOCK = 512;
  private static final int[] RUN = {0};

  private FloatProduct() {}

  /**
   * A matrix in an array: number (i, j) lies at {@code offset + i * rowStride + j * columnStride}.
   *
   * @param data the array
   * @param offset the place of the first number
   * @param rows the rows
   * @param columns the columns
   * @param rowStride from one row to the next
   * @param columnStride from one column to the next
   */
  public record Matrix(
      float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {}

  /**
   * The rows of a left operand, which may lie anywhere and over each other, as the patches of an
   * image do: step k of run r of row i lies at {@code offset + rows[i] + runs[r] + k * stride}.
   *
   * @param data the array
   * @param offset what is added to every place
   * @param rows where each row begins
   * @param runs where each run begins, from the start of a row
   * @param runLength the steps of a run
   * @param stride from one step to the next
   */
  public record Rows(
      float[] data, int offset, int[] rows, int[] runs, int runLength, int stride) {

    /** Returns the same rows elsewhere. */
    public Rows in(float[] other, int at) {
      return new Rows(other, at, rows, runs, runLength, stride);
    }
  }

  /**
   * The rows of a right operand, which may lie anywhere and over each other: step k of run r begins
   * at {@code offset + runs[r] + k * stride}, and its columns are neighbours.
   *
   * @param data the array
   * @param offset what is added to every place
   * @param runs where each run begins
   * @param stride from one step to the next
   */
  public record Sliding(float[] data, int offset, int[] runs, int stride) {}

  /**
   * A right operand as micro-kernels read it: panels of columns, in each the columns of one step
   * after the other, filled up to whole vectors.
   *
   * @param data the array
   * @param offset where the first panel begins
   * @param steps the rows of the operand
   * @param columns its columns
   */
  public record Panels(float[] data, int offset, int steps, int columns) {

    /** Returns how many numbers panels have, filled up. */
    public static int size(int steps, int columns) {
      int widest = FloatTiles.widest();
      return steps * (columns / widest * widest + FloatTiles.padded(columns % widest));
    }

    /**
     * Returns a matrix as panels: itself where it lies so, else a copy.
     *
     * @param b the matrix
     * @param memory room for {@link #size} numbers
     */
    public static Panels of(Matrix b, float[] memory) {
      if (b.columnStride == 1 && b.rowStride == b.columns && b.columns <= FloatTiles.widest()
          && FloatTiles.padded(b.columns) == b.columns) {
        return new Panels(b.data, b.offset, b.rows, b.columns);
      }
      int at = 0;
      int columns;
      for (int column = 0; column < b.columns; column += columns) {
        columns = Math.min(FloatTiles.widest(), b.columns - column);
        pack(b, 0, b.rows, column, columns, memory, at);
        at += b.rows * FloatTiles.padded(columns);
      }
      return new Panels(memory, 0, b.rows, b.columns);
    }
  }

  /**
   * Computes C = A B, or C = C + A B, in one sum for each number.
   *
   * @param a rows of as many steps as B has
   * @param first the row of A that is the first of C
   * @param b the right operand
   * @param c as many rows as are computed, whose columns are neighbours
   * @param add whether the product is added to what C holds
   */
  public static void multiply(Rows a, int first, Panels b, Matrix c, boolean add) {
    assert a.runs.length * a.runLength == b.steps && b.columns == c.columns && c.columnStride == 1;
    Workspace work = Workspace.own();
    try {
      int at = b.offset;
      Panel panel = new Panel(b.data, null, 0);
      int columns;
      for (int column = 0; column < b.columns; column += columns) {
        columns = Math.min(FloatTiles.widest(), b.columns - column);
        FloatTiles.multiply(work, a, first, panel, at, c, column, columns, add);
        at += b.steps * FloatTiles.padded(columns);
      }
    } finally {
      work.release();
    }
  }

  /**
   * Computes C = C + A B, in one sum for each number, where the rows of B are read where they lie.
   *
   * @param a rows of as many steps as B has
   * @param b the right operand; its array goes on after each row by {@link #slack} at least
   * @param c as many rows as A has, whose columns are neighbours
   */
  public static void multiplyAdd(Rows a, Sliding b, Matrix c) {
    assert a.runs.length == b.runs.length && c.columnStride == 1;
    Workspace work = Workspace.own();
    Panel panel = new Panel(b.data, b.runs, b.stride);
    try {
      int columns;
      for (int column = 0; column < c.columns; column += columns) {
        columns = Math.min(FloatTiles.widest(), c.columns - column);
        FloatTiles.multiply(work, a, 0, panel, b.offset + column, c, column, columns, true);
      }
    } finally {
      work.release();
    }
  }

  /** Returns how many numbers after a row of so many columns are read with it. */
  public static int slack(int columns) {
    return FloatTiles.padded(columns) - columns;
  }

  /** Returns whether so many columns leave room in the widest panel, whose tiles are fastest. */
  public static boolean isNarrow(int columns) {
    return columns < FloatTiles.widest();
  }

  /**
   * Computes C = A B.
   *
   * @param a m x k numbers
   * @param b k x n numbers
   * @param c m x n numbers, whose columns are neighbours
   */
  public static void multiply(Matrix a, Matrix b, Matrix c) {
    assert a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && c.columnStride == 1;
    Workspace work = Workspace.own();
    try {
      int steps;
      for (int k = 0; k < a.columns; k += steps) {
        steps = Math.min(BLOCK, a.columns - k);
        Rows rows = rows(work, a, k, steps);
        int columns;
        for (int column = 0; column < b.columns; column += columns) {
          columns = Math.min(FloatTiles.widest(), b.columns - column);
          work.panels.ensure(Container.FLOAT, steps * FloatTiles.padded(columns));
          float[] panel = (float[]) work.panels.array(Container.FLOAT);
          pack(b, k, steps, column, columns, panel, 0);
          FloatTiles.multiply(
              work, rows, 0, new Panel(panel, null, 0), 0, c, column, columns, k > 0);
        }
      }
    } finally {
      work.release();
    }
    if (a.columns == 0) {
      clear(c);
    }
  }

  private static Rows rows(Workspace work, Matrix a, int k, int steps) {
    work.ensureRows(a.rows);
    for (int i = 0; i < a.rows; i++) {
      work.rowBase[i] = i * a.rowStride;
    }
    return new Rows(
        a.data, a.offset + k * a.columnStride, work.rowBase, RUN, steps, a.columnStride);
  }

  private static void clear(Matrix c) {
    for (int i = 0; i < c.rows; i++) {
      int row = c.offset + i * c.rowStride;
      Arrays.fill(c.data, row, row + c.columns, 0);
    }
  }

  /** Copies columns of B step by step, filled up with zeros. */
  private static void pack(
      Matrix b, int k, int steps, int column, int columns, float[] panel, int at) {
    int padded = FloatTiles.padded(columns);
    for (int step = 0; step < steps; step++) {
      int from = b.offset + (k + step) * b.rowStride + column * b.columnStride;
      int to = at + step * padded;
      if (b.columnStride == 1) {
        System.arraycopy(b.data, from, panel, to, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          panel[to + j] = b.data[from + j * b.columnStride];
        }
      }
      for (int j = columns; j < padded; j++) {
        panel[to + j] = 0;
      }
    }
  }
}
