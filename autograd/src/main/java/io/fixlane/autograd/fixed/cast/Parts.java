package io.fixlane.autograd.fixed.cast;

import io.fixlane.autograd.Tape;

/** Numbers cut into ranges for the tape's threads, by their count alone. */
final class Parts {
  private static final int MOST = 8;
  /** Fewer numbers than this are done sooner than another thread wakes up. */
  private static final int SMALLEST = 1 << 16;
  /**
   * The least numbers that loops on copies take at once: enough for vectors, and few enough for
   * several copies in the first cache. C2 makes vectors of loops that use the same place in all
   * arrays.
   */
  static final int STRETCH = 512;

  private Parts() {}

  /** A loop over a range. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** Multiplies numbers by others, in place. */
  static void multiply(float[] x, float[] by, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= by[i];
    }
  }

  /** Returns into how many ranges so many numbers are cut. */
  static int count(int size) {
    return Math.clamp(size / SMALLEST, 1, MOST);
  }

  /** Returns where a range begins. */
  static int from(int size, int part) {
    return (int) ((long) part * size / count(size));
  }

  /** Runs a loop over all ranges. */
  static void forEach(Tape tape, int size, Range range) {
    tape.parallel(count(size), part -> range.run(from(size, part), from(size, part + 1)));
  }
}
