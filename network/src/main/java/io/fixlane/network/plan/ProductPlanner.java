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
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.Joined;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans dense layers and convolutions. */
final class ProductPlanner {
  private ProductPlanner() {}

  static PlannedLayer plan(DenseLayer layer, TensorType input) {
    Weights weights = layer.weights();
    requireMatrix(weights.words().shape(), input);
    Gemm gemm = gemm(layer, input, layer.stage());
    int features = weights.words().shape()[1];
    return new PlannedLayer(layer, input, Types.of(layer.stage().result(), features),
        new Single(gemm::run, gemm::explain),
        cost(weights, input.format(), weights.words().size(), layer.stage(), features));
  }

  private static Gemm gemm(DenseLayer layer, TensorType input, OutputStage stage) {
    return Gemm.of(input.format(), layer.weights().words(), stage);
  }

  /**
   * Returns the kernel of a block. Where a product is the body's last layer, its output stage adds
   * the shortcut; the product alone, which is then asked for by traces only, is planned by them.
   */
  static Branches join(Chain body, Chain shortcut, Sum sum, FixedFormat result) {
    PlannedLayer last = body.layers().getLast();
    FixedFormat residual = shortcut.result().format();
    Optional<Joined> none = Optional.empty();
    return switch (last.layer()) {
      case DenseLayer dense when sum.relu() -> {
        Gemm gemm = gemm(dense, last.input(), dense.stage().withResidualAdd(residual, result));
        yield new Branches(body.withLast(later(last, gemm::explain,
            () -> gemm(dense, last.input(), dense.stage())::run)), shortcut, sum,
            Optional.of(gemm::run));
      }
      case ConvLayer conv when sum.relu() -> {
        Conv2d joined = conv(conv, last.input(), conv.stage().withResidualAdd(residual, result));
        yield new Branches(body.withLast(later(last, joined::explain,
            () -> conv(conv, last.input(), conv.stage())::run)), shortcut, sum,
            Optional.of(joined::run));
      }
      default -> new Branches(body, shortcut, sum, none);
    };
  }

  private static PlannedLayer later(PlannedLayer last, Supplier<String> explanation,
      Supplier<Operation> alone) {
    Operation operation =
        (x, target, executor, parts) -> alone.get().run(x, target, executor, parts);
    return new PlannedLayer(
        last.layer(), last.input(), last.result(), new Single(operation, explanation), last.cost());
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
    Conv2d conv = conv(layer, input, layer.stage());
    TensorType result = Types.of(layer.stage().result(), conv.output());
    long macs = macs(weights.words().size(), conv.output());
    return new PlannedLayer(layer, input, result, new Single(conv::run, conv::explain),
        cost(weights, input.format(), macs, layer.stage(), result.size()));
  }

  private static Conv2d conv(ConvLayer layer, TensorType input, OutputStage stage) {
    FixedTensor weights = layer.weights().words();
    return Conv2d.of(input.format(), weights, Types.image(input), layer.window(),
        groups(weights.shape(), layer.window(), input), stage);
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
