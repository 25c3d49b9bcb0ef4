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
    FloatProduct.multiply(a.operand(), b.operand(), c.operand());
  }
}
