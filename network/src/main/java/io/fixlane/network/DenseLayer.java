package io.fixlane.network;

import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.PlannedLayer.Single;
import java.util.Arrays;

/**
 * A matrix product with what follows it.
 *
 * @param name the name
 * @param weights k x n words
 * @param stage what follows
 */
record DenseLayer(String name, Weights weights, OutputStage stage) implements Layer {
  DenseLayer {
    stage = LayerStage.copy(stage);
  }

  @Override
  public PlannedLayer plan(TensorType input) {
    int[] shape = weights.words().shape();
    if (input.shape().size() != 1) {
      throw new IllegalArgumentException("its input has the shape " + input.shape()
          + ": it must be features, as flatten gives them");
    }
    if (shape.length != 2 || shape[0] != input.size()) {
      throw new IllegalArgumentException("weights have the shape " + Arrays.toString(shape)
          + ": they must be k x n words, with k = " + input.size() + ", the features of the input");
    }
    Gemm gemm = Gemm.of(input.format(), weights.words(), stage);
    long macs = weights.words().size();
    NetworkCost cost = NetworkCost.ofWords(weights.words())
        .plus(NetworkCost.ofMacs(macs))
        .plus(weights.cost(input.format(), macs))
        .plus(LayerStage.cost(stage, shape[1]));
    return new PlannedLayer(this, input, TensorType.of(stage.result(), shape[1]), new Single(
        (x, target, executor, parts) -> gemm.run(x, null, target, executor, parts),
        gemm.explain()), cost);
  }

  @Override
  public String describe() {
    return "dense, weights " + weights;
  }
}
