package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.autograd.train.TrainingResult;
import io.fixlane.shape.Window;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Qfx}. */
class QfxExample {
  @Test
  void convert() throws IOException {
    // @start region="convert"
    RandomGenerator random = new SplittableRandom(1);
    TapeLayer floats = new Sequential(
        new Flatten(), new Linear(64, 32, random), new ReLU(), new Linear(32, 10, random));

    TapeLayer network = Qfx.convert(floats, QfxOptions.bits(6).learnBinaryPoints());
    DataSplit digits = Digits.readSplit();
    Adam optimizer = new Adam(
        ParameterGroup.of(Qfx.weights(network), 0.01f),
        ParameterGroup.of(Qfx.integerBits(network), 0.01f).withRange(-8, 8));
    TrainingResult result =
        new Trainer(network, optimizer, TrainingPlan.ofEpochs(10)).train(digits);

    assertThat(result.best().test().accuracy()).isGreaterThan(0.93);
    // @end
  }

  @Test
  void fold() throws IOException {
    // @start region="fold"
    DataSplit digits = Digits.readSplit();
    TrainingPlan plan = TrainingPlan.ofEpochs(6);
    RandomGenerator random = new SplittableRandom(1);
    Window window = Window.of(3, 3).withStride(2, 2);
    Sequential floats = new Sequential(new FloatConv2d(1, 8, window, Bias.NONE, random),
        new BatchNorm2d(8), new ReLU(), new Flatten(), new Linear(72, 10, random));
    Adam adam = new Adam(ParameterGroup.of(floats.parameters(), 0.01f));
    new Trainer(floats, adam, plan).train(digits);

    // The convolution with its norm in words of 4 bits, which learn from the float network.
    Sequential network =
        Qfx.convert(Qfx.fold(floats), QfxOptions.bits(4).learnBinaryPoints().withChannelPoints());
    Adam fine = new Adam(ParameterGroup.of(Qfx.weights(network), 0.001f),
        ParameterGroup.of(Qfx.integerBits(network), 0.01f));
    TrainingResult result =
        new Trainer(network, fine, plan).withTeacher(floats, 1).train(digits);

    assertThat(result.best().test().accuracy()).isGreaterThan(0.9);
    // @end
  }

  @Test
  void freezing() throws IOException {
    TapeLayer network = Qfx.convert(
        new Sequential(new Flatten(), new Linear(64, 10, new SplittableRandom(1))),
        QfxOptions.bits(4).learnBinaryPoints());
    DataSplit digits = Digits.readSplit();
    // @start region="freezing"
    Adam optimizer = new Adam(
        ParameterGroup.of(Qfx.weights(network), 0.01f),
        ParameterGroup.of(Qfx.integerBits(network), 0.01f));
    PointFreezing freezing = new PointFreezing(network, 3);
    new Trainer(network, optimizer, TrainingPlan.ofEpochs(2)).reportTo(new TrainingListener() {
      @Override
      public void onStep(Progress progress) {
        freezing.step();
      }
    }).train(digits);
    // @end
    assertThat(Qfx.integerBits(network)).isNotEmpty();
  }
}
