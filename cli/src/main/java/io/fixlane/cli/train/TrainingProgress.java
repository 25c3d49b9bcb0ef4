package io.fixlane.cli.train;

import io.fixlane.autograd.train.EpochResult;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.cli.console.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * How training goes, on standard error: a line that changes with every step where that is a
 * terminal, else a line for each epoch.
 */
public final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final int WIDTH = 78;
  private static final int UPDATE_MILLIS = 200;

  private final Stage stage;
  private final PrintWriter err;
  private final boolean isTerminal;
  private @Nullable ProgressBar bar;
  /** Written by the thread that trains, read by the one that draws. */
  private volatile @Nullable Progress last;

  private TrainingProgress(Stage stage, PrintWriter err, boolean isTerminal) {
    this.stage = stage;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /**
   * Makes the progress of a training.
   *
   * @param err where lines go, if standard error is no terminal
   */
  public static TrainingProgress of(Stage stage, PrintWriter err) {
    return new TrainingProgress(stage, err, Terminal.isStandardError());
  }

  /** Returns a listener that tells this one, and at the end of an epoch another one before. */
  TrainingListener and(TrainingListener other) {
    return new TrainingListener() {
      @Override
      public void onStep(Progress progress) {
        TrainingProgress.this.onStep(progress);
      }

      @Override
      public void onEpoch(EpochResult result) {
        other.onEpoch(result);
        TrainingProgress.this.onEpoch(result);
      }
    };
  }

  @Override
  public void onStep(Progress progress) {
    last = progress;
    if (isTerminal) {
      draw(progress);
    }
  }

  private void draw(Progress progress) {
    if (bar == null) {
      bar = new ProgressBarBuilder()
          .setTaskName(stage.toString())
          .setInitialMax((long) progress.epochs() * progress.batches())
          .setRenderer(this::line)
          .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
          .setUpdateIntervalMillis(UPDATE_MILLIS)
          .build();
    }
    bar.stepTo((progress.epoch() - 1L) * progress.batches() + progress.batch());
  }

  @Override
  public void onEpoch(EpochResult result) {
    Progress progress = last;
    if (!isTerminal && progress != null) {
      err.println(String.format(Locale.ROOT,
          "%-5s  epoch %2d of %d: %s; test images: %s; %,.0f images/s, %s left",
          stage, result.epoch(), progress.epochs(), text(result.train()), text(result.test()),
          progress.imagesPerSecond(), clock(progress.remaining())));
    }
  }

  private static String text(Score score) {
    return String.format(Locale.ROOT, "loss %.4f, %6.2f %% right", score.loss(),
        100 * score.accuracy());
  }

  private String line(ProgressState state, int width) {
    Progress progress = last;
    return progress == null ? stage.toString() : line(stage, progress, width);
  }

  /** Returns the line, with a bar as long as there is room for it. */
  static String line(Stage stage, Progress progress, int width) {
    String before =
        String.format(Locale.ROOT, "%s %2d/%d ", stage, progress.epoch(), progress.epochs());
    String after = String.format(Locale.ROOT,
        " loss %.4f  %6.2f %% right  %,6.0f images/s  %5s left", progress.score().loss(),
        100 * progress.score().accuracy(), progress.imagesPerSecond(),
        clock(progress.remaining()));
    int room = Math.max(width - before.length() - after.length() - 2, 0);
    double done = (progress.epoch() - 1 + (double) progress.batch() / progress.batches())
        / progress.epochs();
    int filled = (int) Math.round(done * room);
    return before + '[' + "=".repeat(filled) + " ".repeat(room - filled) + ']' + after;
  }

  /** Returns a time as {@code 3:07}, or {@code 1:03:07} with hours. */
  private static String clock(Duration time) {
    return time.toHours() > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(),
            time.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
