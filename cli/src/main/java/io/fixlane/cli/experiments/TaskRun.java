package io.fixlane.cli.experiments;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.BitCost;
import io.fixlane.autograd.fixed.PointFreezing;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.WidthBudget;
import io.fixlane.autograd.fixed.WordCheck;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.autograd.train.TrainingResult;
import io.fixlane.cli.train.WidthLearning;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Computes tasks, each on the thread that asks: the same result on every machine. */
final class TaskRun {
  private static final int SCORE_BATCH = 200;
  private static final int CHOOSING_IMAGES = 1000;
  /** How often an I turns back until it stays, where those that swing do. */
  static final int TURNS = 3;
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
   * @param weights the folder in which float networks are kept for the tasks that go on from them,
   *     and deployed ones for other commands
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
   * @throws IOException if the weights of a float network cannot be read or written, or the file of
   *     a deployed one not be written
   */
  TaskResult compute(Task task) throws IOException {
    try {
      return switch (task.row().method()) {
        case START -> inFloat(task, build(task), budget.startEpochs(), budget.startRate());
        case FLOAT -> inFloat(task, network(task.origin()), budget.epochs(), budget.rate());
        case PTQ, PTQ_SETTLED -> ptq(task);
        case UNIFORM -> uniform(task);
        case PINNED, LEARNED, UNIFORM_TRAINED -> qfx(task);
        case EVERY_POINT -> everyPoint(task);
      };
    } catch (DivergedException | NonFiniteException e) {
      return TaskResult.failed(task, e.getMessage());
    }
  }

  private Sequential build(Task task) {
    return task.row().model().build(all.train().imageShape(), all.train().classes(), task.seed());
  }

  /** Returns whether the network of a task can be read. */
  boolean hasNetwork(Task task) {
    return Files.exists(file(task));
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
        .withSchedule(new Schedule.Cosine(0)).withAugmentation(budget.augmentation());
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
    Sequential trained = network(task.origin());
    QfxOptions options = row.start() == Start.BY_HAND
        ? row.options().withIntegerBits(byHand(row.options(), trained).integerBits())
        : row.options();
    Sequential network = convert(trained, row, options);
    Qfx.calibrate(network, settleImages(), row.start().rule());
    FixedNotes notes = new FixedNotes(network);
    TrainingResult result = train(task, network, listener -> task.seed() == 1
        ? notes.tracking(listener, budget.startEpochs())
        : listener);
    return result(task, network, result.history(), List.of(), notes, false);
  }

  private static Sequential convert(Sequential trained, Row row, QfxOptions options) {
    return Qfx.convert(row.has(Setting.FOLDED_NORMS) ? Qfx.fold(trained) : trained, options);
  }

  /** Trains a calibrated network in fixed point. */
  private TrainingResult train(Task task, Sequential network,
      UnaryOperator<TrainingListener> watching) throws IOException {
    Row row = task.row();
    TrainingPlan plan = plan(task, budget.epochs(row));
    WidthLearning widths = new WidthLearning(plan, data.train().size(), row.bits());
    Trainer trainer = new Trainer(network, optimizer(row, network, widths), plan);
    if (row.has(Setting.TEACHER)) {
      trainer.withTeacher(network(task.origin()), 1);
    }
    TrainingListener settling = settling(row, network, widths, trainer);
    TrainingListener listener =
        row.has(Setting.FREEZING)
            ? freezing(settling, new PointFreezing(network, TURNS))
            : settling;
    return trainer.reportTo(watching.apply(listener)).train(data);
  }

  /** Returns what settles a network, at the end of its widths' changes where they have some. */
  private TrainingListener settling(
      Row row, Sequential network, WidthLearning widths, Trainer trainer) {
    if (row.isOfWidths() && !row.has(Setting.DESCENT)) {
      return widths.hold(budget(row, network), trainer, this::settleImages);
    }
    int epochs = row.isOfWidths() ? widths.epochs() : budget.epochs() - budget.settledEpochs();
    TrainingListener settling =
        TrainingListener.afterEpoch(epochs, () -> Qfx.settle(network, settleImages()));
    return row.has(Setting.DESCENT)
        ? new WidthDescent(network, row.bits(), (int) row.budget(), epochs, settling)
        : settling;
  }

