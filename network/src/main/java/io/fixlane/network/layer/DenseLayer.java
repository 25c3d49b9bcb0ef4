package io.fixlane.network.layer;

import io.fixlane.kernels.OutputStage;
import java.util.Objects;

/**
 * A matrix product with what follows it, as {@link io.fixlane.kernels.Gemm} computes them.
 *
 * @param name the name
 * @param weights k x n words, k being the features of the input
 * @param stage what follows: bias, accumulator, relu, scales and result format; no residual, and
 *     one format for all channels
 */
public record DenseLayer(String name, Weights weights, OutputStage stage) implements Layer {
  /**
   * Makes the layer.
   *
   * @throws IllegalArgumentException if the stage is one that networks do not have, or a word of it
   *     is not in the range of its format
   */
  public DenseLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(stage, "stage");
    stage = LayerStage.copy(stage);
  }
}
