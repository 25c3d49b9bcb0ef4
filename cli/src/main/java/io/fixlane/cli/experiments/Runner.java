package io.fixlane.cli.experiments;

import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes tasks side by side, one thread each, and keeps what comes out: all rows of the first
 * seed, then of the next, so that what is there at any time is a page of fewer seeds.
 */
final class Runner {
  private final Store store;
  private final TaskRun run;
  private final int threads;
  private final List<Task> left = new ArrayList<>();
  private final Set<Task> begun = new LinkedHashSet<>();

  Runner(Store store, TaskRun run, int threads) {
    this.store = store;
    this.run = run;
    this.threads = threads;
  }

  /**
   * Computes the tasks that are not kept yet.
   *
   * @param tasks each after the one that it goes on from
   * @param read those of them whose networks will be read
   * @throws UserError if a file cannot be read or written
   */
  void run(List<Task> tasks, Set<Task> read, TaskProgress progress) {
    Set<Task> missing = new LinkedHashSet<>();
    for (Task task : tasks) {
      if (store.find(task).isEmpty()) {
        add(task, missing);
      }
    }
    read.forEach(task -> addUnlessThere(task, missing));
    missing.forEach(store::forget);
    left.addAll(missing);
    left.sort(Comparator.comparingInt(Task::seed));
    progress.start(tasks.size(), left);
    // Threads of a pool end with it, daemons also if the main thread is interrupted.
    try (ExecutorService pool = Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name("fixlane-training-", 1).factory())) {
      await(pool, IntStream.range(0, threads)
          .<Future<?>>mapToObj(_ -> pool.submit(() -> computeAll(progress))).toList());
    } finally {
      progress.end();
    }
  }

  private void add(Task task, Set<Task> missing) {
    if (task.row().method() != Method.START) {
      addUnlessThere(task.origin(), missing);
    }
    missing.add(task);
  }

  private void addUnlessThere(Task task, Set<Task> missing) {
    if (!run.hasNetwork(task)) {
      add(task, missing);
    }
  }

  private static void await(ExecutorService pool, List<Future<?>> workers) {
    try {
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new UserError("the experiments were interrupted: the same command goes on", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new UserError(e.getCause().getMessage(), e);
    }
  }

  private Void computeAll(TaskProgress progress) throws IOException, InterruptedException {
    try {
      for (Task task = next(null); task != null; task = next(task)) {
        TaskResult result = compute(task);
        store.keep(result);
        progress.done(task, result);
      }
      return null;
    } finally {
      // Where one thread fails, the others end with what they are at.
      stop();
    }
  }

  private synchronized void stop() {
    left.clear();
    notifyAll();
  }

  /**
   * Returns the next task, and waits until the one that it goes on from is done; null at the end.
   *
   * @param done the task that the thread has done; null at its start
   */
  private synchronized @Nullable Task next(@Nullable Task done) throws InterruptedException {
    begun.remove(done);
    notifyAll();
    while (!left.isEmpty()) {
      for (Task task : left) {
        if (task.row().method() == Method.START || !isToCome(task.origin())) {
          left.remove(task);
          begun.add(task);
          return task;
        }
      }
      wait();
    }
    return null;
  }

  private boolean isToCome(Task task) {
    return left.contains(task) || begun.contains(task);
  }

  private TaskResult compute(Task task) throws IOException {
    String failure = task.row().method() == Method.START
        ? null
        : store.find(task.origin()).orElseThrow().failure();
    return failure == null
        ? run.compute(task)
        : TaskResult.failed(task, "what it goes on from failed: " + failure);
  }
}
