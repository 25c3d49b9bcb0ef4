package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;

/** The text of a layer. */
final class LayerText {
  private LayerText() {}

  /** Returns what is computed, without the formats: {@code dense, weights 144 of ap_fixed<4,1>}. */
  static String of(Layer layer) {
    return switch (layer) {
      case DenseLayer dense -> "dense, weights " + dense.weights();
      case ConvLayer conv -> "conv2d " + conv.window() + ", weights " + conv.weights();
      case BinaryDenseLayer dense ->
          "binaryDense, weights " + binary(dense.weights(), dense.result());
      case BinaryConvLayer conv -> "binaryConv2d " + conv.window() + ", weights "
          + binary(conv.weights(), conv.result());
      case ScaleAndShiftLayer norm -> "scaleAndShift, scale " + norm.scale();
      case UnaryLayer unary -> switch (unary.function()) {
        case Identity _ -> "cast";
        case Relu _ -> "relu";
        case LeakyRelu leaky -> "leakyRelu, slope " + slope(leaky.slope());
        case LookUp look -> "lookUp, " + look.table().size() + " words";
      };
      case ThresholdLayer stairs -> "threshold, " + stairs.count() + " of "
          + stairs.thresholds().format()
          + (stairs.perChannel() ? " for each channel" : "") + ", steps of " + stairs.step()
          + " from " + stairs.start().raw();
      case PoolLayer pool -> pool(pool) + " " + pool.window();
      case GlobalAverageLayer _ -> "globalAveragePool";
      case FlattenLayer _ -> "flatten";
      case UpsampleLayer larger -> "upsample " + larger.factorY() + " x " + larger.factorX();
      case ConcatLayer _ -> "concat";
      case ResidualLayer block -> block.relu() ? "residualAdd" : "add";
    };
  }

  /** Returns a power of two as one, and another slope with its format. */
  private static String slope(Fixed slope) {
    FixedFormat format = slope.format();
    return slope.raw().equals(BigInteger.ONE) && format.fractionBits() >= 0
        ? "2^-" + format.fractionBits()
        : slope.toBigDecimal().stripTrailingZeros().toPlainString() + " of " + format;
  }

  private static String binary(FixedTensor weights, BinaryResult result) {
    return weights.size() + " signs, " + switch (result) {
      case BinaryResult.Sums _ -> "sums";
      case BinaryResult.Signs signs -> "thresholds of " + signs.thresholds().format();
    };
  }

  private static String pool(PoolLayer pool) {
    return switch (pool.function()) {
      case Max _ -> "maxPool";
      case Average average -> average.paddingCounts() ? "averagePoolOfPadded" : "averagePool";
    };
  }
}