  private TaskResult everyPoint(Task task) throws IOException {
    Row row = task.row();
    Sequential trained = network(task.origin());
    NearPoints points = NearPoints.of(Qfx.convert(trained, row.options()), row.bits());
    List<TaskResult.Calibration> tries = new ArrayList<>();
    List<EpochResult> history = List.of();
    Sequential best = trained;
    double least = Double.POSITIVE_INFINITY;
    for (int choice = 0; choice < points.count(); choice++) {
      Sequential network = Qfx.convert(trained, row.options());
      Qfx.calibrate(network, settleImages(), row.start().rule());
      points.choose(choice, network);
      TrainingResult result = train(task, network, UnaryOperator.identity());
      Score score = score(network, choosing());
      tries.add(new TaskResult.Calibration(
          row.start(), null, score.accuracy(), score(network, data.test()).accuracy()));
      if (score.loss() < least) {
        least = score.loss();
        best = network;
        history = result.history();
      }
    }
    return result(task, best, history, tries, new FixedNotes(best), false);
  }

  private Optimizer optimizer(Row row, Sequential network, WidthLearning widths) {
    List<ParameterGroup> groups = new ArrayList<>(
        List.of(ParameterGroup.of(Qfx.weights(network), (float) budget.rate(row))));
    if (row.method() == Method.LEARNED) {
      groups.add(ParameterGroup.of(Qfx.integerBits(network), (float) row.pointRate())
          .withRange(budget.least(), budget.most()));
    }
    if (row.learnsWidths()) {
      groups.add(widths.group(network));
    }
    return new Adam(groups.toArray(ParameterGroup[]::new));
  }

  private static TrainingListener freezing(TrainingListener next, PointFreezing points) {
    return new TrainingListener() {
      @Override
      public void onStep(Progress progress) {
        points.step();
        next.onStep(progress);
      }

      @Override
      public void onEpoch(EpochResult result) {
        next.onEpoch(result);
      }
    };
  }

  /** Returns the cost that the widths of a network are held to, that of a row. */
  private WidthBudget budget(Row row, Sequential network) {
    BitCost cost = BitCost.of(network, test.imageShape());
    return new WidthBudget(network, cost, cost.uniform(row.budget()));
  }

  private TaskResult ptq(Task task) throws IOException {
    Row row = task.row();
    Sequential trained = network(task.origin());
    List<TaskResult.Calibration> calibrations = new ArrayList<>();
    for (Start start : Start.CALIBRATIONS) {
      Sequential network = calibrated(row, trained, start);
      calibrations.add(new TaskResult.Calibration(start, null,
          score(network, choosing()).accuracy(), score(network, data.test()).accuracy()));
    }
    // Of equal ones the first.
    Start best = calibrations.stream()
        .min(Comparator.comparingDouble(calibration -> -calibration.trainAccuracy()))
        .orElseThrow().start();
    Sequential network = calibrated(row, trained, best);
    return result(task, network, List.of(), calibrations,
        new FixedNotes(network), false);
  }

  /** Returns the training images by which a calibration is chosen. */
  private Dataset choosing() {
    return data.train().first(Math.min(CHOOSING_IMAGES, data.train().size()));
  }

  private TaskResult uniform(Task task) throws IOException {
    Sequential trained = network(task.origin());
    QfxOptions options = task.row().options();
    HandTunedType type = byHand(options, trained);
    Sequential network = settled(trained, options.withIntegerBits(type.integerBits()));
    return result(task, network, List.of(), type.tries(), new FixedNotes(network), false);
  }

  private HandTunedType byHand(QfxOptions options, Sequential trained) {
    Dataset choosing = choosing();
    return HandTunedType.find(options, one -> settled(trained, one),
        network -> score(network, choosing).accuracy(),
        network -> score(network, data.test()).accuracy());
  }

  private Sequential settled(Sequential trained, QfxOptions options) {
    Sequential network = Qfx.convert(trained, options);
    Qfx.settle(network, settleImages());
    return network;
  }

  private Sequential calibrated(Row row, Sequential trained, Start start) {
    Sequential network = convert(trained, row, row.options());
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
      List<TaskResult.Calibration> calibrations, FixedNotes notes, boolean isStart)
      throws IOException {
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
        calibrations, isFixed ? BitCost.of(network, test.imageShape()).bits() : null,
        isFixed && task.seed() == 1 ? words(task, network) : null, null);
  }

  /** Keeps the deployed network, and compares its words. */
  private TaskResult.Words words(Task task, Sequential network) throws IOException {
    Network deployed = Qfx.deploy(network, test.imageShape());
    deployed.save(weights.resolve(task.key() + ".fxn"));
    WordCheck check = WordCheck.of(network, deployed, test, Workers.SINGLE);
    return new TaskResult.Words(check.same(), check.samples());
  }
}
