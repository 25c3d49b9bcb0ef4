package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import io.fixlane.network.BinaryConvLayer;
import io.fixlane.network.BinaryDenseLayer;
import io.fixlane.network.BinaryResult;
import io.fixlane.network.ConvLayer;
import io.fixlane.network.DenseLayer;
import io.fixlane.network.FlattenLayer;
import io.fixlane.network.GlobalAverageLayer;
import io.fixlane.network.Layer;
import io.fixlane.network.PoolLayer;
import io.fixlane.network.PoolLayer.Average;
import io.fixlane.network.PoolLayer.Max;
import io.fixlane.network.ResidualLayer;
import io.fixlane.network.ScaleAndShiftLayer;
import io.fixlane.network.UnaryLayer;
import io.fixlane.network.UnaryLayer.Identity;
import io.fixlane.network.UnaryLayer.LeakyRelu;
import io.fixlane.network.UnaryLayer.LookUp;
import io.fixlane.network.UnaryLayer.Relu;

/** What a layer does, in a line. */
final class LayerNote {
  private LayerNote() {}

  /** Returns a comment: name and function, what goes in, and what comes out. */
  static String comment(Node node) {
    return "// " + node.path() + ": " + function(node.layer()) + "\n// of " + node.input()
        + "\n// to " + node.result() + "\n";
  }

  /** Returns what is computed: {@code conv2d 3 x 3, padding 1 x 1, weights 144 of ap_fixed<4,1>}. */
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
      case PoolLayer pool -> switch (pool.function()) {
        case Max _ -> "max pool " + pool.window();
        case Average average -> "average pool " + pool.window()
            + (average.paddingCounts() ? ", padding counts" : "");
      };
      case GlobalAverageLayer _ -> "average of each channel";
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
