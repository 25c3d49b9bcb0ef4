package io.fixlane.network;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Parts of a run that threads share. */
final class Parts {
  /** A part that whoever comes first computes. */
  private record Part(Runnable work, AtomicBoolean begun, CompletableFuture<Void> done) {
    void runOnce() {
      if (begun.compareAndSet(false, true)) {
        done.completeAsync(() -> {
          work.run();
          return null;
        }, Runnable::run);
      }
    }
  }

  private Parts() {}

  /**
   * Runs all parts and waits for them. The caller runs each that no thread of the executor has
   * begun, so that a full executor, or one whose thread the caller is, delays a run but cannot block
   * it.
   */
  static void run(List<Runnable> work, Executor executor) {
    List<Part> parts = work.stream()
        .map(part -> new Part(part, new AtomicBoolean(), new CompletableFuture<>()))
        .toList();
    parts.stream().skip(1).forEach(part -> executor.execute(part::runOnce));
    parts.forEach(Part::runOnce);
    try {
      CompletableFuture.allOf(parts.stream().map(Part::done).toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw e;
      }
    }
  }
}
