package io.fixlane.network.plan;

import io.fixlane.kernels.BinaryConv2d;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;

/** Plans layers of products of signs. */
final class BinaryPlanner {
  private static final BigInteger LEAST = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

  private BinaryPlanner() {}

  /** A matrix product is the convolution of images of one pixel, whose channels are features. */
  static PlannedLayer plan(BinaryDenseLayer layer, TensorType input) {
    FixedTensor weights = layer.weights();
    int[] sizes = weights.shape();
    ProductPlanner.requireMatrix(sizes, input);
    FixedTensor kernel = transpose(weights).reshape(sizes[1], sizes[0], 1, 1);
    BinaryConv2d plan = plan(
        input, kernel, ImageShape.of(1, 1, sizes[0]), Window.of(1, 1), 1, layer.result());
    return plan(layer, input, Types.of(layer.result().format(), sizes[1]), plan,
        cost(weights, plan, layer.result()));
  }

  private static FixedTensor transpose(FixedTensor matrix) {
    int rows = matrix.dimension(0);
    int columns = matrix.dimension(1);
    FixedTensor transposed = FixedTensor.allocate(matrix.format(), columns, rows);
    for (long i = 0; i < matrix.size(); i++) {
      transposed.setRaw(i % columns * rows + i / columns, matrix.raw(i));
    }
    return transposed;
  }

  static PlannedLayer plan(BinaryConvLayer layer, TensorType input) {
    FixedTensor weights = layer.weights();
    int groups = ProductPlanner.groups(weights.shape(), layer.window(), input);
    BinaryConv2d plan =
        plan(input, weights, Types.image(input), layer.window(), groups, layer.result());
    return plan(layer, input, Types.of(layer.result().format(), plan.output()), plan,
        cost(weights, plan, layer.result()));
  }

  private static BinaryConv2d plan(
      TensorType input, FixedTensor kernel, ImageShape image, Window window, int groups,
      BinaryResult result) {
    return switch (result) {
      case BinaryResult.Sums sums ->
          BinaryConv2d.of(input.format(), kernel, image, window, groups, sums.format());
      case BinaryResult.Signs signs ->
          BinaryConv2d.of(
              input.format(), kernel, image, window, groups, integers(signs.thresholds()));
    };
  }

  /** Returns thresholds as ints, which hold every sum. */
  private static int[] integers(FixedTensor thresholds) {
    int[] integers = new int[Math.toIntExact(thresholds.size())];
    for (int n = 0; n < integers.length; n++) {
      integers[n] = thresholds.value(n).raw().min(MOST).max(LEAST).intValueExact();
    }
    return integers;
  }

  private static NetworkCost cost(FixedTensor weights, BinaryConv2d plan, BinaryResult result) {
    long macs = ProductPlanner.macs(weights.size(), plan.output());
    NetworkCost thresholds = result instanceof BinaryResult.Signs signs
        ? Costs.ofWords(signs.thresholds())
        : Costs.NONE;
    return Costs.sum(
        Costs.ofWords(weights), Costs.ofMacs(macs), Costs.ofSignProducts(macs), thresholds);
  }

  private static PlannedLayer plan(
      Layer layer, TensorType input, TensorType result, BinaryConv2d plan, NetworkCost cost) {
    return new PlannedLayer(layer, input, result, new Single(plan::run, plan::explain), cost);
  }
}
