package io.fixlane.autograd.train;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Training as it goes on, step by step. */
final class TrainingRun {
  private static final String BEST = "best ";

  private final TapeLayer network;
  private final Optimizer optimizer;
  private final Runnable penalty;
  private final @Nullable Teacher teacher;
  private final TrainingPlan plan;
  private final DataSplit data;
  private final Workers workers;
  private final Tape tape;
  private final Tape teaching;
  private final Clock clock = new Clock();
  private final List<EpochResult> history = new ArrayList<>();
  /** The weights of the best epoch, where training has a patience. */
  private final Map<String, float[]> best;
  private int epoch;
  private int batch;
  private Tally tally = new Tally();
  private Batches batches;

  TrainingRun(TapeLayer network, Optimizer optimizer, Runnable penalty,
      @Nullable Teacher teacher, TrainingPlan plan, DataSplit data, Workers workers) {
    this.network = network;
    this.optimizer = optimizer;
    this.penalty = penalty;
    this.teacher = teacher;
    this.plan = plan;
    this.data = data;
    this.workers = workers;
    this.tape = Tape.training(workers);
    this.teaching = Tape.evaluating(workers);
    this.best = plan.patience() == 0 ? Map.of() : copy(weights(network));
    this.batches = batches();
  }

  private Batches batches() {
    return Batches.shuffled(
        data.train(), plan.batchSize(), plan.seed(), epoch, plan.augmentation());
  }

  /** Returns the numbers that a network has learned, by name: the arrays themselves. */
  static Map<String, float[]> weights(TapeLayer network) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    network.parameters().forEach((name, p) -> weights.put("parameter " + name, p.data()));
    network.statistics().forEach((name, s) -> weights.put("statistics " + name, s));
    return weights;
  }

  private static Map<String, float[]> copy(Map<String, float[]> arrays) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    arrays.forEach((name, array) -> copy.put(name, array.clone()));
    return copy;
  }

  private static void copy(Map<String, float[]> from, Map<String, float[]> to) {
    from.forEach((name, array) -> System.arraycopy(array, 0, to.get(name), 0, array.length));
  }

  /** Returns all that changes in training: the arrays themselves. */
  private Map<String, float[]> arrays() {
    Map<String, float[]> arrays = new LinkedHashMap<>(weights(network));
    optimizer.state().forEach((name, array) -> arrays.put("optimizer " + name, array));
    arrays.putAll(prefixed(BEST, best));
    return arrays;
  }

  private static Map<String, float[]> prefixed(String prefix, Map<String, float[]> arrays) {
    Map<String, float[]> prefixed = new LinkedHashMap<>();
    arrays.forEach((name, array) -> prefixed.put(prefix + name, array));
    return prefixed;
  }

  /** Gives a network the best weights that a checkpoint has, or else its last ones. */
  static void readWeights(Path file, Checkpoint checkpoint, TapeLayer network)
      throws CheckpointException {
    Map<String, float[]> weights = weights(network);
    Map<String, float[]> bests = prefixed(BEST, weights);
    boolean hasBest = !checkpoint.state().history().isEmpty()
        && checkpoint.arrays().keySet().containsAll(bests.keySet());
    checkpoint.copyTo(file, hasBest ? bests : weights);
  }

  Checkpoint checkpoint(Map<String, String> identity) {
    TrainingState state = new TrainingState(
        epoch, batch, tally.loss(), tally.right(), tally.images(), optimizer.steps(), history);
    return new Checkpoint(identity, state, arrays());
  }

  /**
   * Goes on from a checkpoint.
   *
   * @throws CheckpointException if it is at a place that this training does not come by, or lacks
   *     numbers; then nothing has changed
   */
  void resume(Path file, Checkpoint last) throws CheckpointException {
    TrainingState state = last.state();
    state.requireWithin(file, plan.epochs(), batches.count());
    last.copyTo(file, arrays());
    optimizer.resumeAfter(state.optimizerSteps());
    epoch = state.epoch();
    batch = state.batch();
    tally = new Tally(state.loss(), state.right(), state.images());
    history.addAll(state.history());
    batches = batches();
  }

  /** Returns whether so many steps of the epoch are done, or a multiple. */
  boolean isDue(int every) {
    return every > 0 && batch % every == 0;
  }

  boolean isDone() {
    int sinceBest = history.isEmpty() ? 0 : history.getLast().epoch() - bestEpoch().epoch();
    return epoch == plan.epochs() || plan.patience() > 0 && sinceBest >= plan.patience();
  }

  /** Returns the first of the epochs with the best accuracy, or the last without a patience. */
  private EpochResult bestEpoch() {
    return plan.patience() == 0
        ? history.getLast()
        : history.stream()
            .min(Comparator.comparingDouble(result -> -result.test().accuracy()))
            .orElseThrow();
  }

  TrainingResult result() {
    copy(best, weights(network));
    return new TrainingResult(List.copyOf(history), bestEpoch());
  }

  /**
   * Takes a step.
   *
   * @return whether the epoch ended with it
   */
  boolean step(TrainingListener listener, @Nullable Path checkpoint) {
    Batch images = batches.get(batch);
    Tensor logits;
    Tensor loss;
    try {
      logits = network.forward(tape, images.images());
      loss = teacher == null
          ? tape.softmaxCrossEntropy(logits, plan.smoothing(), images.labels())
          : teacher.loss(tape, logits, plan.smoothing(), images, teaching);
    } catch (NonFiniteException e) {
      throw new DivergedException(epoch, batch, e.getMessage(), checkpoint);
    }
    if (!Float.isFinite(loss.item())) {
      throw new DivergedException(
          epoch, batch,
          "the loss is " + loss.item() + ", and the first number that is not finite is"
              + " in " + tape.firstNonFinite().orElseThrow(),
          checkpoint);
    }
    tape.backward(loss);
    penalty.run();
    double progress = epoch + (double) batch / batches.count();
    optimizer.step(plan.schedule().factor(progress, plan.epochs()));
    tally.add(loss, logits, images.labels());
    tape.reset();
    batch++;
    listener.onStep(progress(images.size()));
    if (batch < batches.count()) {
      return false;
    }
    listener.onEpoch(endEpoch(checkpoint));
    return true;
  }

  private EpochResult endEpoch(@Nullable Path checkpoint) {
    requireFinite(checkpoint);
    Score test = Score.of(network, data.test(), plan.batchSize(), workers);
    if (!Double.isFinite(test.loss())) {
      throw new DivergedException(
          epoch, batch, "the loss on the test images is " + test.loss(), checkpoint);
    }
    EpochResult result = new EpochResult(epoch + 1, tally.score(), test);
    history.add(result);
    if (plan.patience() > 0 && bestEpoch() == result) {
      copy(weights(network), best);
    }
    epoch++;
    batch = 0;
    tally = new Tally();
    batches = batches();
    return result;
  }

  /** Requires weights without which no checkpoint is good. */
  void requireFinite(@Nullable Path checkpoint) {
    weights(network).forEach((name, numbers) -> {
      for (float number : numbers) {
        if (!Float.isFinite(number)) {
          throw new DivergedException(
              epoch, Math.max(batch - 1, 0), name + " has become " + number, checkpoint);
        }
      }
    });
  }

  private Progress progress(int images) {
    long left = (long) (plan.epochs() - epoch) * data.train().size() - tally.images();
    clock.add(images);
    return new Progress(
        epoch + 1, plan.epochs(), batch, batches.count(), tally.score(), clock.imagesPerSecond(),
        clock.timeFor(left));
  }
}
