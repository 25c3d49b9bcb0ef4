package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct;

/**
 * The product of matrices in single precision, by the micro-kernels of
 * {@link io.fixlane.kernels}. Each number of the result is summed up over ascending k, in blocks,
 * in an order that does not depend on the machine.
 */
public final class FloatGemm {
  private FloatGemm() {}

  /** C = A B. */
  public static void multiply(Matrix a, Matrix b, Matrix c) {
    FloatProduct.multiply(operand(a), operand(b), operand(c), false);
  }

  /** C = C + A B. */
  public static void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    FloatProduct.multiply(operand(a), operand(b), operand(c), true);
  }

  private static FloatProduct.Matrix operand(Matrix matrix) {
    return new FloatProduct.Matrix(matrix.data(), matrix.offset(), matrix.rows(),
        matrix.columns(), matrix.rowStride(), matrix.columnStride());
  }
}
