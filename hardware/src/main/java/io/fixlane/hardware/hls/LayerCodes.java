package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import java.util.List;

/** The C++ of layers of any kind. */
final class LayerCodes {
  private LayerCodes() {}

  /**
   * Returns the code of a node that is a function.
   *
   * @throws HardwareException if it cannot be written; the message names it
   */
  static LayerCode of(Wiring wiring, int place, HlsOptions options) throws HardwareException {
    Node node = wiring.node(place);
    List<String> types = wiring.origins(place).stream().map(wiring::type).toList();
    try {
      return of(node, types, options);
    } catch (HardwareException e) {
      throw new HardwareException("layer '" + node.path() + "': " + e.getMessage());
    }
  }

  private static LayerCode of(Node node, List<String> types, HlsOptions options)
      throws HardwareException {
    String name = node.identifier();
    String x = types.getFirst();
    TensorType input = node.input();
    return switch (node.layer()) {
      case DenseLayer dense -> ProductCode.of(name, x, input.format(),
          Products.dense(dense.weights().words()), dense.weights(), dense.stage(), "", options);
      case ConvLayer conv -> ProductCode.of(name, x, input.format(),
          Products.conv(conv.weights().words(), input.channels()), conv.weights(), conv.stage(),
          WindowCode.of(conv.window(), input, node.result(), options.reuse()), options);
      case BinaryDenseLayer dense -> BinaryCode.of(
          name, x, Products.dense(dense.weights()), dense.result(), "", options);
      case BinaryConvLayer conv -> BinaryCode.of(name, x,
          Products.conv(conv.weights(), input.channels()), conv.result(),
          WindowCode.of(conv.window(), input, node.result(), options.reuse()), options);
      case ScaleAndShiftLayer scale -> ElementCode.of(name, x, input, scale, options.reuse());
      case UnaryLayer unary -> ElementCode.of(name, x, input, unary, options.reuse());
      case ThresholdLayer stairs ->
          ElementCode.of(name, x, input, stairs, options.reuse());
      case PoolLayer pool -> PoolCode.of(node, pool, options.reuse());
      case GlobalAverageLayer average -> PoolCode.of(node, average, options.reuse());
      case ResidualLayer block ->
          ElementCode.of(name, x, types.getLast(), input, block, options.reuse());
      case UpsampleLayer larger -> CopyCode.upsample(name, larger, input);
      case ConcatLayer _ -> CopyCode.concat(
          name, types, node.input().channels(), node.result(), options.reuse());
      case FlattenLayer _ -> throw new AssertionError("a flatten is no function");
    };
  }
}
