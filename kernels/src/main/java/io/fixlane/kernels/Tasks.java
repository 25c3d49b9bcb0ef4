package io.fixlane.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

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
    for (int i = 1; i < tasks.size(); i++) {
      try {
        executor.execute(tasks.get(i));
      } catch (RejectedExecutionException e) {
        break; // the caller runs what the executor does not take
      }
    }
    tasks.forEach(FutureTask::run);
    boolean interrupted = false;
    for (FutureTask<Void> task : tasks) {
      interrupted |= await(task);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    // Only now: no task may write after the caller has gone on.
    tasks.forEach(Tasks::requireDone);
  }

  /** Waits for the end of a task; returns whether the caller was interrupted. */
  private static boolean await(FutureTask<Void> task) {
    boolean interrupted = false;
    while (true) {
      try {
        task.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        return interrupted;
      }
    }
  }

  private static void requireDone(FutureTask<Void> task) {
    if (task.state() == Future.State.FAILED) {
      switch (task.exceptionNow()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    }
  }
}
