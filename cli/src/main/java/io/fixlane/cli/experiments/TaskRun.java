package io.fixlane.cli.experiments;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.WordCheck;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.autograd.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Computes tasks, each on the thread that asks: the same result on every machine. */
final class TaskRun {
  private static final int SCORE_BATCH = 200;
  private static final int CHOOSING_IMAGES = 1000;
  /** Between the seeds of the order of the images before and after the shared epochs. */
  private static final int LATER = 1000;

  private final Budget budget;
  private final DataSplit all;
  private final DataSplit data;
  private final Dataset test;
  private final Path weights;

  /**
   * Makes the run.
   *
   * @param weights the folder in which float networks are kept for the tasks that go on from them
   */
  TaskRun(Budget budget, DataSplit all, Path weights) {
    this.budget = budget;
    this.all = all;
    this.test = all.test().first(budget.testImages());
    this.data = new DataSplit(
        all.train().first(budget.trainImages()), all.test().first(budget.curveImages()));
    this.weights = weights;
  }

  /** Returns the images to train with, and those to test with after each epoch. */
  DataSplit data() {
    return data;
  }

  /**
   * Computes a task, whose origin must have been computed.
   *
   * @throws IOException if the weights of a float network cannot be read or written
   */
  TaskResult compute(Task task) throws IOException {
    try {
      return switch (task.row().method()) {
        case START -> inFloat(task, build(task), budget.startEpochs(), budget.startRate());
        case FLOAT -> inFloat(task, network(task.origin()), budget.epochs(), budget.rate());
        case PTQ, PTQ_SETTLED -> ptq(task);
        case PINNED, LEARNED -> qfx(task);
      };
    } catch (DivergedException | NonFiniteException e) {
      return TaskResult.failed(task, e.getMessage());
    }
  }

  private Sequential build(Task task) {
    return task.row().model().build(all.train().imageShape(), all.train().classes(), task.seed());
  }

  private Path file(Task task) {
    return weights.resolve(task.key() + ".ckpt");
  }

  /** Returns the float network that a task has trained. */
  Sequential network(Task task) throws IOException {
    Sequential network = build(task);
    Trainer.readWeights(file(task), network);
    return network;
  }

  /** Returns images from which statistics are taken. */
  Tensor settleImages() {
    return first(data.train(), budget.settleImages());
  }

  private static Tensor first(Dataset images, int count) {
    return images.batch(IntStream.range(0, Math.min(count, images.size())).toArray()).images();
  }

  private TrainingPlan plan(Task task, int epochs) {
    int seed = task.row().method() == Method.START ? task.seed() : task.seed() + LATER;
    return TrainingPlan.ofEpochs(epochs).withBatchSize(budget.batchSize()).withSeed(seed)
        .withSchedule(new Schedule.Cosine(0));
  }

  private TaskResult inFloat(Task task, Sequential network, int epochs, double rate)
      throws IOException {
    Optimizer optimizer = new Adam(ParameterGroup.of(network.parameters(), (float) rate));
    TrainingResult result =
        new Trainer(network, optimizer, plan(task, epochs)).checkpointTo(file(task), 0).train(data);
    boolean isStart = task.row().method() == Method.START;
    return result(task, network, result.history(), List.of(), new FixedNotes(network), isStart);
  }

  private TaskResult qfx(Task task) throws IOException {
    Row row = task.row();
    Sequential network = Qfx.convert(network(task.origin()), row.options());
    Qfx.calibrate(network, settleImages(), row.start().rule());
    FixedNotes notes = new FixedNotes(network);
    ParameterGroup numbers = ParameterGroup.of(Qfx.weights(network), (float) budget.rate());
    Optimizer optimizer = row.method() == Method.PINNED
        ? new Adam(numbers)
        : new Adam(numbers, ParameterGroup
            .of(Qfx.integerBits(network), (float) row.pointRate())
            .withRange(budget.least(), budget.most()));
    TrainingListener settling = new TrainingListener() {
      @Override
      public void onEpoch(EpochResult result) {
        if (result.epoch() == budget.epochs() - budget.settledEpochs()) {
          Qfx.settle(network, settleImages());
        }
      }
    };
    TrainingListener listener = task.seed() == 1
        ? notes.tracking(settling, budget.startEpochs())
        : settling;
    TrainingResult result = new Trainer(network, optimizer, plan(task, budget.epochs()))
        .reportTo(listener).train(data);
    return result(task, network, result.history(), List.of(), notes, false);
  }

  private TaskResult ptq(Task task) throws IOException {
    Row row = task.row();
    Sequential trained = network(task.origin());
    List<TaskResult.Calibration> calibrations = new ArrayList<>();
    for (Start start : Start.values()) {
      Sequential network = calibrated(row, trained, start);
      Dataset choosing =
          data.train().first(Math.min(CHOOSING_IMAGES, data.train().size()));
      calibrations.add(new TaskResult.Calibration(start,
          score(network, choosing).accuracy(), score(network, data.test()).accuracy()));
    }
    // Of equal ones the first.
    Start best = calibrations.stream()
        .min(Comparator.comparingDouble(calibration -> -calibration.trainAccuracy()))
        .orElseThrow().start();
    Sequential network = calibrated(row, trained, best);
    return result(task, network, List.of(), calibrations,
        new FixedNotes(network), false);
  }

  private Sequential calibrated(Row row, Sequential trained, Start start) {
    Sequential network = Qfx.convert(trained, row.options());
    Qfx.calibrate(network, settleImages(), start.rule());
    if (row.method() == Method.PTQ_SETTLED) {
      Qfx.settle(network, settleImages());
    }
    return network;
  }

  private static Score score(TapeLayer network, Dataset images) {
    return Score.of(network, images, SCORE_BATCH, Workers.SINGLE);
  }

  private TaskResult result(Task task, Sequential network, List<EpochResult> history,
      List<TaskResult.Calibration> calibrations, FixedNotes notes, boolean isStart) {
    int before = isStart ? 0 : budget.startEpochs();
    List<TaskResult.Epoch> epochs = history.stream().map(
        epoch -> new TaskResult.Epoch(before + epoch.epoch(), epoch.train().accuracy(),
            epoch.train().loss(), epoch.test().accuracy()))
        .toList();
    Score score = score(network, isStart ? data.test() : test);
    boolean isFixed = task.row().bits() > 0;
    return new TaskResult(
        task.row(), task.seed(), score.accuracy(), score.loss(), epochs, notes.tracks(),
        isFixed && task.seed() == 1
            ? notes.casts(first(data.test(), budget.settleImages()))
            : List.of(),
        calibrations,
        isFixed && task.seed() == 1 ? words(network) : null, null);
  }

  private TaskResult.Words words(Sequential network) {
    WordCheck check = WordCheck.of(
        network, Qfx.deploy(network, test.imageShape()), test, Workers.SINGLE);
    return new TaskResult.Words(check.same(), check.samples());
  }
}
