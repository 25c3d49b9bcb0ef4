package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An I that swings stays where it was mostly; one that moves on is learned on. */
class PointFreezingTest {
  private static final Batch IMAGES = Digits.read().batch(IntStream.range(0, 16).toArray());

  private final Sequential network = Qfx.convert(
      Model.MLP.build(new int[] {8, 8, 1}, 10, 1), QfxOptions.bits(4).learnBinaryPoints());
  private Map<String, Tensor> points;

  @BeforeEach
  void calibrate() {
    Qfx.calibrate(network, IMAGES.images(), new StartRule.LeastSquares());
    points = Qfx.integerBits(network);
    points.values().forEach(point -> point.data()[0] = 1);
  }

  /** Moves an I step by step. */
  private void move(PointFreezing freezing, String path, float... steps) {
    for (float step : steps) {
      points.get(path).data()[0] = step;
      freezing.step();
    }
  }

  private boolean isLearned(String path) {
    Tape tape = Tape.training(Workers.SINGLE);
    tape.backward(
        tape.softmaxCrossEntropy(network.forward(tape, IMAGES.images()), IMAGES.labels()));
    boolean learned = points.get(path).grad() != null;
    tape.reset();
    return learned;
  }

  @Test
  void itStaysAfterSoManyTurns() {
    PointFreezing freezing = new PointFreezing(network, 3);
    String path = "hidden.weightCast.integerBits";
    move(freezing, path, 1.6f, 1.7f, 1.2f, 1.9f);
    assertThat(isLearned(path)).isTrue();
    move(freezing, path, 1.3f);
    assertThat(points.get(path).item()).isEqualTo(2);
    assertThat(isLearned(path)).isFalse();
    assertThat(isLearned("output.weightCast.integerBits")).isTrue();
  }

  @Test
  void whatMovesOnIsLearnedOn() {
    PointFreezing freezing = new PointFreezing(network, 1);
    String path = "hidden.outputCast.integerBits";
    move(freezing, path, 1.3f, 2.2f, 2.9f, 4, 4, 5);
    assertThat(isLearned(path)).isTrue();
    move(freezing, path, 4);
    assertThat(isLearned(path)).isFalse();
    assertThat(points.get(path).item()).isEqualTo(4);
  }

  @Test
  void itTurnsOnceAtLeast() {
    assertThatThrownBy(() -> new PointFreezing(network, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("turns is 0: it must be at least 1");
  }
}
