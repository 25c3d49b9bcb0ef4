package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One W everywhere that comes down. */
class WidthDescentTest {
  /** Three widths in two epochs of three steps: two steps each, and the last ever after. */
  @Test
  void eachWidthHasAsManySteps() throws IOException {
    DataSplit digits = new DataSplit(
        Digits.readSplit().train().first(96), Digits.readSplit().test().first(32));
    Sequential network = Qfx.convert(Model.MLP.build(digits.train().imageShape(), 10, 1),
        QfxOptions.bits(8).learnBinaryPoints().learnWidths());
    List<Integer> widths = new ArrayList<>();
    List<Integer> epochs = new ArrayList<>();
    TrainingListener listener = new WidthDescent(network, 8, 6, 2, new TrainingListener() {
      @Override
      public void onStep(Progress progress) {
        Qfx.casts(network).values().stream().filter(cast -> cast.trainable().isWidthLearned())
            .mapToInt(cast -> cast.width(0)).distinct().forEach(widths::add);
      }

      @Override
      public void onEpoch(EpochResult result) {
        epochs.add(result.epoch());
      }
    });
    Adam adam = new Adam(ParameterGroup.of(Qfx.weights(network), 0.001f));
    new Trainer(network, adam, TrainingPlan.ofEpochs(3).withBatchSize(32)).reportTo(listener)
        .train(digits);
    assertThat(widths).containsExactly(8, 7, 7, 6, 6, 6, 6, 6, 6);
    assertThat(epochs).containsExactly(1, 2, 3);
  }
}
