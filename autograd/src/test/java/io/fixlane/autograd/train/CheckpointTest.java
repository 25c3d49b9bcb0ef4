package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that must not be used are refused, and say so. */
class CheckpointTest {
  @TempDir
  private Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void trainAnEpoch() throws IOException {
    file = folder.resolve("small.ckpt");
    SmallTraining training = new SmallTraining(1);
    training.trainer(TrainingPlan.ofEpochs(1)).checkpointTo(file, 0).train(SmallTraining.DATA);
    good = Files.readAllBytes(file);
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> Checkpoint.parse(file, bytes)).isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file + ": " + reason);
  }

  @Test
  void anyFlippedBit() {
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertRefused(bad, "it ");
    }
  }

  @Test
  void anyShorterFile() {
    for (int size = 0; size < good.length; size++) {
      assertRefused(
          Arrays.copyOf(good, size),
          size < 12 ? "it is no checkpoint of Fixlane" : "it is damaged");
    }
    assertRefused(Arrays.copyOf(good, good.length + 1), "it is damaged");
  }

  @Test
  void foreignFilesAndOtherVersions() throws IOException {
    assertRefused("a letter, and no checkpoint".getBytes(StandardCharsets.UTF_8),
        "it is no checkpoint of Fixlane");
    byte[] newer = good.clone();
    newer[15]++;
    assertRefused(newer, "it has version 2: this Fixlane reads version 1");
    Files.delete(file);
    assertThatThrownBy(() -> Checkpoint.read(file)).hasMessage(file + ": there is no such file");
  }

  /** A damaged file is neither used nor written over. */
  @Test
  void trainingStopsAtADamagedCheckpoint() throws IOException {
    good[good.length / 2] ^= 1;
    Files.write(file, good);
    Trainer trainer = new SmallTraining(1).trainer(TrainingPlan.ofEpochs(1)).checkpointTo(file, 0);
    assertThatThrownBy(() -> trainer.train(SmallTraining.DATA))
        .hasMessage(file + ": it is damaged: its checksum is wrong");
    assertThat(Files.readAllBytes(file)).isEqualTo(good);
  }

  private void assertOther(Trainer trainer, DataSplit data, String reason) {
    assertThatThrownBy(() -> trainer.checkpointTo(file, 0).train(data))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file + ": it is of another training: its " + reason);
  }

  @Test
  void checkpointsOfAnotherTraining() {
    TrainingPlan plan = TrainingPlan.ofEpochs(1);
    DataSplit data = SmallTraining.DATA;
    SmallTraining small = new SmallTraining(1);
    assertOther(
        small.trainer(plan.withBatchSize(32)), data, "batch size is '64', and here it is '32'");
    assertOther(small.trainer(plan.withSeed(2)), data, "seed is '0', and here it is '2'");
    assertOther(small.trainer(TrainingPlan.ofEpochs(2)), data, "number of epochs is '1'");
    assertOther(small.trainer(plan).withSetting("arithmetic", "8 bits"), data,
        "arithmetic is 'null', and here it is '8 bits'");
    assertOther(small.trainer(plan), new DataSplit(data.test(), data.test()), "training set is '");
    assertOther(
        new Trainer(
            small.network, new Sgd(0, ParameterGroup.of(small.network.parameters(), 1)), plan),
        data, "optimizer is 'Adam");
    Sequential other = new Sequential(new Flatten(), new Linear(64, 10, new SplittableRandom(1)));
    assertOther(
        new Trainer(other, new Sgd(0, ParameterGroup.of(other.parameters(), 1)), plan), data,
        "network is '{0.weight=[3, 3, 1, 4]");
    assertThatThrownBy(() -> Trainer.readWeights(file, other))
        .hasMessageStartingWith(file + ": it is of another training: its network is");
  }

  @Test
  void badPlaces() {
    Trainer trainer = new SmallTraining(1).trainer(SmallTraining.PLAN);
    Path nowhere = folder.resolve("no/folder");
    assertThatThrownBy(() -> trainer.checkpointTo(nowhere, 0))
        .hasMessage("file is " + nowhere + ": it must be a file in a folder that exists");
    assertThatThrownBy(() -> trainer.checkpointTo(folder, 0))
        .hasMessageContaining("must be a file");
    assertThatThrownBy(() -> trainer.checkpointTo(file, -1))
        .hasMessage("every is -1: it must be at least 0");
  }
}
