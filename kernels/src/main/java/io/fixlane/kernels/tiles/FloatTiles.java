package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.tiles.FloatProduct.Matrix;
import io.fixlane.kernels.tiles.FloatProduct.Rows;
import io.fixlane.kernels.tiles.kernel.Access;
import io.fixlane.kernels.tiles.kernel.MicroKernels;
import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.Workspace;
import org.jspecify.annotations.Nullable;

/** The tiles of a product of floats: some rows by the columns of one panel. */
final class FloatTiles {
  private static final Unit UNIT = Unit.ROUNDED_FLOAT32;
  private static final float[] ZEROS = new float[256];

  private FloatTiles() {}

  /**
   * Steps of B: one after the other, or anywhere.
   *
   * @param data the array
   * @param runs where each run begins, or null where all follow each other
   * @param stride from one step to the next, where there are runs
   */
  record Panel(float[] data, int @Nullable [] runs, int stride) {}

  /** Returns the columns of a vector. */
  static int lanes() {
    return TileShape.lanes(UNIT, VectorProvider.vectorBits());
  }

  /** Returns the columns of the widest panel. */
  static int widest() {
    return TileShape.maxVectors(UNIT, VectorProvider.vectorBits()) * lanes();
  }

  /** Returns the columns of a panel, filled up to whole vectors. */
  static int padded(int columns) {
    return Math.ceilDiv(columns, lanes()) * lanes();
  }

  /**
   * Computes some columns of C = A B, or C = C + A B.
   *
   * @param a rows of steps
   * @param first the first row
   * @param b steps of the columns, filled up to whole vectors by zeros or by what follows
   * @param panelAt where the panel begins
   * @param c the rows of the result
   * @param column the first column of the panel in C
   * @param columns the columns of the panel
   * @param add whether the product is added to what C holds
   */
  static void multiply(Workspace work, Rows a, int first, Panel b, int panelAt, Matrix c,
      int column, int columns, boolean add) {
    int bits = VectorProvider.vectorBits();
    int padded = padded(columns);
    int vectors = padded / lanes();
    int tileRows = TileShape.rows(UNIT, vectors, bits);
    Access access = b.runs() != null
        ? Access.SLIDING
        : a.stride() == 1 ? Access.BROADCAST : Access.STRIDED;
    // Columns beyond the matrix are computed too: not in it, where they are other rows.
    boolean apart = padded > columns;
    work.sums.ensure(Container.FLOAT, tileRows * padded);
    float[] sums = (float[]) work.sums.array(Container.FLOAT);
    Tile tile = work.tile;
    tile.a = a.data();
    tile.aOffset = a.offset();
    tile.aStride = a.stride();
    tile.rowBase = a.rows();
    tile.runBase = a.runs();
    tile.run = 0;
    tile.runs = a.runs().length;
    tile.runLength = a.runLength();
    tile.panel = b.data();
    if (b.runs() != null) {
      tile.panelBase = b.runs();
      tile.panelStride = b.stride();
    }
    tile.panelOffset = panelAt;
    MicroKernel whole = MicroKernels.ofFloats(access, tileRows, vectors, bits);
    for (int i = 0; i < c.rows(); i += tileRows) {
      int rows = Math.min(tileRows, c.rows() - i);
      int at = c.offset() + i * c.rowStride() + column;
      tile.row = first + i;
      tile.sums = apart ? sums : c.data();
      tile.sumsOffset = apart ? 0 : at;
      tile.sumsStride = apart ? padded : c.rowStride();
      tile.addend = !add ? ZEROS : tile.sums;
      tile.addendOffset = !add ? 0 : tile.sumsOffset;
      tile.addendStride = !add ? 0 : tile.sumsStride;
      if (apart && add) {
        copy(c.data(), at, c.rowStride(), sums, 0, padded, rows, columns);
      }
      MicroKernel kernel =
          rows == tileRows ? whole : MicroKernels.ofFloats(access, rows, vectors, bits);
      kernel.multiply(tile);
      if (apart) {
        copy(sums, 0, padded, c.data(), at, c.rowStride(), rows, columns);
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
