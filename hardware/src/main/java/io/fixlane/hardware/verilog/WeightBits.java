package io.fixlane.hardware.verilog;

import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/** The bits of a layer's constants: weights, biases, scales, thresholds and tables. */
final class WeightBits {
  private WeightBits() {}

  static long of(Layer layer) {
    return switch (layer) {
      case DenseLayer dense -> of(dense.weights().words()) + of(dense.stage());
      case ConvLayer conv -> of(conv.weights().words()) + of(conv.stage());
      case BinaryDenseLayer dense -> of(dense.weights()) + of(dense.result());
      case BinaryConvLayer conv -> of(conv.weights()) + of(conv.result());
      case ScaleAndShiftLayer norm -> of(norm.scale().words()) + of(norm.shift());
      case UnaryLayer unary -> unary.function() instanceof UnaryLayer.LookUp look
          ? of(look.table())
          : 0;
      case ThresholdLayer stairs -> of(stairs.thresholds());
      case PoolLayer _,GlobalAverageLayer _,FlattenLayer _,UpsampleLayer _,BlockLayer _ -> 0;
    };
  }

  private static long of(@Nullable FixedTensor words) {
    return words == null ? 0 : words.size() * words.format().width();
  }

  private static long of(BinaryResult result) {
    return result instanceof BinaryResult.Signs signs ? of(signs.thresholds()) : 0;
  }

  private static long of(OutputStage stage) {
    long bits = of(stage.bias());
    for (OutputStage.Step step : stage.steps()) {
      bits += switch (step) {
        case ScaleAndShift norm -> of(norm.scale()) + of(norm.shift());
        case ResidualAdd _ -> 0;
      };
    }
    return bits;
  }
}
