package io.fixlane.autograd;

import io.fixlane.autograd.arrays.FloatGemm;
import io.fixlane.autograd.arrays.Matrix;
import org.jspecify.annotations.Nullable;

/** Y = A B; dA = dY B^T, dB = A^T dY. */
record MatMul() implements Op {
  private static final int PARTS = 8;
  private static final int SMALLEST_ROWS = 8;
  /** Fewer products than this are done sooner than another thread wakes up. */
  private static final int SMALLEST_PART = 1 << 18;

  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length == 2 && inputs[0].rank() == 2 && inputs[1].rank() == 2, inputs,
        "it takes two matrices");
    require(
        inputs[0].dimension(1) == inputs[1].dimension(0), inputs,
        "the first must have as many columns as the second has rows");
    return new int[] {inputs[0].dimension(0), inputs[1].dimension(1)};
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    return product(tape, Inputs.matrix(inputs[0]), Inputs.matrix(inputs[1]));
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Matrix a = Inputs.matrix(inputs[0]);
    Matrix b = Inputs.matrix(inputs[1]);
    Matrix g = new Matrix(Op.gradient(output), a.rows(), b.columns());
    return new float[][] {
      inputs[0].requiresGrad() ? product(tape, g, b.transpose().packed(tape.scratch())) : null,
      inputs[1].requiresGrad() ? product(tape, a.transpose(), g) : null};
  }

  /** Multiplies in parts of the result's rows, so that no number is summed up across parts. */
  private static float[] product(Tape tape, Matrix a, Matrix b) {
    Matrix c = new Matrix(tape.floats(a.rows() * b.columns()), a.rows(), b.columns());
    long products = (long) a.rows() * a.columns() * b.columns();
    int most = Math.clamp(a.rows() / SMALLEST_ROWS, 1, PARTS);
    int parts = Math.clamp(products / SMALLEST_PART, 1, most);
    tape.parallel(parts, part -> {
      int from = part * a.rows() / parts;
      int rows = (part + 1) * a.rows() / parts - from;
      FloatGemm.multiply(a.rows(from, rows), b, c.rows(from, rows));
    });
    return c.data();
  }
}
