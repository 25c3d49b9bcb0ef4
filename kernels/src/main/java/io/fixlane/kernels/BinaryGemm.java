package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.signs.BinaryProduct;
import io.fixlane.kernels.signs.SignOutput;
import io.fixlane.kernels.signs.SumOutput;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a product of matrices of signs, +1 and -1, a bit each: the dense layer of a binarised
 * network.
 *
 * <pre>
 *   s[m][n] = sum over k of a[m][k] * w[k][n]
 *           = k - 2 * popcount(row m of a ^ column n of w)      bit 1 is +1, bit 0 is -1
 * </pre>
 *
 * <p>In HLS code rows of a and columns of w are {@code ap_uint<K>}, and no product is formed
 * either. The sum is an exact integer; the plan says what becomes of it: one cast into a format, or
 * a sign again, +1 where the sum is at least the threshold of its output.
 *
 * <p>A layer's batch-norm and sign, +1 where g * s + b &gt;= 0, is such a threshold: ceil(-b /
 * |g|), with the weights of outputs whose g is negative negated.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate.
 *
 * {@snippet class="io.fixlane.kernels.example.BinaryGemmExample" region="gemm"}
 */
public final class BinaryGemm {
  private final BinaryProduct product;
  private final @Nullable SumOutput sumOutput;
  private final @Nullable SignOutput signOutput;

  private BinaryGemm(BinaryProduct product, @Nullable SumOutput sumOutput,
      @Nullable SignOutput signOutput) {
    this.product = product;
    this.sumOutput = sumOutput;
    this.signOutput = signOutput;
  }

  /**
   * Plans the sums, cast into a format.
   *
   * @param weights k x n signs: a column for each output; they are copied
   * @param result the format of the results
   * @throws IllegalArgumentException if the format is wider than 64 bits, or an array cannot hold
   *     the packed weights
   */
  public static BinaryGemm of(BitMatrix weights, FixedFormat result) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(result, "result");
    return new BinaryGemm(
        new BinaryProduct(weights.transpose().signs()),
        new SumOutput(weights.rows(), result), null);
  }

  /**
   * Plans signs: +1 where a sum is at least its threshold.
   *
   * @param weights k x n signs: a column for each output; they are copied
   * @param thresholds one for each output; they are copied. A sum lies in -k..k, so that a
   *     threshold of -k or less always gives +1, and one above k always -1
   * @throws IllegalArgumentException if there is not one threshold for each output, or an array
   *     cannot hold the packed weights
   */
  public static BinaryGemm of(BitMatrix weights, int... thresholds) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(thresholds, "thresholds");
    if (thresholds.length != weights.columns()) {
      throw new IllegalArgumentException("thresholds has " + thresholds.length
          + " numbers: it must have " + weights.columns() + ", one for each column of weights");
    }
    return new BinaryGemm(
        new BinaryProduct(weights.transpose().signs()), null,
        new SignOutput(weights.rows(), thresholds));
  }

  /**
   * Computes the sums, cast.
   *
   * @param a m x k signs
   * @param target m x n words of the plan's format
   * @throws IllegalArgumentException if the plan computes signs, a shape or the format is not that,
   *     or {@code target} is read-only
   */
  public void run(BitMatrix a, FixedTensor target) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(target, "target");
    if (sumOutput == null) {
      throw new IllegalArgumentException(
          "target is a tensor: a plan with thresholds takes a BitMatrix there");
    }
    requireColumns(a);
    Plan.requireFormat("target", target, sumOutput.result());
    int n = product.outputs();
    if (target.rank() != 2 || target.dimension(0) != a.rows() || target.dimension(1) != n) {
      throw new IllegalArgumentException("target has the shape " + Arrays.toString(target.shape())
          + ": it must be [" + a.rows() + ", " + n + "]");
    }
    Memory.requireWritable(target.segment());
    product.multiply(a.signs(), sumOutput, target);
  }

  /**
   * Computes the signs.
   *
   * @param a m x k signs
   * @param target m x n signs
   * @throws IllegalArgumentException if the plan computes sums, a shape is not that, or
   *     {@code target} is {@code a}
   */
  public void run(BitMatrix a, BitMatrix target) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(target, "target");
    if (signOutput == null) {
      throw new IllegalArgumentException(
          "target is a BitMatrix: a plan without thresholds takes a tensor there");
    }
    requireColumns(a);
    if (target.rows() != a.rows() || target.columns() != product.outputs()) {
      throw new IllegalArgumentException("target has " + target.rows() + " x " + target.columns()
          + " signs: it must have " + a.rows() + " x " + product.outputs());
    }
    if (target == a) {
      throw new IllegalArgumentException("a and target are one matrix: target must be another");
    }
    product.multiply(a.signs(), signOutput, target.signs());
  }

  private void requireColumns(BitMatrix a) {
    if (a.columns() != product.k()) {
      throw new IllegalArgumentException(
          "a has " + a.columns() + " columns: it must have " + product.k() + ", as the weights");
    }
  }

  /** Returns what the plan does and how: sizes, vector width, tile, and bytes of packed weights. */
  public String explain() {
    return product + " -> " + (sumOutput == null ? "signs" : sumOutput.result());
  }

  @Override
  public String toString() {
    return explain();
  }
}
