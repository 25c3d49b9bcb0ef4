package io.fixlane.autograd;

/**
 * Numbers seen as rows of a period, as channels are that come last: what is done to them with a
 * number for each channel, and what is summed up for each channel.
 *
 * <p>Loops run over stretches of several rows, at least {@value #STRETCH} numbers: a loop over few
 * channels is too short for vectors. The numbers are cut into parts for the threads by their count
 * alone, and partial sums are added in the order of the parts.
 */
final class Rows {
  private static final int STRETCH = 256;
  private static final int PARTS = 8;
  /** Fewer numbers than this are done sooner than another thread wakes up. */
  private static final int SMALLEST_PART = 1 << 16;
  /** What is copied and worked on at once, so that it stays in the first cache. */
  private static final int CHUNK = 2048;

  private final int size;
  private final int period;
  private final int width;
  private final int parts;

  /**
   * Sees numbers as rows.
   *
   * @param size how many there are, a multiple of the period
   * @param period the numbers of a row
   */
  Rows(int size, int period) {
    this.size = size;
    this.period = period;
    this.width = (int) Math.min(size, (STRETCH + period - 1L) / period * period);
    int most = width == size ? PARTS : Math.min(PARTS, (size - 1) / width + 1);
    this.parts = Math.clamp(size / SMALLEST_PART, 1, most);
  }

  /** Sees the first of two inputs as rows of the second, which it must end in. */
  static Rows of(Op op, Tensor... inputs) {
    requireSuffix(op, inputs);
    return new Rows(inputs[0].size(), inputs[1].size());
  }

  /** Requires the second input to be one number, or to have the last dimensions of the first. */
  static void requireSuffix(Op op, Tensor... inputs) {
    op.require(inputs.length == 2, inputs, "it takes two");
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    boolean fits = b.size() == 1 || b.rank() <= a.rank();
    for (int i = 1; b.size() > 1 && fits && i <= b.rank(); i++) {
      fits = a.dimension(-i) == b.dimension(-i);
    }
    op.require(
        fits, inputs,
        "the second must have the shape of the first, its last dimensions, or one number");
  }

  /** A loop over a stretch. */
  @FunctionalInterface
  interface Stretch {
    /**
     * Runs the loop.
     *
     * @param at the first number
     * @param wide where a widened row has the number for it
     * @param count how many there are
     */
    void run(int at, int wide, int count);
  }

  /** A loop that changes numbers in place. */
  @FunctionalInterface
  interface Loop {
    /**
     * Runs the loop.
     *
     * @param t the numbers
     * @param u further numbers at the same places
     * @param from the first place, also in a widened row
     * @param to the place after the last
     */
    void run(float[] t, float[] u, int from, int to);
  }

  /** A loop over a stretch that adds each number to the sum of its column. */
  @FunctionalInterface
  interface StretchSum {
    /**
     * Runs the loop.
     *
     * @param sums the sums, one array for each kind
     * @param at the first number
     * @param wide where the sums have the column of the first number
     * @param count how many there are
     */
    void add(double[][] sums, int at, int wide, int count);
  }

  /** Repeats a row until it is as wide as a stretch. */
  float[] widen(Tape tape, float[] row) {
    if (width == period) {
      return row;
    }
    float[] wide = tape.floats(width);
    for (int i = 0; i < width; i += period) {
      System.arraycopy(row, 0, wide, i, period);
    }
    return wide;
  }

  /** Runs a loop over all numbers. */
  void forEach(Tape tape, Stretch loop) {
    tape.parallel(parts, part -> part(part, loop));
  }

  /** Computes new numbers from those of x, as {@link #map(Tape, float[], float[], Loop)}. */
  float[] map(Tape tape, float[] x, Loop loop) {
    return map(tape, x, x, loop);
  }

  /**
   * Computes new numbers from those of x and of u. C2 makes vectors of a loop only if it stores to
   * the place it reads from in every array: stretches are copied to where a widened row is.
   */
  float[] map(Tape tape, float[] x, float[] u, Loop loop) {
    float[] y = tape.floats(size);
    if (width == size) {
      forEach(tape, (at, wide, count) -> {
        for (int from = at; from < at + count; from += CHUNK) {
          int to = Math.min(from + CHUNK, at + count);
          System.arraycopy(x, from, y, from, to - from);
          loop.run(y, u, from, to);
        }
      });
      return y;
    }
    tape.parallel(parts, part -> {
      float[] t = new float[width];
      float[] s = new float[u == x ? 0 : width];
      part(part, (at, wide, count) -> {
        System.arraycopy(x, at, t, 0, count);
        System.arraycopy(u, at, s, 0, Math.min(count, s.length));
        loop.run(t, s, 0, count);
        System.arraycopy(t, 0, y, at, count);
      });
    });
    return y;
  }

  private void part(int part, Stretch loop) {
    if (width == size) {
      // One row, which parts may cut anywhere.
      int from = bound(part, size);
      loop.run(from, from, bound(part + 1, size) - from);
      return;
    }
    int stretches = (size - 1) / width + 1;
    for (int i = bound(part, stretches); i < bound(part + 1, stretches); i++) {
      loop.run(i * width, 0, Math.min(width, size - i * width));
    }
  }

  private int bound(int part, int count) {
    return (int) ((long) part * count / parts);
  }

  /**
   * Sums up each column, in double precision: first every {@code width}-th number of a part, in
   * order, then the parts in order, then the repetitions of the column in order.
   *
   * @param kinds how many sums there are of each column
   * @return the sums, by kind and column
   */
  double[][] sums(Tape tape, int kinds, StretchSum loop) {
    // The parts of one row have columns of their own.
    double[][][] partial = new double[width == size ? 1 : parts][kinds][width];
    tape.parallel(parts, part -> {
      double[][] own = partial[part % partial.length];
      part(part, (at, wide, count) -> loop.add(own, at, wide, count));
    });
    double[][] sums = new double[kinds][period];
    for (int kind = 0; kind < kinds; kind++) {
      for (double[][] own : partial) {
        for (int i = 0; i < width; i++) {
          sums[kind][i % period] += own[kind][i];
        }
      }
    }
    return sums;
  }

  /** Returns the sum of each column, in single precision. */
  float[] sum(Tape tape, float[] numbers) {
    double[][] sums = sums(tape, 1, (total, at, wide, count) -> {
      double[] sum = total[0];
      for (int i = 0; i < count; i++) {
        sum[wide + i] += numbers[at + i];
      }
    });
    return narrow(tape, sums[0]);
  }

  /** Rounds to single precision. */
  static float[] narrow(Tape tape, double[] numbers) {
    float[] narrow = tape.floats(numbers.length);
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) numbers[i];
    }
    return narrow;
  }
}
