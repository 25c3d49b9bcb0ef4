package io.fixlane.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product of a layer, as HLS loops compute it:
 *
 * <pre>
 *   ACC s = bias[j];
 *   for (k ascending) s += x[i,k] * y[k,j];
 *   if (relu &amp;&amp; s &lt; 0) s = 0;
 *   z[i,j] = (OUT) s;
 * </pre>
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="gemm"}
 *
 * @param m rows of x and z
 * @param n columns of y and z
 * @param k columns of x, rows of y
 * @param stage accumulator, relu and output format
 */
public record ReferenceGemm(int m, int n, int k, ReferenceStage stage) {
  /**
   * Makes the loop.
   *
   * @throws IllegalArgumentException if a size is negative
   */
  public ReferenceGemm {
    Operands.require("m", m, 0);
    Operands.require("n", n, 0);
    Operands.require("k", k, 0);
    Objects.requireNonNull(stage, "stage");
  }

  /**
   * Computes z, m x n values in row-major order, from sums that start at 0.
   *
   * @param x m x k values, row-major
   * @param y k x n values, row-major
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> run(List<Fixed> x, List<Fixed> y) {
    return run(x, y, null);
  }

  /**
   * Computes z, m x n values in row-major order.
   *
   * @param x m x k values, row-major
   * @param y k x n values, row-major
   * @param bias n values, or null for a sum that starts at 0
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> run(List<Fixed> x, List<Fixed> y, @Nullable List<Fixed> bias) {
    return run(x, y, bias, Fixed::times);
  }

  /** Computes z with a multiplication of one's own, which must be exact. */
  List<Fixed> run(
      List<Fixed> x, List<Fixed> y, @Nullable List<Fixed> bias, BinaryOperator<Fixed> product) {
    Operands.requireSize("x", Objects.requireNonNull(x, "x"), (long) m * k);
    Operands.requireSize("y", Objects.requireNonNull(y, "y"), (long) k * n);
    Operands.requireSize("bias", bias, n);
    List<Fixed> z = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        Fixed sum = stage.start(bias, j);
        for (int l = 0; l < k; l++) {
          sum = stage.step(sum, product.apply(x.get(i * k + l), y.get(l * n + j)));
        }
        z.add(stage.finish(sum));
      }
    }
    return z;
  }
}
