package io.fixlane.autograd;

import java.util.Arrays;

/**
 * The product of matrices in single precision. Each number of the result is a sum over ascending k,
 * four products at a time: ((c + p0) + p1) and so on.
 *
 * <p>The second factor and the result lie row by row (a column stride of 1); the first may be
 * transposed.
 */
final class FloatGemm {
  private FloatGemm() {}

  /** C = A B. */
  static void multiply(Matrix a, Matrix b, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      int row = c.offset() + i * c.rowStride();
      Arrays.fill(c.data(), row, row + c.columns(), 0);
    }
    multiplyAdd(a, b, c);
  }

  /** C = C + A B. */
  static void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    assert b.columnStride() == 1 && c.columnStride() == 1;
    assert a.columns() == b.rows() && c.rows() == a.rows() && c.columns() == b.columns();
    for (int i = 0; i < c.rows(); i++) {
      row(a.rows(i, 1), b, c.data(), c.offset() + i * c.rowStride());
    }
  }

  /** Adds a row of A times B to a row of C. */
  private static void row(Matrix a, Matrix b, float[] c, int at) {
    float[] x = a.data();
    float[] y = b.data();
    int n = b.columns();
    int depth = b.rows();
    int step = a.columnStride();
    int stride = b.rowStride();
    int k = 0;
    int from = a.offset();
    int row = b.offset();
    for (; k + 4 <= depth; k += 4, from += 4 * step, row += 4 * stride) {
      float x0 = x[from];
      float x1 = x[from + step];
      float x2 = x[from + 2 * step];
      float x3 = x[from + 3 * step];
      int row1 = row + stride;
      int row2 = row1 + stride;
      int row3 = row2 + stride;
      for (int j = 0; j < n; j++) {
        c[at + j] = c[at + j] + x0 * y[row + j] + x1 * y[row1 + j] + x2 * y[row2 + j]
            + x3 * y[row3 + j];
      }
    }
    for (; k < depth; k++, from += step, row += stride) {
      float x0 = x[from];
      for (int j = 0; j < n; j++) {
        c[at + j] += x0 * y[row + j];
      }
    }
  }
}
