package io.fixlane.autograd;

/**
 * The product of matrices in single precision, in tiles of {@value #TILE} x {@value #TILE} numbers
 * that stay in registers. Each number of the result is a chain of fused multiply-adds, sum =
 * fma(a, b, sum) over ascending k, whatever the tiles.
 */
final class FloatGemm {
  private static final int TILE = 4;

  private FloatGemm() {}

  /** C = A B. */
  static void multiply(Matrix a, Matrix b, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        c.data()[c.offset() + i * c.rowStride() + j * c.columnStride()] = 0;
      }
    }
    multiplyAdd(a, b, c);
  }

  /** C = C + A B. */
  static void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    assert a.columns() == b.rows() && c.rows() == a.rows() && c.columns() == b.columns();
    for (int i = 0; i < c.rows(); i += TILE) {
      int rows = Math.min(TILE, c.rows() - i);
      for (int j = 0; j < c.columns(); j += TILE) {
        int columns = Math.min(TILE, c.columns() - j);
        Matrix left = a.rows(i, rows);
        Matrix right = b.columns(j, columns);
        Matrix result = c.rows(i, rows).columns(j, columns);
        if (rows == TILE && columns == TILE) {
          tile(left, right, result);
        } else {
          edge(left, right, result);
        }
      }
    }
  }

  private static void edge(Matrix a, Matrix b, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        int at = c.offset() + i * c.rowStride() + j * c.columnStride();
        float sum = c.data()[at];
        for (int k = 0; k < a.columns(); k++) {
          sum = Math.fma(a.at(i, k), b.at(k, j), sum);
        }
        c.data()[at] = sum;
      }
    }
  }

  private static void tile(Matrix a, Matrix b, Matrix c) {
    float[] x = a.data();
    float[] y = b.data();
    int x0 = a.offset();
    int x1 = x0 + a.rowStride();
    int x2 = x1 + a.rowStride();
    int x3 = x2 + a.rowStride();
    int y0 = b.offset();
    int y1 = y0 + b.columnStride();
    int y2 = y1 + b.columnStride();
    int y3 = y2 + b.columnStride();
    float c00 = c.at(0, 0);
    float c01 = c.at(0, 1);
    float c02 = c.at(0, 2);
    float c03 = c.at(0, 3);
    float c10 = c.at(1, 0);
    float c11 = c.at(1, 1);
    float c12 = c.at(1, 2);
    float c13 = c.at(1, 3);
    float c20 = c.at(2, 0);
    float c21 = c.at(2, 1);
    float c22 = c.at(2, 2);
    float c23 = c.at(2, 3);
    float c30 = c.at(3, 0);
    float c31 = c.at(3, 1);
    float c32 = c.at(3, 2);
    float c33 = c.at(3, 3);
    for (int k = 0; k < a.columns(); k++) {
      int p = k * a.columnStride();
      int q = k * b.rowStride();
      float b0 = y[y0 + q];
      float b1 = y[y1 + q];
      float b2 = y[y2 + q];
      float b3 = y[y3 + q];
      float a0 = x[x0 + p];
      c00 = Math.fma(a0, b0, c00);
      c01 = Math.fma(a0, b1, c01);
      c02 = Math.fma(a0, b2, c02);
      c03 = Math.fma(a0, b3, c03);
      float a1 = x[x1 + p];
      c10 = Math.fma(a1, b0, c10);
      c11 = Math.fma(a1, b1, c11);
      c12 = Math.fma(a1, b2, c12);
      c13 = Math.fma(a1, b3, c13);
      float a2 = x[x2 + p];
      c20 = Math.fma(a2, b0, c20);
      c21 = Math.fma(a2, b1, c21);
      c22 = Math.fma(a2, b2, c22);
      c23 = Math.fma(a2, b3, c23);
      float a3 = x[x3 + p];
      c30 = Math.fma(a3, b0, c30);
      c31 = Math.fma(a3, b1, c31);
      c32 = Math.fma(a3, b2, c32);
      c33 = Math.fma(a3, b3, c33);
    }
    c.setRow(0, c00, c01, c02, c03);
    c.setRow(1, c10, c11, c12, c13);
    c.setRow(2, c20, c21, c22, c23);
    c.setRow(3, c30, c31, c32, c33);
  }
}
