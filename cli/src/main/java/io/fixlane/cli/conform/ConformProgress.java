package io.fixlane.cli.conform;

import io.fixlane.cli.console.Terminal;
import io.fixlane.conformance.ConformanceSuite;
import io.fixlane.conformance.VectorSource;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error that tells how many bytes of all files have been read; none where that is
 * no terminal.
 */
final class ConformProgress implements ConformanceSuite.Progress, AutoCloseable {
  private static final int WIDTH = 78;
  private static final int INTERVAL_MILLIS = 100;

  private final @Nullable ProgressBar bar;
  private @Nullable VectorSource current;
  private long before;
  private long read;

  private ConformProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static ConformProgress of(List<VectorSource> sources) {
    return new ConformProgress(Terminal.isStandardError() ? bar(sources) : null);
  }

  private static ProgressBar bar(List<VectorSource> sources) {
    boolean known = sources.stream().allMatch(source -> source.size() >= 0);
    return new ProgressBarBuilder()
        .setTaskName("conform")
        .setInitialMax(known ? sources.stream().mapToLong(VectorSource::size).sum() : -1)
        .setUnit(" KiB", 1 << 10)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .clearDisplayOnFinish()
        .build();
  }

  @Override
  public void read(VectorSource source, long bytesRead) {
    if (source != current) {
      before += read;
      current = source;
    }
    read = bytesRead;
    if (bar != null) {
      bar.stepTo(before + read);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
