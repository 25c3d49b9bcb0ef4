package io.fixlane.kernels.threads;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The numbered parts of a run, which threads share: each takes those of a range of its own, which
 * is the same in every run of as many parts, so that it finds in its cache what it has written in
 * the run before; then it takes from the end of the first range that is left.
 */
public final class Tasks {
  private static final Thread ANY_OTHER = Thread.ofPlatform().unstarted(() -> {});
  /** As long as it takes to wake a thread that has gone to sleep. */
  private static final long SPIN_NANOS = 50_000;

  private final int parts;
  private final IntConsumer part;
  private final int[] next;
  private final int[] end;
  /** Ranges before this one are empty. */
  private int others;
  private volatile int running;
  private int failedPart;
  private @Nullable Throwable failure;

  private Tasks(int parts, int threads, IntConsumer part) {
    this.parts = parts;
    this.part = part;
    this.next = new int[threads];
    this.end = new int[threads];
    for (int i = 0; i < threads; i++) {
      next[i] = (int) first(parts, threads, i);
      end[i] = (int) first(parts, threads, i + 1);
    }
    this.failedPart = parts;
  }

  /**
   * Runs the parts 0..parts-1, each once, on any thread and in any order, and waits for all. The
   * caller takes part, so that a full executor, or one whose thread the caller is, delays a run but
   * cannot block it.
   *
   * <p>Where parts fail, what the first of them throws is thrown when all have ended. Where the
   * executor fails, other than by rejecting what it does not take, no more parts begin, and what it
   * throws is thrown when those that have begun have ended. So no part writes after the caller has
   * gone on.
   *
   * @param parts the number of parts
   * @param threads the most threads that run them, the caller included
   * @param executor what runs them beside the caller
   * @param part runs the part of a number
   */
  public static void run(int parts, int threads, Executor executor, IntConsumer part) {
    Tasks tasks = new Tasks(parts, Math.clamp(threads, 1, Math.max(1, parts)), part);
    try {
      tasks.offer(executor);
      tasks.runParts(0);
    } finally {
      tasks.awaitEnd();
    }
    tasks.throwFailure();
  }

  /**
   * Returns the first of {@code total} units that belong to a part, where they are divided as
   * equally as can be; that of the part after the last is {@code total}.
   *
   * @param total the number of units
   * @param parts the number of parts
   * @param part the part, 0..parts
   */
  public static long first(long total, int parts, int part) {
    return total / parts * part + total % parts * part / parts;
  }

  /**
   * Requires memory to be accessible to other threads where there are several parts.
   *
   * @param name what the memory is called
   * @param memory the memory
   * @param parts the number of parts
   * @throws IllegalArgumentException if it belongs to one thread alone
   */
  public static void requireShared(String name, MemorySegment memory, int parts) {
    if (parts > 1 && !memory.isAccessibleBy(ANY_OTHER)) {
      throw new IllegalArgumentException(name + " lies in a confined arena, and parts is " + parts
          + ": memory that threads share must be an array, or of a shared or automatic arena");
    }
  }

  private void offer(Executor executor) {
    try {
      for (int i = 1; i < next.length; i++) {
        int thread = i;
        executor.execute(() -> runParts(thread));
      }
    } catch (RejectedExecutionException e) {
      // The caller runs what the executor does not take.
    }
  }

  private void runParts(int thread) {
    for (int i = begin(thread); i < parts; i = begin(thread)) {
      Throwable thrown = null;
      try {
        part.accept(i);
      } catch (RuntimeException | Error e) {
        thrown = e;
      } finally {
        end(i, thrown);
      }
    }
  }

  /** Returns the next part, or {@link #parts} where all have begun. */
  private synchronized int begin(int thread) {
    if (next[thread] < end[thread]) {
      running++;
      return next[thread]++;
    }
    while (others < end.length && next[others] == end[others]) {
      others++;
    }
    if (others == end.length) {
      return parts;
    }
    running++;
    return --end[others];
  }

  private synchronized void end(int index, @Nullable Throwable thrown) {
    if (thrown != null && index < failedPart) {
      failedPart = index;
      failure = thrown;
    }
    running--;
    if (running == 0) {
      notifyAll();
    }
  }

  /** Lets no more parts begin, and waits for those that have. */
  private void awaitEnd() {
    synchronized (this) {
      System.arraycopy(end, 0, next, 0, end.length);
    }
    long began = System.nanoTime();
    while (running > 0 && System.nanoTime() - began < SPIN_NANOS) {
      Thread.onSpinWait();
    }
    sleepUntilEnd();
  }

  private synchronized void sleepUntilEnd() {
    boolean interrupted = false;
    while (running > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void throwFailure() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
