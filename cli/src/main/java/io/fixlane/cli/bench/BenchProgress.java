package io.fixlane.cli.bench;

import io.fixlane.cli.console.Terminal;
import java.util.List;
import java.util.function.DoubleConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error that tells how much of the benchmarks' time is over, and how much is
 * left; none where that is no terminal.
 */
final class BenchProgress implements DoubleConsumer, AutoCloseable {
  private static final int WIDTH = 78;

  private final @Nullable ProgressBar bar;
  private long before;
  private long current;

  private BenchProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static BenchProgress of(List<BenchPart> parts) {
    return new BenchProgress(Terminal.isStandardError()
        ? new ProgressBarBuilder()
            .setTaskName("bench")
            .setUnit(" s", 1)
            .continuousUpdate()
            .setInitialMax(parts.stream().mapToLong(BenchPart::seconds).sum())
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish()
            .build()
        : null);
  }

  void start(BenchPart part) {
    current = part.seconds();
    if (bar != null) {
      bar.setExtraMessage(part.toString());
    }
    accept(0);
  }

  void end(BenchPart part) {
    accept(1);
    before += part.seconds();
  }

  /** Takes what is done of the current part, from 0 to 1. */
  @Override
  public void accept(double done) {
    if (bar != null) {
      bar.stepTo(before + Math.round(done * current));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
