package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct;

/**
 * A matrix that lies in an array: the number of row i and column j is
 * {@code data[offset + i * rowStride + j * columnStride]}.
 */
public record Matrix(float[] data, int offset, int rows, int columns, int rowStride,
    int columnStride) {

  /** A matrix that fills the beginning of an array, row by row. */
  public Matrix(float[] data, int rows, int columns) {
    this(data, 0, rows, columns, columns, 1);
  }

  /** Returns the transpose, in the same memory. */
  public Matrix transpose() {
    return new Matrix(data, offset, columns, rows, columnStride, rowStride);
  }

  /** Returns some of the rows, in the same memory. */
  public Matrix rows(int from, int count) {
    return new Matrix(
        data, offset + from * rowStride, count, columns, rowStride, columnStride);
  }

  /** Returns some of the columns, in the same memory. */
  Matrix columns(int from, int count) {
    return transpose().rows(from, count).transpose();
  }

  /** Returns the matrix as an operand of kernels. */
  FloatProduct.Matrix operand() {
    return new FloatProduct.Matrix(data, offset, rows, columns, rowStride, columnStride);
  }

  /** Returns a number. */
  float at(int row, int column) {
    return data[offset + row * rowStride + column * columnStride];
  }

  /** Returns a copy that lies row by row. */
  public Matrix packed(Scratch scratch) {
    float[] copy = scratch.floats(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        copy[i * columns + j] = at(i, j);
      }
    }
    return new Matrix(copy, rows, columns);
  }
}
