package io.fixlane.autograd.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.FixedWords;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTest {
  private static final int[] DIGIT = {8, 8, 1};

  @Nested
  class Examples extends ModelExample {}

  @ParameterizedTest
  @EnumSource
  void hasATwinThatDeploysWordForWord(Model model) {
    assertSameWords(model, 8);
  }

  /** Sums of such words are no floats, and the last kernels fit in the padded image alone. */
  @Test
  void hasATwinOfWideWords() {
    assertSameWords(Model.RESNET8, 24);
  }

  private static void assertSameWords(Model model, int bits) {
    Sequential network = Qfx.convert(model.build(DIGIT, 10, 1), QfxOptions.bits(bits));
    Tensor images = Digits.read().batch(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).images();
    Qfx.calibrate(network, images, new StartRule.Maximum());
    Network deployed = Qfx.deploy(network, DIGIT);
    FixedTensor words = deployed.run(
        FixedTensor.quantize(deployed.inputFormat(), images.data(), images.shape()));
    Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), images);
    assertThat(words.contentEquals(FixedWords.of(logits))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aSeedGivesTheSameWeights(Model model) {
    assertThat(firstWeights(model, 7)).isEqualTo(firstWeights(model, 7))
        .isNotEqualTo(firstWeights(model, 8));
  }

  private static float[] firstWeights(Model model, long seed) {
    return model.build(new int[] {28, 28, 3}, 4, seed).parameters().values().iterator().next()
        .data();
  }

  @Test
  void shapesAndClassesAreChecked() {
    assertThatThrownBy(() -> Model.CNN.build(new int[] {8, 8}, 10, 0)).hasMessage(
        "sampleShape is [8, 8]: it must be height and width, at least 2, and channels, at least 1");
    assertThatThrownBy(() -> Model.CNN.build(new int[] {1, 8, 1}, 10, 0))
        .hasMessageStartingWith("sampleShape is [1, 8, 1]: ");
    assertThatThrownBy(() -> Model.CNN.build(DIGIT, 1, 0))
        .hasMessage("classes is 1: it must be at least 2");
  }
}
