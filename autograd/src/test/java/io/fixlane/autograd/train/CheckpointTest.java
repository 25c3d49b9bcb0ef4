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
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file + ": " + reason);
  }

  @Test
  void anyFlippedBit() throws IOException {
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertRefused(bad, "it ");
    }
  }

  @Test
  void anyShorterFile() throws IOException {
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
    assertRefused(newer, "it has version 3: this Fixlane reads version 2");
    byte[] older = good.clone();
    older[15] = 1;
    assertRefused(older, "it has version 1: this Fixlane reads version 2");
    Files.delete(file);
    assertThatThrownBy(() -> Checkpoint.read(file)).hasMessage(file + ": there is no such file");
  }

  /** What is no checkpoint is known by its first bytes, also if they have no end. */
  @Test
  void onlyWhatTheHeaderSaysIsRead() throws IOException {
    byte[] header = Arrays.copyOf(good, 24);
    assertRefused(withLength(header, Long.MAX_VALUE), "it is damaged: its header says that it has "
        + Long.MAX_VALUE + " bytes of content");
    assertRefused(withLength(header, -1), "it is damaged: its header says");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
      assertThatThrownBy(() -> Checkpoint.read(file))
          .hasMessageStartingWith(file + ": it is damaged");
      sparse.write(new byte[12]);
      assertThatThrownBy(() -> Checkpoint.read(file))
          .hasMessage(file + ": it is no checkpoint of Fixlane");
    }
    Path zeros = Path.of("/dev/zero");
    if (Files.exists(zeros)) {
      assertThatThrownBy(() -> Checkpoint.read(zeros))
          .hasMessage(zeros + ": it is no checkpoint of Fixlane");
    }
  }

  private static byte[] withLength(byte[] header, long length) {
    ByteBuffer.wrap(header).putLong(16, length);
    return header;
  }

  /** Who can change a file can seal it again: it must not train for ever, nor end in a bug. */
  @Test
  void placesThatNoTrainingComesBy() throws IOException {
    TrainingState state = Checkpoint.read(file).state();
    assertSealed(at(state, 2, 0, 3), "its epoch is 2: it must be in 0..1");
    assertSealed(at(state, -1, 0, 3), "its epoch is -1: it must be in 0..1");
    assertSealed(at(state, 1, 1, 3), "its batch is 1: it must be in 0..0");
    assertSealed(at(state, 0, 3, 3), "its batch is 3: it must be in 0..2");
    assertSealed(at(state, 0, -1, 3), "its batch is -1: it must be in 0..2");
    assertSealed(at(state, 1, 0, -1), "its number of steps is -1: it must be in 0..");
    assertSealed(at(state, 0, 1, 1), "its results are not those of its first 0 epochs");
    assertSealed(new TrainingState(1, 0, 0, 0, 0, 3, List.of()),
        "its results are not those of its first 1 epochs");
    assertSealed(new TrainingState(0, 1, 0, 5, 4, 1, List.of()),
        "its number of images in the right class is 5: it must be in 0..4");
  }

  private static TrainingState at(TrainingState state, int epoch, int batch, long steps) {
    return new TrainingState(epoch, batch, 0, 0, 0, steps, state.history());
  }

  private void assertSealed(TrainingState state, String reason) throws IOException {
    Files.write(file, good);
    Checkpoint whole = Checkpoint.read(file);
    new Checkpoint(whole.identity(), state, whole.arrays()).write(file);
    assertTrainingRefuses(reason);
  }

  private void assertTrainingRefuses(String reason) {
    SmallTraining small = new SmallTraining(2);
    Map<String, float[]> before = small.weights();
    Trainer trainer = small.trainer(TrainingPlan.ofEpochs(1)).checkpointTo(file, 0);
    assertThatThrownBy(() -> trainer.train(SmallTraining.DATA))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file + ": it is damaged: " + reason);
    small.weights()
        .forEach((name, numbers) -> assertThat(numbers).isEqualTo(before.get(name)));
  }

  @Test
  void numbersThatAreMissing() throws IOException {
    Checkpoint whole = Checkpoint.read(file);
    Map<String, float[]> arrays = new TreeMap<>(whole.arrays());
    arrays.put("parameter 4.bias", new float[9]);
    new Checkpoint(whole.identity(), whole.state(), arrays).write(file);
    assertTrainingRefuses("it lacks parameter 4.bias");
    SmallTraining small = new SmallTraining(2);
    assertThatThrownBy(() -> Trainer.readWeights(file, small.network))
        .hasMessage(file + ": it is damaged: it lacks parameter 4.bias");
  }

  @Test
  void numbersThatAreNotFinite() throws IOException {
    Checkpoint whole = Checkpoint.read(file);
    whole.arrays().get("parameter 4.bias")[3] = Float.NaN;
    whole.write(file);
    assertTrainingRefuses("number 3 of parameter 4.bias is NaN, and must be finite");
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

  /** Before the first step, not after the last. */
  @Test
  void aPlaceThatCannotBeWrittenIsFoundBeforeTraining() throws IOException {
    Path place = folder.resolve("place.ckpt");
    SmallTraining small = new SmallTraining(1);
    Map<String, float[]> before = small.weights();
    Trainer trainer = small.trainer(TrainingPlan.ofEpochs(1)).checkpointTo(place, 0);
    Files.createDirectory(place);
    assertThatThrownBy(() -> trainer.train(SmallTraining.DATA))
        .isInstanceOf(FileSystemException.class).hasMessage(place + ": it is a folder");
    assertThat(small.weights()).allSatisfy(
        (name, numbers) -> assertThat(numbers).isEqualTo(before.get(name)));
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
