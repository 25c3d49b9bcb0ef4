package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;

/** Plans dense layers and convolutions. */
final class ProductPlanner {
  private ProductPlanner() {}

  static PlannedLayer plan(DenseLayer layer, TensorType input) {
    Weights weights = layer.weights();
    int[] shape = weights.words().shape();
    requireMatrix(shape, input);
    Gemm gemm = Gemm.of(input.format(), weights.words(), layer.stage());
    long macs = weights.words().size();
    NetworkCost cost = cost(weights, input.format(), macs, layer.stage(), shape[1]);
    return new PlannedLayer(
        layer, input, Types.of(layer.stage().result(), shape[1]), new Single(
            (x, target, executor, parts) -> gemm.run(x, target, executor, parts),
            gemm::explain),
        cost);
  }

  /** Requires weights of such a shape to be a matrix for the features of an input. */
  static void requireMatrix(int[] shape, TensorType input) {
    if (input.shape().size() != 1) {
      throw new IllegalArgumentException("its input has the shape " + input.shape()
          + ": it must be features, as flatten gives them");
    }
    if (shape.length != 2 || shape[0] != input.size()) {
      throw new IllegalArgumentException("weights have the shape " + Arrays.toString(shape)
          + ": they must be k x n words, with k = " + input.size() + ", the features of the input");
    }
  }

  static PlannedLayer plan(ConvLayer layer, TensorType input) {
    Weights weights = layer.weights();
    int groups = groups(weights.words().shape(), layer.window(), input);
    Conv2d conv =
        Conv2d.of(input.format(), weights.words(), Types.image(input), layer.window(), groups,
            layer.stage());
    TensorType result = Types.of(layer.stage().result(), conv.output());
    long macs = macs(weights.words().size(), conv.output());
    NetworkCost cost = cost(weights, input.format(), macs, layer.stage(), result.size());
    return new PlannedLayer(layer, input, result, new Single(
        (x, target, executor, parts) -> conv.run(x, target, executor, parts),
        conv::explain), cost);
  }

  private static NetworkCost cost(
      Weights weights, FixedFormat x, long macs, OutputStage stage, long results) {
    return Costs.sum(Costs.ofWords(weights.words()), Costs.ofMacs(macs),
        Costs.ofProducts(x, weights, macs), Costs.ofStage(stage, results));
  }

  /** Returns the multiply-accumulates of a convolution, taps in the padding included. */
  static long macs(long weights, ImageShape output) {
    return Math.multiplyExact(weights, (long) output.pixels());
  }

  /** Returns the groups of a convolution by weights of such sizes. */
  static int groups(int[] sizes, Window window, TensorType input) {
    int channels = Types.image(input).channels();
    if (sizes.length != 4 || sizes[2] != window.kernelHeight()
        || sizes[3] != window.kernelWidth()) {
      throw new IllegalArgumentException("weights have the shape " + Arrays.toString(sizes)
          + ": they must be outputs x channels of a group x " + window.kernelHeight() + " x "
          + window.kernelWidth() + ", the kernel of the window");
    }
    if (sizes[1] < 1 || channels % sizes[1] != 0) {
      throw new IllegalArgumentException("weights have " + sizes[1]
          + " channels of a group: they must divide the " + channels + " channels of the input");
    }
    return channels / sizes[1];
  }
}
