package io.fixlane.cli.search;

import io.fixlane.autograd.search.Halving;
import io.fixlane.autograd.search.Method;
import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells how far a search is: a line for each trial. */
final class SearchProgress {
  /** What a calibration takes, in epochs of training, about. */
  private static final double CALIBRATION = 1;

  private final PrintWriter err;
  private int all;
  private int done;
  private int kept;
  private double work;
  private double workDone;
  private long began;

  SearchProgress(PrintWriter err) {
    this.err = err;
  }

  /** Starts the clock. */
  void start(List<Trial> plan, Halving halving) {
    long calibrated =
        plan.stream().filter(trial -> trial.method() == Method.PTQ).count();
    all = plan.size();
    work = calibrated * CALIBRATION;
    int trained = plan.size() - (int) calibrated;
    for (int rung = 0; rung < halving.rungs(); rung++) {
      work += trained * halving.epochs(rung);
      trained = (trained + 1) / 2;
      all += rung + 1 < halving.rungs() ? trained : 0;
    }
    began = System.nanoTime();
  }

  private static double work(Trial trial) {
    return trial.method() == Method.PTQ ? CALIBRATION : trial.epochs();
  }

  /** Tells of a trial that needs not be computed. */
  void kept(Trial trial) {
    kept++;
    done++;
    work -= work(trial);
  }

  /** Tells of a trial that was computed. */
  void done(TrialResult result) {
    done++;
    workDone += work(result.trial());
    Duration left = Duration.ofNanos(
        (long) ((System.nanoTime() - began) / workDone * Math.max(work - workDone, 0)));
    err.println(String.format(Locale.ROOT, "[%d/%d] %s: %s; %d:%02d left", done, all,
        Titles.of(result.trial()),
        result.succeeded()
            ? String.format(Locale.ROOT, "%.2f %%", 100 * result.accuracy())
            : "failed, " + result.failure(),
        left.toMinutes(), left.toSecondsPart()));
    err.flush();
  }

  /** Returns how many trials were kept from an earlier start. */
  int kept() {
    return kept;
  }
}
