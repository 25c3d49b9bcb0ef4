package io.fixlane.autograd.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Computes trials in this process, one thread each. A training that was interrupted goes on from
 * its checkpoint.
 */
public final class ThreadRunner implements TrialRunner {
  private static final String SUFFIX = ".ckpt";

  private final TrialRun run;
  private final Path checkpoints;
  private final ExecutorService threads;

  /**
   * Makes a runner.
   *
   * @param ground what the trials stand on
   * @param threads how many trials are computed side by side
   * @param checkpoints a folder that exists, for the trainings under way
   * @throws IllegalArgumentException if there are fewer than 1 or more than 1024 threads
   */
  public ThreadRunner(Ground ground, int threads, Path checkpoints) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads is " + threads + ": it must be in 1..1024");
    }
    this.run = new TrialRun(ground);
    this.checkpoints = checkpoints;
    // Threads of a pool end with it, daemons also if the main thread is interrupted.
    this.threads = Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name("fixlane-trial-", 1).factory());
  }

  @Override
  public void run(List<Trial> trials, Consumer<TrialOutcome> keep)
      throws IOException, InterruptedException {
    CompletionService<TrialOutcome> done = new ExecutorCompletionService<>(threads);
    List<Future<TrialOutcome>> futures = new ArrayList<>();
    trials.forEach(
        trial -> futures.add(done.submit(() -> run.compute(trial, checkpoint(trial)))));
    try {
      for (int i = 0; i < trials.size(); i++) {
        TrialOutcome outcome = done.take().get();
        keep.accept(outcome);
        Files.deleteIfExists(checkpoint(outcome.result().trial()));
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      futures.forEach(future -> future.cancel(false));
    }
  }

  private Path checkpoint(Trial trial) {
    return checkpoints.resolve(trial.key() + SUFFIX);
  }

  private static IOException failure(Throwable cause) {
    switch (cause) {
      case IOException e -> {
        return e;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
