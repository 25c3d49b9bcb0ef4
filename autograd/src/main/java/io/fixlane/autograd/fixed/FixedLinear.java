package io.fixlane.autograd.fixed;

import io.fixlane.autograd.layers.Linear;

/**
 * The dense layer in fixed-point arithmetic: y = cast(x weight + bias), for rows x; bit for bit
 * what {@link io.fixlane.kernels.Gemm} computes.
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedLayersExample" region="linear"}
 */
public final class FixedLinear extends ProductLayer {
  /**
   * Makes the twin of a float layer, whose weights it copies.
   *
   * @param layer the float layer
   * @param formats the formats of weights, bias, sum and output
   */
  public FixedLinear(Linear layer, SumFormats formats) {
    super(layer.weight(), layer.bias(), new Product.Dense(), formats);
  }
}
