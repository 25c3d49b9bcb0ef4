package io.fixlane.autograd.fixed;

import io.fixlane.autograd.layers.DepthwiseConv2d;

/**
 * The convolution of each channel with a kernel of its own in fixed-point arithmetic, bit for bit
 * what {@link io.fixlane.kernels.Conv2d} computes with as many groups as channels.
 */
public final class FixedDepthwiseConv2d extends ProductLayer {
  /**
   * Makes the twin of a float layer, whose weights it copies.
   *
   * @param layer the float layer
   * @param formats the formats of weights, bias, sum and output
   */
  public FixedDepthwiseConv2d(DepthwiseConv2d layer, SumFormats formats) {
    super(layer.weight(), layer.bias(), new Product.Depthwise(layer.window()), formats);
  }
}
