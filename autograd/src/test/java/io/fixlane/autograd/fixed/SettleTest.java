package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Qfx#settle} ends, and what goes on. */
class SettleTest {
  private static final Batch IMAGES =
      Digits.read().batch(IntStream.range(0, 64).toArray());

  private static Sequential settled() {
    Sequential network = Qfx.convert(
        Model.CNN.build(new int[] {8, 8, 1}, 10, 1), QfxOptions.bits(4).learnBinaryPoints());
    Qfx.calibrate(network, IMAGES.images(), new StartRule.LeastSquares());
    Qfx.integerBits(network).values().forEach(bits -> bits.data()[0] += 0.375f);
    Qfx.settle(network, IMAGES.images());
    return network;
  }

  private static float[] logits(Sequential network, Tape tape) {
    return network.forward(tape, IMAGES.images()).data().clone();
  }

  @Test
  void trainingThenComputesWhatEvaluationDoes() {
    Sequential network = settled();
    assertThat(logits(network, Tape.training(Workers.SINGLE)))
        .isEqualTo(logits(network, Tape.evaluating(Workers.SINGLE)));
  }

  @Test
  void weightsAreLearnedAndBinaryPointsAndStatisticsAreNot() {
    Sequential network = settled();
    Map<String, float[]> statistics = copy(network);
    Map<String, Tensor> points = Qfx.integerBits(network);
    Map<String, Tensor> weights = Qfx.weights(network);
    float[] gamma = weights.get("norm2.gamma").data().clone();
    float[] weight = weights.get("conv1.weight").data().clone();

    Tape tape = Tape.training(Workers.SINGLE);
    tape.backward(
        tape.softmaxCrossEntropy(network.forward(tape, IMAGES.images()), IMAGES.labels()));
    new Adam(ParameterGroup.of(weights, 0.01f), ParameterGroup.of(points, 1)).step(1);

    assertThat(points).hasSizeGreaterThan(10).allSatisfy((path, bits) -> assertThat(bits.item())
        .isEqualTo(Math.round(bits.item())));
    copy(network).forEach((name, numbers) -> assertThat(numbers).as(name)
        .isEqualTo(statistics.get(name)));
    assertThat(weights.get("norm2.gamma").data()).isNotEqualTo(gamma);
    assertThat(weights.get("conv1.weight").data()).isNotEqualTo(weight);
  }

  private static Map<String, float[]> copy(Sequential network) {
    Map<String, float[]> copy = new TreeMap<>();
    network.statistics().forEach((name, numbers) -> copy.put(name, numbers.clone()));
    return copy;
  }

  /** All arrays copied into a network that was not settled, as a checkpoint does. */
  @Test
  void aNetworkThatGetsTheNumbersOfASettledOneIsSettled() {
    Sequential network = settled();
    Sequential other = Qfx.convert(
        Model.CNN.build(new int[] {8, 8, 1}, 10, 2), QfxOptions.bits(4).learnBinaryPoints());
    Qfx.calibrate(other, IMAGES.images(), new StartRule.Maximum());
    other.statistics().forEach((name, numbers) -> System.arraycopy(
        network.statistics().get(name), 0, numbers, 0, numbers.length));
    other.parameters().forEach((name, tensor) -> System.arraycopy(
        network.parameters().get(name).data(), 0, tensor.data(), 0, tensor.size()));
    Map<String, float[]> statistics = copy(network);

    Tape tape = Tape.training(Workers.SINGLE);
    Tensor logits = other.forward(tape, IMAGES.images());
    assertThat(logits.data()).isEqualTo(logits(network, Tape.evaluating(Workers.SINGLE)));
    tape.backward(tape.softmaxCrossEntropy(logits, IMAGES.labels()));
    assertThat(Qfx.integerBits(other)).allSatisfy((path, bits) -> assertThat(bits.grad()).isNull());
    copy(other).forEach((name, numbers) -> assertThat(numbers).as(name)
        .isEqualTo(statistics.get(name)));
  }

  /** With frozen mean 2 and variance 3: y = gamma (x - 2) / 2 + beta, linear in x. */
  @Test
  void frozenStatisticsAreConstantsOfTheGradient() {
    RunningStatistics statistics = new RunningStatistics(1, 0.1f, 1);
    statistics.mean()[0] = 2;
    statistics.variance()[0] = 3;
    statistics.freeze();
    Tensor x = Tensor.parameter(new float[] {4, -2, 8}, 3, 1);
    Tensor gamma = Tensor.parameter(new float[] {6}, 1);
    Tensor beta = Tensor.parameter(new float[] {5}, 1);
    Tensor weights = Tensor.of(new float[] {1, 10, 100}, 3, 1);

    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = tape.batchNorm(x, gamma, beta, statistics);
    assertThat(y.data()).containsExactly(11, -7, 23);
    tape.backward(tape.sum(tape.multiply(y, weights)));
    assertThat(x.grad()).containsExactly(3, 30, 300);
    assertThat(gamma.grad()).containsExactly(1 - 20 + 300);
    assertThat(beta.grad()).containsExactly(111);

    tape.reset();
    Tape other = Tape.training(Workers.SINGLE);
    Tensor both = other.batchScaleAndShift(x, gamma, beta, statistics);
    assertThat(both.data()).containsExactly(3, -1);
    other.backward(other.sum(other.multiply(both, Tensor.of(new float[] {1, 10}, 2, 1))));
    assertThat(x.grad()).containsExactly(0, 0, 0);
    assertThat(gamma.grad()).containsExactly(0.5f * (1 - 2 * 10));
    assertThat(beta.grad()).containsExactly(10);
  }

  @Test
  void aRestartedMeanIsThatOfTheNextBatch() {
    RunningStatistics statistics = new RunningStatistics(1, 0.25f, 1);
    statistics.restart();
    assertThat(statistics.state().get("restarted")).containsExactly(1);
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor one = Tensor.of(new float[] {1}, 1);
    tape.batchNorm(Tensor.of(new float[] {4, 8}, 2, 1), one, one, statistics);
    assertThat(statistics.mean()).containsExactly(6);
    assertThat(statistics.variance()).containsExactly(8);
    tape.batchNorm(Tensor.of(new float[] {2, 2}, 2, 1), one, one, statistics);
    assertThat(statistics.mean()).containsExactly(5);
    assertThat(statistics.copy().isFrozen()).isFalse();
  }
}
