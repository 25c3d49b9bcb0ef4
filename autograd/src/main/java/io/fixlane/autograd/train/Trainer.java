package io.fixlane.autograd.train;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network to classify images. The same network, optimizer, plan and data give the same
 * weights, bit by bit, however many threads compute and however often training was interrupted and
 * went on from its checkpoint.
 *
 * {@snippet class="io.fixlane.autograd.train.TrainerExample" region="train"}
 */
public final class Trainer {
  private final TapeLayer network;
  private final Optimizer optimizer;
  private final TrainingPlan plan;
  private TrainingListener listener = new TrainingListener() {};
  private @Nullable Path checkpoint;
  private int checkpointEvery;
  private Runnable penalty = () -> {};
  private @Nullable Teacher teacher;
  private final Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Makes a trainer.
   *
   * @param network computes N x classes logits from N x height x width x channels images
   * @param optimizer changes the network's parameters, all or some
   * @param plan how long and in which steps
   * @throws IllegalArgumentException if the optimizer has a parameter that is not the network's
   */
  public Trainer(TapeLayer network, Optimizer optimizer, TrainingPlan plan) {
    Map<String, Tensor> parameters = network.parameters();
    optimizer.groups().forEach(group -> group.parameters().forEach((name, tensor) -> {
      if (parameters.get(name) != tensor) {
        throw new IllegalArgumentException(
            "the optimizer has " + name + ": the network's parameters are " + parameters.keySet());
      }
    }));
    this.network = network;
    this.optimizer = optimizer;
    this.plan = plan;
  }

  /** Tells a listener of every step and epoch; returns this trainer. */
  public Trainer reportTo(TrainingListener newListener) {
    this.listener = newListener;
    return this;
  }

  /**
   * Saves checkpoints, after each epoch and after each so many steps; {@link #train} goes on from
   * the file if it is there. Returns this trainer.
   *
   * <p>A checkpoint holds parameters, statistics, what the optimizer remembers, and where training
   * is. It is written aside and then takes the place of the one before, so that at any moment, also
   * if the process is killed, there is a whole one. What a killed process has left beside it goes
   * when training goes on. One process at a time trains with a checkpoint.
   *
   * @param file the file, in a folder that exists
   * @param every how many steps; 0 for after each epoch alone
   * @throws IllegalArgumentException if the number is negative or there is no such folder
   */
  public Trainer checkpointTo(Path file, int every) {
    if (every < 0) {
      throw new IllegalArgumentException("every is " + every + ": it must be at least 0");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "file is " + file + ": it must be a file in a folder that exists");
    }
    this.checkpoint = file;
    this.checkpointEvery = every;
    return this;
  }

  /**
   * Names a setting of the network that neither the names nor the sizes of its parameters tell, as
   * the widths of its words: only a training with the same one goes on from a checkpoint. Returns
   * this trainer.
   */
  public Trainer withSetting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /**
   * Adds something to the loss: what it gives is run after the gradients of each step are there,
   * and adds its own to them. It must depend on the parameters alone. Returns this trainer.
   */
  public Trainer withPenalty(Runnable addGradients) {
    this.penalty = addGradients;
    return this;
  }

  /**
   * Lets the network learn from what another one says of each image, besides its label: a part of
   * the targets is the softmax of the teacher's logits, which evaluates the same batch
   * (distillation, Hinton et al., arXiv 1503.02531). Returns this trainer.
   *
   * @param newTeacher computes logits of as many classes; it stays as it is
   * @param share the part of the targets that is the teacher's, in 0..1
   * @throws IllegalArgumentException if the share is out of its range, or the teacher has a
   *     parameter that the optimizer changes
   */
  public Trainer withTeacher(TapeLayer newTeacher, float share) {
    Teacher made = new Teacher(newTeacher, share);
    newTeacher.parameters().forEach((name, parameter) -> {
      if (optimizer.groups().stream().anyMatch(
          group -> group.parameters().values().stream().anyMatch(one -> one == parameter))) {
        throw new IllegalArgumentException("newTeacher has " + name
            + ", which the optimizer changes: a teacher must stay as it is");
      }
    });
    this.teacher = made;
    return this;
  }

  /**
   * Trains the network, from the checkpoint on if there is one.
   *
   * @throws CheckpointException if the checkpoint is damaged, no checkpoint, or of another training
   * @throws IOException if a checkpoint cannot be written, which is tried before anything else
   * @throws DivergedException if a number becomes infinite or NaN; the last good checkpoint stays
   */
  public TrainingResult train(DataSplit data) throws IOException {
    if (checkpoint != null) {
      AtomicFile.requireWritable(checkpoint, 0);
    }
    if (teacher != null) {
      settings.put("teacher", teacher.toString());
    }
    Workers workers = Workers.of(plan.threads());
    try {
      TrainingRun run = new TrainingRun(network, optimizer, penalty, teacher, plan, data, workers);
      Map<String, String> identity = checkpoint == null
          ? Map.of()
          : TrainingIdentity.of(network, optimizer, plan, data, settings);
      if (checkpoint != null && Files.exists(checkpoint)) {
        Checkpoint last = Checkpoint.read(checkpoint);
        last.requireIdentity(checkpoint, identity);
        run.resume(checkpoint, last);
      }
      if (checkpoint != null) {
        AtomicFile.deleteLeftovers(checkpoint);
      }
      while (!run.isDone()) {
        boolean epochEnds = run.step(listener, checkpoint);
        if (checkpoint != null && (epochEnds || run.isDue(checkpointEvery))) {
          run.requireFinite(checkpoint);
          run.checkpoint(identity).write(checkpoint);
        }
      }
      return run.result();
    } finally {
      workers.close();
    }
  }

  /**
   * Reads the weights and statistics of a network from a checkpoint: those of the best epoch so far
   * where training has a patience, else those after the last step.
   *
   * @throws CheckpointException if it is damaged, no checkpoint, or of another network
   */
  public static void readWeights(Path file, TapeLayer network) throws CheckpointException {
    Checkpoint checkpoint = Checkpoint.read(file);
    checkpoint.requireIdentity(file, TrainingIdentity.of(network, checkpoint.identity()));
    TrainingRun.readWeights(file, checkpoint, network);
  }
}
