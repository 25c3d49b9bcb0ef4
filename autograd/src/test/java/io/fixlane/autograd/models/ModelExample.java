package io.fixlane.autograd.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Sequential;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Model}. */
class ModelExample {
  @Test
  void build() {
    // @start region="build"
    int[] sampleShape = {28, 28, 1};
    Sequential network = Model.RESNET8.build(sampleShape, 10, 1);

    Tensor images = Tensor.of(new float[2 * 28 * 28], 2, 28, 28, 1);
    Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), images);

    assertThat(logits.shape()).containsExactly(2, 10);
    assertThat(network.layers().keySet()).containsExactly("conv1", "norm1", "relu1", "block1",
        "block1relu", "block2", "block2relu", "block3", "block3relu", "average", "output");
    // @end
  }
}
