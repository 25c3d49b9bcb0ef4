package io.fixlane.autograd.arrays;

/**
 * Numbers seen as rows of a period, as channels are that come last: what is done to them with a
 * number for each channel, and what is summed up for each channel.
 *
 * <p>Loops run over stretches of several rows, at least {@value #STRETCH} numbers: a loop over few
 * channels is too short for vectors. The numbers are cut into parts for the threads by their count
 * alone, and partial sums are added in the order of the parts.
 */
public final class Rows {
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
  public Rows(int size, int period) {
    this.size = size;
    this.period = period;
    this.width = (int) Math.min(size, (STRETCH + period - 1L) / period * period);
    int most = width == size ? PARTS : Math.min(PARTS, (size - 1) / width + 1);
    this.parts = Math.clamp(size / SMALLEST_PART, 1, most);
  }

  /** A loop over a stretch. */
  @FunctionalInterface
  public interface Stretch {
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
  public interface Loop {
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
  public interface StretchSum {
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
  public float[] widen(Scratch scratch, float[] row) {
    if (width == period) {
      return row;
    }
    float[] wide = scratch.floats(width);
    for (int i = 0; i < width; i += period) {
      System.arraycopy(row, 0, wide, i, period);
    }
    return wide;
  }

  /** Runs a loop over all numbers. */
  public void forEach(Scratch scratch, Stretch loop) {
    scratch.parallel(parts, part -> part(part, loop));
  }

  /** Computes new numbers from those of x, as {@link #map(Scratch, float[], float[], Loop)}. */
  public float[] map(Scratch scratch, float[] x, Loop loop) {
    return map(scratch, x, x, loop);
  }

  /**
   * Computes new numbers from those of x and of u. C2 makes vectors of a loop only if it stores to
   * the place it reads from in every array: stretches are copied to where a widened row is.
   */
  public float[] map(Scratch scratch, float[] x, float[] u, Loop loop) {
    float[] y = scratch.floats(size);
    if (width == size) {
      forEach(scratch, (at, wide, count) -> {
        for (int from = at; from < at + count; from += CHUNK) {
          int to = Math.min(from + CHUNK, at + count);
          System.arraycopy(x, from, y, from, to - from);
          loop.run(y, u, from, to);
        }
      });
      return y;
    }
    scratch.parallel(parts, part -> {
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
  public double[][] sums(Scratch scratch, int kinds, StretchSum loop) {
    // The parts of one row have columns of their own.
    double[][][] partial = new double[width == size ? 1 : parts][kinds][width];
    scratch.parallel(parts, part -> {
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

  /** Returns the sum of each column, in single precision; of one row, itself. */
  public float[] sum(Scratch scratch, float[] numbers) {
    if (period == size) {
      return numbers;
    }
    double[][] sums = sums(scratch, 1, (total, at, wide, count) -> {
      double[] sum = total[0];
      for (int i = 0; i < count; i++) {
        sum[wide + i] += numbers[at + i];
      }
    });
    return narrow(scratch, sums[0]);
  }

  /** Rounds to single precision. */
  public static float[] narrow(Scratch scratch, double[] numbers) {
    float[] narrow = scratch.floats(numbers.length);
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) numbers[i];
    }
    return narrow;
  }
}
