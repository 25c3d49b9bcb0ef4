package io.fixlane.autograd.fixed;

import io.fixlane.autograd.layers.FloatConv2d;

/**
 * The convolution in fixed-point arithmetic, bit for bit what {@link io.fixlane.kernels.Conv2d}
 * computes for images N x height x width x channels.
 */
public final class FixedConv2d extends ProductLayer {
  /**
   * Makes the twin of a float layer, whose weights it copies.
   *
   * @param layer the float layer
   * @param formats the formats of weights, bias, sum and output
   */
  public FixedConv2d(FloatConv2d layer, SumFormats formats) {
    super(layer.weight(), layer.bias(),
        new Product.Convolution(layer.window(), layer.groups()), formats);
  }
}
