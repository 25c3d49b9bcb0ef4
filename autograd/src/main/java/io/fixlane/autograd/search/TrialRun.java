package io.fixlane.autograd.search;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.fixed.WordCheck;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes trials, each on the thread that asks: the same bits on every machine. Any number of
 * threads may ask at once.
 */
public final class TrialRun {
  private static final int SCORE_BATCH = 256;
  private static final int CALIBRATION_IMAGES = 512;
  private static final int CHECKPOINT_EVERY = 200;
  private static final float INTEGER_BITS_RATE = 0.01f;
  private static final List<StartRule> CALIBRATIONS = List.of(
      new StartRule.Maximum(), new StartRule.Percentile(99.9), new StartRule.LeastSquares());

  private final Ground ground;
  private final Ground.Parts parts;
  private final Dataset calibrating;

  /** Makes what computes trials on a ground. */
  public TrialRun(Ground ground) {
    this.ground = ground;
    this.parts = ground.parts();
    this.calibrating = parts.train().first(Math.min(CALIBRATION_IMAGES, parts.train().size()));
  }

  /** Computes a trial from its beginning. Training that diverges is a result too. */
  public TrialOutcome compute(Trial trial) {
    try {
      return compute(trial, null);
    } catch (IOException e) {
      throw new IllegalStateException("a trial without a checkpoint writes no file", e);
    }
  }

  /**
   * Computes a trial, from its checkpoint on if there is one.
   *
   * @param checkpoint where training keeps how far it is, in a folder that exists; null for nowhere
   * @throws IOException if the checkpoint cannot be read or written, or is of another trial
   */
  public TrialOutcome compute(Trial trial, @Nullable Path checkpoint) throws IOException {
    Sequential network;
    try {
      network = switch (trial.method()) {
        case PTQ -> calibrated(trial.formats());
        case QFX -> trained(trial, checkpoint);
      };
    } catch (DivergedException | NonFiniteException e) {
      return new TrialOutcome(TrialResult.failed(trial, String.valueOf(e.getMessage())),
          new byte[0]);
    }
    return outcome(trial, network);
  }

  /** Returns the best of the networks that rules calibrate, on images of training. */
  private Sequential calibrated(Formats formats) {
    Sequential best = null;
    double most = -1;
    for (StartRule rule : CALIBRATIONS) {
      for (boolean settles : new boolean[] {false, true}) {
        Sequential network = convert(formats.options(), rule);
        if (settles) {
          Qfx.settle(network, calibrationImages());
        }
        double accuracy = score(network, calibrating).accuracy();
        if (best == null || accuracy > most) {
          best = network;
          most = accuracy;
        }
      }
    }
    return best;
  }

  private Sequential convert(QfxOptions options, StartRule rule) {
    Sequential network = Qfx.convert(ground.floats(), options);
    Qfx.calibrate(network, calibrationImages(), rule);
    return network;
  }

  private Tensor calibrationImages() {
    return Batches.inOrder(calibrating, calibrating.size()).get(0).images();
  }

  /** Trains a network, which is settled for the last epoch. */
  private Sequential trained(Trial trial, @Nullable Path checkpoint) throws IOException {
    Sequential network =
        convert(trial.formats().options().learnBinaryPoints(), new StartRule.LeastSquares());
    Adam adam = new Adam(ParameterGroup.of(Qfx.weights(network), ground.rate()),
        ParameterGroup.of(Qfx.integerBits(network), INTEGER_BITS_RATE));
    TrainingPlan plan = TrainingPlan.ofEpochs(trial.epochs()).withBatchSize(ground.batchSize())
        .withSeed(trial.seed()).withSchedule(new Schedule.Cosine(0));
    Trainer trainer = new Trainer(network, adam, plan).withSetting("trial", trial.key());
    if (checkpoint != null) {
      trainer.checkpointTo(checkpoint, CHECKPOINT_EVERY);
    }
    if (trial.epochs() == 1) {
      Qfx.settle(network, calibrationImages());
    }
    trainer.reportTo(new TrainingListener() {
      @Override
      public void onEpoch(EpochResult result) {
        if (result.epoch() == trial.epochs() - 1) {
          Qfx.settle(network, calibrationImages());
        }
      }
    }).train(parts.split());
    return network;
  }

  private TrialOutcome outcome(Trial trial, Sequential network) {
    Score choosing = score(network, parts.choosing());
    Dataset test = parts.test();
    Network deployed = Qfx.deploy(network, test.imageShape());
    WordCheck words = WordCheck.of(network, deployed, test, Workers.SINGLE);
    TrialResult result = new TrialResult(trial, choosing.accuracy(),
        score(network, test).accuracy(), choosing.loss(),
        TrialCost.of(deployed, trial.formats()), words.same(), words.samples(), null);
    return new TrialOutcome(result, deployed.toBytes());
  }

  private static Score score(Sequential network, Dataset images) {
    return Score.of(network, images, SCORE_BATCH, Workers.SINGLE);
  }
}
