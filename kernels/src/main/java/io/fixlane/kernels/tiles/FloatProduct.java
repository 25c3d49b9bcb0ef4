package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.tiles.kernel.Access;
import io.fixlane.kernels.tiles.kernel.MicroKernels;
import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.Workspace;
import java.util.Arrays;

/**
 * The product of matrices of floats, for training.
 *
 * <p>Each number of the result is summed over blocks of {@value #BLOCK} ascending k, each block by
 * fused multiply-adds from 0 on, and the blocks one after the other: the same bits for every vector
 * width, and without vectors.
 */
public final class FloatProduct {
  private static final int BLOCK = 512;
  private static final int[] RUN = {0};
  private static final float[] ZEROS = new float[256];

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
   * Computes C = A B, or C = C + A B.
   *
   * @param a m x k numbers
   * @param b k x n numbers
   * @param c m x n numbers, whose columns are neighbours
   * @param add whether the product is added to what C holds
   */
  public static void multiply(Matrix a, Matrix b, Matrix c, boolean add) {
    assert a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && c.columnStride == 1;
    int bits = VectorProvider.vectorBits();
    Workspace work = Workspace.own();
    int lanes = TileShape.lanes(Unit.ROUNDED_FLOAT32, bits);
    int widest = TileShape.maxVectors(Unit.ROUNDED_FLOAT32, bits) * lanes;
    try {
      int steps;
      for (int k = 0; k < a.columns; k += steps) {
        steps = Math.min(BLOCK, a.columns - k);
        int columns;
        for (int column = 0; column < b.columns; column += columns) {
          columns = Math.min(widest, b.columns - column);
          int vectors = Math.ceilDiv(columns, lanes);
          pack(work, b, k, steps, column, columns, vectors * lanes);
          panel(work, a, k, steps, c, column, columns, vectors, bits, add || k > 0);
        }
      }
    } finally {
      work.release();
    }
    if (a.columns == 0 && !add) {
      clear(c);
    }
  }

  private static void clear(Matrix c) {
    for (int i = 0; i < c.rows; i++) {
      int row = c.offset + i * c.rowStride;
      Arrays.fill(c.data, row, row + c.columns, 0);
    }
  }

  /** Copies columns of B step by step, filled up with zeros. */
  private static void pack(
      Workspace work, Matrix b, int k, int steps, int column, int columns, int padded) {
    work.panels.ensure(Container.FLOAT, steps * padded);
    float[] panel = (float[]) work.panels.array(Container.FLOAT);
    for (int step = 0; step < steps; step++) {
      int from = b.offset + (k + step) * b.rowStride + column * b.columnStride;
      int to = step * padded;
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

  private static void panel(Workspace work, Matrix a, int k, int steps, Matrix c, int column,
      int columns, int vectors, int bits, boolean add) {
    Unit unit = Unit.ROUNDED_FLOAT32;
    int lanes = TileShape.lanes(unit, bits);
    int padded = vectors * lanes;
    int tileRows = TileShape.rows(unit, vectors, bits);
    Access access = a.columnStride == 1 ? Access.BROADCAST : Access.STRIDED;
    work.ensureRows(a.rows);
    for (int i = 0; i < a.rows; i++) {
      work.rowBase[i] = a.offset + i * a.rowStride + k * a.columnStride;
    }
    // Columns beyond the matrix are computed too: not in it, where they are other rows.
    boolean apart = padded > columns;
    work.sums.ensure(Container.FLOAT, tileRows * padded);
    float[] sums = (float[]) work.sums.array(Container.FLOAT);
    Tile tile = work.tile;
    tile.a = a.data;
    tile.aStride = a.columnStride;
    tile.aOffset = 0;
    tile.rowBase = work.rowBase;
    tile.runBase = RUN;
    tile.run = 0;
    tile.runs = 1;
    tile.runLength = steps;
    tile.panel = work.panels.array(Container.FLOAT);
    tile.panelOffset = 0;
    for (int i = 0; i < a.rows; i += tileRows) {
      int rows = Math.min(tileRows, a.rows - i);
      int at = c.offset + i * c.rowStride + column;
      tile.row = i;
      tile.sums = apart ? sums : c.data;
      tile.sumsOffset = apart ? 0 : at;
      tile.sumsStride = apart ? padded : c.rowStride;
      tile.addend = !add ? ZEROS : tile.sums;
      tile.addendOffset = !add ? 0 : tile.sumsOffset;
      tile.addendStride = !add ? 0 : tile.sumsStride;
      if (apart && add) {
        copy(c.data, at, c.rowStride, sums, 0, padded, rows, columns);
      }
      MicroKernels.ofFloats(access, rows, vectors, bits).multiply(tile);
      if (apart) {
        copy(sums, 0, padded, c.data, at, c.rowStride, rows, columns);
      }
    }
  }

  private static void copy(float[] from, int fromAt, int fromStride, float[] to, int toAt,
      int toStride, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, fromAt + i * fromStride, to, toAt + i * toStride, columns);
    }
  }
}
