package io.fixlane.cli.experiments;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes what becomes of the casts of a network while it is trained; of a float network nothing. */
final class FixedNotes {
  private static final int NOTES_OF_AN_EPOCH = 4;
  private static final double DIGITS = 1000;

  private final TapeLayer network;
  private final Map<String, FixedCast> casts;
  private final Map<String, Integer> startBits = new LinkedHashMap<>();
  private final Map<String, List<Double>> learned = new LinkedHashMap<>();
  private final List<Double> times = new ArrayList<>();

  /** Notes the I that were calibrated. */
  FixedNotes(TapeLayer network) {
    this.network = network;
    this.casts = Qfx.casts(network);
    casts.forEach((path, cast) -> startBits.put(path, cast.format().integerBits()));
  }

  /**
   * Returns a listener that notes each learned I some times in an epoch, and tells another one.
   *
   * @param before how many epochs have gone before
   */
  TrainingListener tracking(TrainingListener next, int before) {
    note(before);
    return new TrainingListener() {
      @Override
      public void onStep(Progress progress) {
        next.onStep(progress);
        int every = Math.max(1, progress.batches() / NOTES_OF_AN_EPOCH);
        if (progress.batch() % every == 0) {
          note(before + progress.epoch() - 1 + (double) progress.batch() / progress.batches());
        }
      }

      @Override
      public void onEpoch(EpochResult result) {
        next.onEpoch(result);
      }
    };
  }

  private void note(double time) {
    times.add(rounded(time));
    casts.forEach((path, cast) -> {
      if (cast.trainable().isLearned()) {
        learned.computeIfAbsent(path, name -> new ArrayList<>()).add(rounded(cast.integerBits()));
      }
    });
  }

  private static double rounded(double number) {
    return Math.rint(number * DIGITS) / DIGITS;
  }

  /** Returns each learned I as it was noted. */
  List<TaskResult.Track> tracks() {
    return learned.entrySet().stream()
        .map(track -> new TaskResult.Track(track.getKey(), times, track.getValue())).toList();
  }

  /** Returns what comes to each cast while some images are evaluated, and how much saturates. */
  List<TaskResult.CastUse> casts(Tensor images) {
    Map<String, CastCounts> counts = new LinkedHashMap<>();
    casts.forEach((path, cast) -> counts.put(path, CastCounts.of(cast)));
    network.forward(Tape.evaluating(Workers.SINGLE), images);
    List<TaskResult.CastUse> uses = new ArrayList<>();
    counts.forEach((path, count) -> uses.add(new TaskResult.CastUse(
        path, casts.get(path).format().toString(), startBits.get(path), count.saturated(),
        count.counts())));
    return uses;
  }
}
