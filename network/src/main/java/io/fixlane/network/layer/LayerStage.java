package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.network.words.Formats;
import io.fixlane.tensor.FixedTensor;

/** What a network keeps of an output stage. */
final class LayerStage {
  private LayerStage() {}

  /**
   * Returns a stage with read-only copies of all words.
   *
   * @throws IllegalArgumentException if the stage is one that networks do not have, or a word is
   *     not in the range of its format
   */
  static OutputStage copy(OutputStage stage) {
    if (stage.outputs().size() > 1) {
      throw new IllegalArgumentException(
          "the output channels have formats of their own: in a network a layer has one format");
    }
    OutputStage copy = OutputStage.to(Formats.require(stage.outputs().getFirst()));
    FixedTensor bias = stage.bias();
    if (bias != null) {
      copy = copy.withBias(flat("bias", bias));
    }
    FixedFormat accumulator = stage.accumulator();
    if (accumulator != null) {
      copy = copy.withAccumulator(Formats.require(accumulator));
    }
    if (stage.relu()) {
      copy = copy.withRelu();
    }
    for (Step step : stage.steps()) {
      copy = switch (step) {
        case ScaleAndShift s -> copy.withScaleAndShift(
            flat("scale", s.scale()), flat("shift", s.shift()),
            Formats.require(s.result()));
        case ResidualAdd _ -> throw new IllegalArgumentException(
            "the output stage adds a residual: in a network residualAdd does");
      };
    }
    return copy;
  }

  private static FixedTensor flat(String name, FixedTensor words) {
    return Weights.copy(name, words).reshape(Math.toIntExact(words.size()));
  }
}
