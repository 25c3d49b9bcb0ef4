package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
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

/** What a layer does, in a line. */
final class LayerNote {
  private LayerNote() {}

  /** Returns a comment: name and function, what goes in, and what comes out. */
  static String comment(Node node) {
    return "// " + node.path() + ": " + function(node.layer()) + "\n// of " + node.input()
        + "\n// to " + node.result() + "\n";
  }

  /** Returns what is computed: {@code conv2d 3 x 3, weights 144 of ap_fixed<4,1>}. */
  static String function(Layer layer) {
    return switch (layer) {
      case DenseLayer dense -> "dense, weights " + dense.weights();
      case ConvLayer conv ->
          "conv2d " + conv.window() + ", weights " + conv.weights();
      case BinaryDenseLayer dense -> "binary dense, " + dense.weights().size() + " signs, "
          + result(dense.result());
      case BinaryConvLayer conv -> "binary conv2d " + conv.window() + ", "
          + conv.weights().size() + " signs, " + result(conv.result());
      case ScaleAndShiftLayer scale -> "scale and shift, scale " + scale.scale() + ", shift of "
          + scale.shift().format();
      case UnaryLayer unary -> switch (unary.function()) {
        case Identity _ -> "cast";
        case Relu _ -> "relu";
        case LeakyRelu leaky -> "leaky relu, slope "
            + leaky.slope().toBigDecimal().stripTrailingZeros().toPlainString();
        case LookUp look -> "look-up in " + look.table().size() + " words";
      };
      case ThresholdLayer stairs -> "steps of " + stairs.step() + " from "
          + stairs.start().raw() + " at " + stairs.count() + " thresholds of "
          + stairs.thresholds().format() + (stairs.perChannel() ? " for each channel" : "");
      case PoolLayer pool -> switch (pool.function()) {
        case Max _ -> "max pool " + pool.window();
        case Average average -> "average pool " + pool.window()
            + (average.paddingCounts() ? ", padding counts" : "");
      };
      case GlobalAverageLayer _ -> "average of each channel";
      case UpsampleLayer larger -> "upsample " + larger.factorY() + " x " + larger.factorX();
      case ConcatLayer _ -> "the channels of both branches side by side";
      case FlattenLayer _ -> "flatten: the same words, as features";
      case ResidualLayer block -> block.relu()
          ? "sum of body and shortcut, relu"
          : "sum of body and shortcut";
    };
  }

  private static String result(BinaryResult result) {
    return switch (result) {
      case BinaryResult.Sums _ -> "sums";
      case BinaryResult.Signs _ -> "signs beyond thresholds";
    };
  }
}
