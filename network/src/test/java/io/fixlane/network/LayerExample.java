package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Layer} and {@link TensorType}. */
class LayerExample {
  // @start region="switch"
  /** Counts the dense layers of a network: an exporter takes each kind apart like this. */
  static int denseLayers(List<Layer> layers) {
    int count = 0;
    for (Layer layer : layers) {
      count += switch (layer) {
        case DenseLayer(String name, Weights weights, OutputStage stage) -> 1;
        case BlockLayer block ->
            block.branches().stream().mapToInt(branch -> denseLayers(branch.layers())).sum();
        case BinaryDenseLayer _ -> 1;
        case ConvLayer _,BinaryConvLayer _,ScaleAndShiftLayer _,UnaryLayer _ -> 0;
        case ThresholdLayer _ -> 0;
        case PoolLayer _,GlobalAverageLayer _,FlattenLayer _,UpsampleLayer _ -> 0;
      };
    }
    return count;
  }
  // @end

  // @start region="types"
  /** Tells what each layer of a network gives: {@code dense: ap_fixed<8,4> [10]}. */
  static String types(Network network) {
    StringBuilder text = new StringBuilder();
    network.resultTypes().forEach((name, type) -> text.append(name + ": " + type + "\n"));
    return text.toString();
  }
  // @end

  @Test
  void layersAreToldApart() {
    FixedFormat x = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
    Weights weights = Weights.of(FixedTensor.allocate(x, 3, 3));
    OutputStage stage = OutputStage.to(x);
    Network network = Network.builder(x, 3)
        .residualAdd("block", body -> body.dense("hidden", weights, stage), x)
        .relu("relu", x)
        .dense("classes", weights, stage)
        .build();
    assertThat(denseLayers(network.layers())).isEqualTo(2);
    assertThat(types(network).lines()).containsExactly("block > body > hidden: " + x + " [3]",
        "block: " + x + " [3]", "relu: " + x + " [3]", "classes: " + x + " [3]");
  }
}
