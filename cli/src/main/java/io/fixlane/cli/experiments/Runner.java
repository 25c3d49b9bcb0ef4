package io.fixlane.cli.experiments;

import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Computes tasks side by side, one thread each, and keeps what comes out. */
final class Runner {
  private final Store store;
  private final TaskRun run;
  private final int threads;
  private final Map<Task, TaskResult> results = new ConcurrentHashMap<>();

  Runner(Store store, TaskRun run, int threads) {
    this.store = store;
    this.run = run;
    this.threads = threads;
  }

  /**
   * Computes the tasks that are not kept yet.
   *
   * @param tasks each after the one that it goes on from
   * @return all results, in the order of the tasks
   * @throws UserError if a file cannot be read or written
   */
  List<TaskResult> run(List<Task> tasks, TaskProgress progress) {
    List<Task> left = new ArrayList<>();
    for (Task task : tasks) {
      store.find(task).ifPresentOrElse(kept -> results.put(task, kept), () -> left.add(task));
    }
    progress.start(tasks.size(), left);
    // Threads of a pool end with it, daemons also if the main thread is interrupted.
    try (ExecutorService pool = Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name("fixlane-training-", 1).factory())) {
      for (int depth = 0; depth <= depth(Method.PTQ); depth++) {
        stage(pool, depth, left, progress);
      }
    } finally {
      progress.end();
    }
    return tasks.stream().map(results::get).toList();
  }

  /** Returns how many tasks come one after the other before a task of a method. */
  private static int depth(Method method) {
    return switch (method) {
      case START -> 0;
      case FLOAT, PINNED, LEARNED, UNIFORM_TRAINED -> 1;
      case PTQ, PTQ_SETTLED, UNIFORM -> 2;
    };
  }

  /**
   * Computes all tasks of a depth, the long ones first so that no thread is left alone for long.
   */
  private void stage(ExecutorService pool, int depth, List<Task> left, TaskProgress progress) {
    List<Future<?>> futures = left.stream()
        .filter(task -> depth(task.row().method()) == depth)
        .sorted(Comparator.comparingInt(task -> -task.cost()))
        .<Future<?>>map(task -> pool.submit(() -> compute(task, progress))).toList();
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new UserError("the experiments were interrupted: the same command goes on", e);
    } catch (ExecutionException e) {
      pool.shutdownNow();
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new UserError(e.getCause().getMessage(), e);
    }
  }

  private Void compute(Task task, TaskProgress progress) throws IOException {
    TaskResult origin =
        task.row().method() == Method.START ? null : results.get(task.origin());
    TaskResult result = origin != null && origin.failure() != null
        ? TaskResult.failed(task, "what it goes on from failed: " + origin.failure())
        : run.compute(task);
    store.keep(result);
    results.put(task, result);
    progress.done(task, result);
    return null;
  }
}
