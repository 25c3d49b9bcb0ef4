package io.fixlane.cli.experiments;

import io.fixlane.cli.console.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells how far the tasks are: a bar on a terminal, elsewhere a line for each task. */
final class TaskProgress {
  private static final int WIDTH = 78;

  private final PrintWriter out;
  private final Budget budget;
  private @Nullable ProgressBar bar;
  private long began;
  private int all;
  private int done;
  private long work;
  private long workDone;

  TaskProgress(PrintWriter out, Budget budget) {
    this.out = out;
    this.budget = budget;
  }

  /** Starts the clock, when the tasks that are left are known. */
  synchronized void start(int tasks, Collection<Task> left) {
    began = System.nanoTime();
    all = tasks;
    done = tasks - left.size();
    work = left.stream().mapToLong(task -> task.cost(budget)).sum();
    if (done > 0) {
      out.println(done + " of " + all + " are kept from an earlier start");
      out.flush();
    }
    if (Terminal.isStandardError() && !left.isEmpty()) {
      bar = new ProgressBarBuilder().setTaskName("experiments").setInitialMax(work)
          .setStyle(ProgressBarStyle.ASCII)
          .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).clearDisplayOnFinish()
          .build();
    }
  }

  synchronized void done(Task task, TaskResult result) {
    done++;
    workDone += task.cost(budget);
    if (bar != null) {
      bar.stepTo(workDone);
      bar.setExtraMessage(" " + done + "/" + all);
      return;
    }
    out.println(String.format(Locale.ROOT, "[%d/%d] %s, seed %d: %s; %s left", done, all,
        task.row().title(), task.seed(),
        result.failure() == null
            ? Spread.number(100 * result.accuracy()) + " %"
            : "failed, " + result.failure(),
        text(left())));
    out.flush();
  }

  private Duration left() {
    return Duration.ofNanos((System.nanoTime() - began) / workDone * (work - workDone));
  }

  private static String text(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d min", time.toMinutes(), time.toSecondsPart());
  }

  synchronized void end() {
    if (bar != null) {
      bar.close();
    }
  }
}
