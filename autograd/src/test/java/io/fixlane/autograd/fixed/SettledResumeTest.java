package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that was settled in training stays settled when training goes on. */
class SettledResumeTest {
  private static final DataSplit DATA = Digits.read().first(60).split(0.8, 1);

  @TempDir
  private Path folder;

  /** Settles a network after the first epoch, and fails after some steps. */
  private static final class Settling extends RuntimeException implements TrainingListener {
    private static final long serialVersionUID = 1;

    private final transient Sequential network;
    private int stepsLeft;

    Settling(Sequential network, int steps) {
      this.network = network;
      this.stepsLeft = steps;
    }

    @Override
    public void onEpoch(EpochResult result) {
      if (result.epoch() == 1) {
        Qfx.settle(network, DATA.train().batch(0, 1, 2, 3, 4, 5, 6, 7).images());
      }
    }

    @Override
    public void onStep(Progress progress) {
      if (--stepsLeft == 0) {
        throw this;
      }
    }
  }

  private static Sequential network(long seed) {
    Sequential network = Qfx.convert(Model.CNN.build(new int[] {8, 8, 1}, 10, seed),
        QfxOptions.bits(4).learnBinaryPoints());
    Qfx.calibrate(network, DATA.train().batch(0, 1, 2).images(), new StartRule.Maximum());
    return network;
  }

  private static Trainer trainer(Sequential network, Settling settling) {
    Adam adam = new Adam(ParameterGroup.of(Qfx.weights(network), 0.01f),
        ParameterGroup.of(Qfx.integerBits(network), 0.1f));
    return new Trainer(network, adam, TrainingPlan.ofEpochs(3).withBatchSize(16))
        .reportTo(settling);
  }

  private static Map<String, float[]> numbers(Sequential network) {
    Map<String, float[]> numbers = new TreeMap<>(network.statistics());
    network.parameters().forEach((name, tensor) -> numbers.put(name, tensor.data()));
    return numbers;
  }

  /** Three steps an epoch: it fails in the second one, and after the second one. */
  @Test
  void theSameBitsAsWithoutAnInterruption() throws Exception {
    Sequential expected = network(1);
    trainer(expected, new Settling(expected, 0)).train(DATA);
    for (int steps : new int[] {5, 7}) {
      Path file = folder.resolve(steps + ".ckpt");
      Sequential first = network(1);
      Settling failure = new Settling(first, steps);
      assertThatThrownBy(() -> trainer(first, failure).checkpointTo(file, 1).train(DATA))
          .isSameAs(failure);
      Sequential second = network(2);
      trainer(second, new Settling(second, 0)).checkpointTo(file, 1).train(DATA);
      numbers(second).forEach((name, values) -> assertThat(values).as(name)
          .isEqualTo(numbers(expected).get(name)));
    }
  }
}
