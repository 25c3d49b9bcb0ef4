package io.fixlane.network.layer;

import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.Window;
import java.util.Objects;

/**
 * A convolution with what follows it, as {@link io.fixlane.kernels.Conv2d} computes them. The
 * groups are as many as the channels of a group go into the channels of the input.
 *
 * @param name the name
 * @param weights outputs x channels of a group x kernelHeight x kernelWidth words
 * @param window how the kernel moves; taps outside the image are skipped
 * @param stage what follows, as in {@link DenseLayer}
 */
public record ConvLayer(String name, Weights weights, Window window, OutputStage stage)
    implements Layer {
  /**
   * Makes the layer.
   *
   * @throws IllegalArgumentException if the stage is one that networks do not have, or a word of it
   *     is not in the range of its format
   */
  public ConvLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(stage, "stage");
    stage = LayerStage.copy(stage);
  }
}
