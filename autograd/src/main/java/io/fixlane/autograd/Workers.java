package io.fixlane.autograd;

import io.fixlane.kernels.threads.Tasks;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the parts of a piece of work. How work is cut into parts never depends on the
 * number of threads, so that results do not either.
 */
public final class Workers implements AutoCloseable {
  /** The calling thread alone. */
  public static final Workers SINGLE = new Workers(1);

  private final int threads;
  private final @Nullable ExecutorService others;

  private Workers(int threads) {
    this.threads = threads;
    this.others = threads == 1
        ? null
        : new ThreadPoolExecutor(threads - 1, threads - 1, 0, TimeUnit.SECONDS, new Queue(),
            Thread.ofPlatform().daemon().name("fixlane-worker-", 1).factory());
  }

  /**
   * A queue at which threads look for a while before they sleep: in a step of training one piece of
   * work follows the other within less time than it takes to wake a thread.
   */
  private static final class Queue extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;
    private static final long SPIN_NANOS = 100_000;

    @Override
    public Runnable take() throws InterruptedException {
      long began = System.nanoTime();
      do {
        Runnable work = poll();
        if (work != null) {
          return work;
        }
        Thread.onSpinWait();
      } while (System.nanoTime() - began < SPIN_NANOS);
      return super.take();
    }
  }

  /**
   * Makes workers: the thread that calls, and {@code threads} - 1 others.
   *
   * @throws IllegalArgumentException if there are fewer than 1 or more than 1024
   */
  public static Workers of(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads is " + threads + ": it must be in 1..1024");
    }
    return threads == 1 ? SINGLE : new Workers(threads);
  }

  /** Returns the number of threads, the calling one included. */
  public int threads() {
    return threads;
  }

  /**
   * Runs the parts 0..parts-1, each once, on any thread and in any order, and waits for all. Where
   * parts fail, what the first of them throws is thrown, whatever the number of threads.
   */
  void run(int parts, IntConsumer part) {
    if (others == null) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
    } else {
      Tasks.run(parts, threads, others, part);
    }
  }

  /** Ends the other threads. */
  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
