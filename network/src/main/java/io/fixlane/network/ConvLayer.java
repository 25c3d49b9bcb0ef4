package io.fixlane.network;

import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;

/**
 * A convolution with what follows it.
 *
 * @param name the name
 * @param weights outputs x channels of a group x kernelHeight x kernelWidth words
 * @param window how the kernel moves
 * @param stage what follows
 */
record ConvLayer(String name, Weights weights, Window window, OutputStage stage) implements Layer {
  ConvLayer {
    stage = LayerStage.copy(stage);
  }

  @Override
  public PlannedLayer plan(TensorType input) {
    ImageShape image = input.image();
    int[] sizes = weights.words().shape();
    if (sizes.length != 4 || sizes[2] != window.kernelHeight()
        || sizes[3] != window.kernelWidth()) {
      throw new IllegalArgumentException("weights have the shape " + Arrays.toString(sizes)
          + ": they must be outputs x channels of a group x " + window.kernelHeight() + " x "
          + window.kernelWidth() + ", the kernel of the window");
    }
    int channels = image.channels();
    if (sizes[1] < 1 || channels % sizes[1] != 0) {
      throw new IllegalArgumentException("weights have " + sizes[1]
          + " channels of a group: they must divide the " + channels + " channels of the input");
    }
    Conv2d conv = Conv2d.of(
        input.format(), weights.words(), image, window, channels / sizes[1], stage);
    TensorType result = TensorType.of(stage.result(), conv.output());
    long macs = Math.multiplyExact(weights.words().size(), (long) conv.output().pixels());
    NetworkCost cost = NetworkCost.ofWords(weights.words())
        .plus(NetworkCost.ofMacs(macs))
        .plus(weights.cost(input.format(), macs))
        .plus(LayerStage.cost(stage, result.size()));
    return new PlannedLayer(this, input, result, new Single(
        (x, target, executor, parts) -> conv.run(x, null, target, executor, parts),
        conv::explain), cost);
  }

  @Override
  public String describe() {
    return "conv2d " + window + ", weights " + weights;
  }
}
