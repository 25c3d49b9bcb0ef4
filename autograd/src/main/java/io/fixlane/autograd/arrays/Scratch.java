package io.fixlane.autograd.arrays;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** What operations compute with: memory that each step uses again, and threads. */
public final class Scratch {
  private final Buffers buffers = new Buffers();
  private final Threads threads;

  /** Threads that share the parts of a piece of work. */
  @FunctionalInterface
  public interface Threads {
    /** Runs the parts 0..parts-1, each once, and waits for them. */
    void run(int parts, IntConsumer part);
  }

  /** Makes memory that threads work on. */
  public Scratch(Threads threads) {
    this.threads = threads;
  }

  /** Returns memory of any content, valid until the reset. */
  public float[] floats(int size) {
    return buffers.floats(size);
  }

  /** Returns memory of zeros, as {@link #floats}. */
  public float[] zeros(int size) {
    float[] buffer = floats(size);
    Arrays.fill(buffer, 0);
    return buffer;
  }

  /** Returns whether an array is memory of {@link #floats} that has not been taken back. */
  public boolean isLent(float[] array) {
    return buffers.isLent(array);
  }

  /** Takes back memory before the reset; an array of anyone else's is left alone. */
  public void takeBack(float[] array) {
    buffers.takeBack(array);
  }

  /** Runs the parts 0..parts-1, each once, and waits for them. */
  public void parallel(int parts, IntConsumer part) {
    threads.run(parts, part);
  }

  /** Takes back all memory. */
  public void reset() {
    buffers.reset();
  }
}
