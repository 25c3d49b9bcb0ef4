package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.kernels.KHot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A layer of sums of products with learned weights: cast(bias + sum of x w), or that of max(bias +
 * sum of x w, 0), where weights and bias are cast too. Its formats are the layers
 * {@code weightCast}, {@code biasCast} and {@code outputCast} within.
 */
abstract sealed class ProductLayer extends TapeLayer
    permits FixedLinear, FixedConv2d, FixedDepthwiseConv2d {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final FixedCast weightCast;
  private final FixedCast biasCast;
  private final @Nullable KHot kHot;
  private final FixedSum sum;

  /** Takes over copies of the weights of a float layer. */
  ProductLayer(Tensor weight, @Nullable Tensor bias, Product product, SumFormats formats) {
    this.weight = parameter("weight", weight.data().clone(), weight.shape());
    this.bias = bias == null ? null : parameter("bias", bias.data().clone(), bias.shape());
    this.weightCast = layer("weightCast",
        new FixedCast(formats.weight(), formats.byChannel() ? weight.dimension(-1) : 1));
    this.biasCast = new FixedCast(formats.bias());
    if (bias != null) {
      layer("biasCast", biasCast);
    }
    FixedCast outputCast = layer("outputCast", new FixedCast(formats.output()));
    this.kHot = formats.kHot();
    this.sum =
        new FixedSum(product, formats.accumulator(), formats.activation(), outputCast);
  }

  /** Returns the weight as it is learned, before its cast. */
  public Tensor weight() {
    return weight;
  }

  /** Returns the bias as it is learned, before its cast; null where there is none. */
  public @Nullable Tensor bias() {
    return bias;
  }

  /** Returns the cast of the weights. */
  public FixedCast weightCast() {
    return weightCast;
  }

  /** Returns the cast of the bias, which a layer without one does not use. */
  public FixedCast biasCast() {
    return biasCast;
  }

  /** Returns the cast of the sums. */
  public FixedCast outputCast() {
    return sum.output();
  }

  /** Returns what makes the weights K-hot; null if nothing does. */
  public @Nullable KHot kHot() {
    return kHot;
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if x carries no format
   */
  @Override
  public final Tensor forward(Tape tape, Tensor x) {
    return sum.forward(tape, x, words(tape), bias(tape));
  }

  /** Returns the weights as words, cast and made K-hot. */
  final Tensor words(Tape tape) {
    return KHotOp.apply(tape, kHot, forward(tape, "weightCast", weight));
  }

  /** Returns the bias as words. */
  final @Nullable Tensor bias(Tape tape) {
    return bias == null ? null : forward(tape, "biasCast", bias);
  }

  final FixedSum sum() {
    return sum;
  }

  /** Returns the class, the shape of the weights and the formats. */
  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + Arrays.toString(weight.shape()) + ", weights "
        + weightCast.format() + (kHot == null ? "" : " " + kHot) + " -> "
        + outputCast().format();
  }
}
