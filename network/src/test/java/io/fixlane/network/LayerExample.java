package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Layer}. */
class LayerExample {
  // @start region="switch"
  /** Counts the dense layers of a network: an exporter takes each kind apart like this. */
  static int denseLayers(List<Layer> layers) {
    int count = 0;
    for (Layer layer : layers) {
      count += switch (layer) {
        case DenseLayer(String name, Weights weights, OutputStage stage) -> 1;
        case ResidualLayer block -> denseLayers(block.body()) + denseLayers(block.shortcut());
        case BinaryDenseLayer _ -> 1;
        case ConvLayer _,BinaryConvLayer _,ScaleAndShiftLayer _,UnaryLayer _ -> 0;
        case PoolLayer _,GlobalAverageLayer _,FlattenLayer _ -> 0;
      };
    }
    return count;
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
  }
}
