package io.fixlane.kernels.signs;

import io.fixlane.kernels.lanes.compile.VectorProvider;

/**
 * The sums of products of signs, block after block, in the order
 *
 * <pre>
 *   for groups of panels                whose sums, for a few rows, fit in {@link BinaryWork#sums}
 *     for blocks of rows
 *       for panels of the group         one stays in the L1 cache for
 *         for tiles of the block        one call of the kernel
 *       output
 * </pre>
 */
public final class BinaryProduct {
  /** The rows of a block. */
  public static final int MAX_ROWS = 64;

  private final int vectorBits = VectorProvider.vectorBits();
  private final BinaryKernel kernel = BinaryKernel.of(vectorBits);
  private final int k;
  private final int outputs;
  private final int words;
  private final long[] panels;

  /** Packs n x k weights. */
  public BinaryProduct(SignRows weights) {
    this.k = weights.columns();
    this.outputs = weights.rows();
    this.words = weights.rowWords();
    int columns = kernel.columns();
    long length = (long) words * Math.ceilDiv(outputs, columns) * columns;
    this.panels = SignRows.array(length);
    for (int n = 0; n < outputs; n++) {
      for (int q = 0; q < words; q++) {
        panels[(n / columns * words + q) * columns + n % columns] = weights.words()[n * words + q];
      }
    }
  }

  /** Returns the signs of a dot product. */
  public int k() {
    return k;
  }

  /** Returns n. */
  public int outputs() {
    return outputs;
  }

  /** Computes the sums of all rows and gives them to the output, block by block. */
  public <T> void multiply(SignRows a, BinaryOutput<T> output, T target) {
    multiply(BinaryWork.own(), a.words(), 0, a.rows(), output, target);
  }

  /** Computes the sums of rows from the first on, which lie one after the other. */
  public <T> void multiply(BinaryWork work, long[] a, int firstRow, int rows,
      BinaryOutput<T> output, T target) {
    BinaryTile tile = work.tile;
    tile.activations = a;
    tile.weights = panels;
    tile.k = k;
    tile.words = words;
    try {
      multiply(work, firstRow, rows, output, target);
    } finally {
      tile.release();
    }
  }

  private <T> void multiply(
      BinaryWork work, int firstRow, int allRows, BinaryOutput<T> output, T target) {
    BinaryTile tile = work.tile;
    int columns;
    for (int column = 0; column < outputs; column += columns) {
      columns = Math.min(BinaryWork.SIGNS, outputs - column);
      tile.sumsStride = Math.ceilDiv(columns, kernel.columns()) * kernel.columns();
      int fitting = BinaryWork.SUMS / tile.sumsStride / BinaryKernel.ROWS * BinaryKernel.ROWS;
      int blockRows = Math.min(MAX_ROWS, fitting);
      int rows;
      for (int row = 0; row < allRows; row += rows) {
        rows = Math.min(blockRows, allRows - row);
        multiplyBlock(tile, firstRow + row, rows, column);
        output.store(work, target, row, rows, column, columns);
      }
    }
  }

  private void multiplyBlock(BinaryTile tile, int row, int rows, int column) {
    for (int j = 0; j < tile.sumsStride; j += kernel.columns()) {
      tile.panel = (column + j) / kernel.columns();
      for (int i = 0; i < rows; i += BinaryKernel.ROWS) {
        tile.row = row + i;
        tile.sumsOffset = i * tile.sumsStride + j;
        kernel.multiply(tile);
      }
    }
  }

  @Override
  public String toString() {
    return "m x " + k + " signs times " + k + " x " + outputs + ", "
        + (vectorBits == 0 ? "scalar" : "vectors of " + vectorBits + " bits") + ", tiles of "
        + BinaryKernel.ROWS + " x " + kernel.columns() + ", weights in " + 8L * panels.length
        + " bytes";
  }
}
