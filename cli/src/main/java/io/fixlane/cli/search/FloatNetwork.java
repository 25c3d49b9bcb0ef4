package io.fixlane.cli.search;

import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.train.CheckpointException;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.train.Stage;
import io.fixlane.cli.train.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The float network that all trials go on from. */
final class FloatNetwork {
  private static final int SCORE_BATCH = 256;
  private static final int CHECKPOINT_EVERY = 200;

  private final Settings settings;
  private final Ground.Parts parts;
  private final int threads;

  FloatNetwork(Settings settings, Ground.Parts parts, int threads) {
    this.settings = settings;
    this.parts = parts;
    this.threads = threads;
  }

  /**
   * Trains it, from its checkpoint on if there is one.
   *
   * @throws UserError if training diverges, the images are none that the model takes, or the
   *     checkpoint cannot be read or written
   */
  Sequential train(Path checkpoint, PrintWriter err) {
    Sequential network = build();
    Adam adam = new Adam(ParameterGroup.of(network.parameters(), settings.rate()));
    TrainingPlan plan = TrainingPlan.ofEpochs(settings.floatEpochs())
        .withBatchSize(settings.batchSize()).withSeed(settings.seed()).withThreads(threads)
        .withSchedule(new Schedule.Cosine(0));
    try (TrainingProgress progress = TrainingProgress.of(Stage.FLOAT, err)) {
      new Trainer(network, adam, plan).checkpointTo(checkpoint, CHECKPOINT_EVERY)
          .reportTo(progress).train(parts.split());
    } catch (DivergedException e) {
      throw new UserError("float: " + e.getMessage() + "; a --rate smaller than "
          + settings.rate() + " may help", e);
    } catch (CheckpointException e) {
      throw new UserError("--out: " + e.getMessage() + "; name another folder, or remove it", e);
    } catch (IOException e) {
      throw new UserError(
          "--out: " + checkpoint + " cannot be written: " + Failure.reason(e), e);
    }
    return network;
  }

  private Sequential build() {
    try {
      return Model.valueOf(settings.model()).build(parts.train().imageShape(),
          parts.train().classes(), settings.seed());
    } catch (IllegalArgumentException e) {
      throw new UserError("--data has images that --model cannot take: " + e.getMessage(), e);
    }
  }

  /** Returns the part of the images that it puts in the right class. */
  double accuracy(Sequential network, Dataset images) {
    try (Workers workers = Workers.of(threads)) {
      return Score.of(network, images, SCORE_BATCH, workers).accuracy();
    }
  }
}
