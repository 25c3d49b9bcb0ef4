package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Sgd;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by what another network says. */
class TeacherTest {
  private static final TrainingPlan PLAN = TrainingPlan.ofEpochs(2).withBatchSize(16);

  @TempDir
  private Path folder;

  private static Sequential dense(long seed) {
    return new Sequential(new Flatten(), new Linear(64, 10, new SplittableRandom(seed)));
  }

  private static Trainer trainer(TapeLayer network) {
    Optimizer sgd = new Sgd(0, ParameterGroup.of(network.parameters(), 0.1f));
    return new Trainer(network, sgd, PLAN);
  }

  private static float[] weight(TapeLayer network) {
    return network.parameters().get("1.weight").data();
  }

  @Test
  void noShareOfItIsNoTeacher() throws Exception {
    Map<String, float[]> expected = SmallTraining.uninterrupted(SmallTraining.PLAN);
    SmallTraining training = new SmallTraining(1);
    training.trainer(SmallTraining.PLAN).withTeacher(dense(2), 0).train(SmallTraining.DATA);
    training.weights().forEach((name, numbers) -> assertThat(numbers).as(name)
        .isEqualTo(expected.get(name)));
  }

  /** All that it could learn of an equal it knows: no gradient is left. */
  @Test
  void anEqualTeachesNothing() throws Exception {
    Sequential network = dense(1);
    trainer(network).withTeacher(dense(1), 1).train(SmallTraining.DATA);
    assertThat(weight(network)).isEqualTo(weight(dense(1)));
  }

  /** A teacher that has learned nothing, so that its answers have nothing to do with labels. */
  @Test
  void aTeacherIsFollowed() throws Exception {
    Sequential teacher = dense(7);
    Sequential network = dense(1);
    double before = agreement(network, teacher);
    Optimizer sgd = new Sgd(0.9f, ParameterGroup.of(network.parameters(), 0.1f));
    new Trainer(network, sgd, TrainingPlan.ofEpochs(20).withBatchSize(8))
        .withTeacher(teacher, 1).train(SmallTraining.DATA);
    assertThat(before).isLessThan(0.5);
    assertThat(agreement(network, teacher)).isGreaterThan(0.8);
    assertThat(weight(teacher)).isEqualTo(weight(dense(7)));
  }

  private static double agreement(TapeLayer one, TapeLayer other) {
    int[] classes = classes(one);
    int[] others = classes(other);
    int same = 0;
    for (int i = 0; i < classes.length; i++) {
      same += classes[i] == others[i] ? 1 : 0;
    }
    return (double) same / classes.length;
  }

  private static int[] classes(TapeLayer network) {
    Dataset images = SmallTraining.DATA.test();
    int[] all = IntStream.range(0, images.size()).toArray();
    Tensor logits = network.forward(
        Tape.evaluating(Workers.SINGLE), images.batch(all).images());
    int[] classes = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      for (int j = 1; j < 10; j++) {
        if (logits.data()[i * 10 + j] > logits.data()[i * 10 + classes[i]]) {
          classes[i] = j;
        }
      }
    }
    return classes;
  }

  @Test
  void aCheckpointOfAnotherTeacher() throws Exception {
    Path file = folder.resolve("taught.ckpt");
    trainer(dense(1)).withTeacher(dense(2), 0.5f).checkpointTo(file, 0)
        .train(SmallTraining.DATA);
    assertThatThrownBy(() -> trainer(dense(1)).withTeacher(dense(3), 0.5f)
        .checkpointTo(file, 0).train(SmallTraining.DATA))
        .isInstanceOf(CheckpointException.class).hasMessageContaining("teacher");
    assertThatThrownBy(
        () -> trainer(dense(1)).checkpointTo(file, 0).train(SmallTraining.DATA))
        .isInstanceOf(CheckpointException.class).hasMessageContaining("teacher");
    trainer(dense(1)).withTeacher(dense(2), 0.5f).checkpointTo(file, 0)
        .train(SmallTraining.DATA);
  }

  @Test
  void badArguments() {
    Sequential network = dense(1);
    assertThatThrownBy(() -> trainer(network).withTeacher(dense(2), 1.5f))
        .hasMessage("share is 1.5: it must be in 0..1");
    assertThatThrownBy(() -> trainer(network).withTeacher(network, 1))
        .hasMessage("newTeacher has 1.weight, which the optimizer changes: a teacher must stay as"
            + " it is");
  }
}
