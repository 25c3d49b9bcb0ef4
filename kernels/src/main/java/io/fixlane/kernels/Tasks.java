package io.fixlane.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Parts of a run that threads share. */
final class Tasks {
  private Tasks() {}

  /**
   * Runs all tasks and waits for them. The caller takes part: it runs each task that no thread of
   * the executor has begun, so that a full executor, or one whose thread the caller is, delays a
   * run but cannot block it.
   */
  static void run(List<Runnable> parts, Executor executor) {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (Runnable part : parts) {
      tasks.add(new FutureTask<>(part, null));
    }
    tasks.stream().skip(1).forEach(executor::execute);
    tasks.forEach(FutureTask::run);
    tasks.forEach(Tasks::join);
  }

  private static void join(FutureTask<Void> task) {
    boolean interrupted = false;
    while (true) {
      try {
        task.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
