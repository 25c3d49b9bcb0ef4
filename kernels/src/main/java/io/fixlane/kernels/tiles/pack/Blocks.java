package io.fixlane.kernels.tiles.pack;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the sums of a panel are flushed from a unit's lanes: block i ends before step
 * {@code ends[i]}, and the last ends after all.
 *
 * <p>A block is a part of one run of activations that lie one after the other, or several whole
 * runs; a micro-kernel takes it in one call.
 *
 * @param ends the ends, ascending
 */
public record Blocks(int[] ends) {

  /**
   * Returns the longest blocks whose sums stay in a unit's range for all activations, or null
   * where a single product does not.
   *
   * @param summed weights whose products are summed, each for itself
   * @param first the panel's first column
   * @param last the column after its last
   * @param range what a block's sums may be
   * @param aMin the smallest activation
   * @param aMax the largest activation
   * @param run the length of a run
   * @param chunkEnds where a block must end, in words, ascending
   * @param group the steps of a word of a table unit, else 1; ends are counted in words
   */
  public static @Nullable Blocks of(
      List<WeightMatrix> summed, int first, int last, SumRange range, long aMin, long aMax,
      int run, int[] chunkEnds, int group) {
    int[] ends = new int[16];
    int count = 0;
    int start = 0;
    for (int chunkEnd : chunkEnds) {
      while (start < chunkEnd * group) {
        int reached = chunkEnd * group;
        for (WeightMatrix weights : summed) {
          reached = end(weights, first, last, range, aMin, aMax, start, reached);
        }
        int end = whole(start, reached - (reached - start) % group, run);
        if (end == start) {
          return null;
        }
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = end / group;
        start = end;
      }
    }
    return new Blocks(Arrays.copyOf(ends, count));
  }

  /** Returns the blocks of a unit that needs no flush but at the ends of chunks. */
  public static Blocks unbounded(int run, int[] chunkEnds, int group) {
    int[] ends = new int[16];
    int count = 0;
    int start = 0;
    for (int chunkEnd : chunkEnds) {
      while (start < chunkEnd * group) {
        start = whole(start, chunkEnd * group, run);
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = start / group;
      }
    }
    return new Blocks(Arrays.copyOf(ends, count));
  }

  /** Returns the last step up to which a block is a part of one run, or several whole ones. */
  private static int whole(int start, int end, int run) {
    int runStart = start - start % run;
    return start == runStart && end >= start + run
        ? end - end % run
        : Math.min(end, runStart + run);
  }

  /** Returns the first step at which the sum of some column could leave the range. */
  private static int end(
      WeightMatrix weights, int first, int last, SumRange range, long aMin, long aMax, int start,
      int limit) {
    long smallest = range.low().longValueExact();
    long largest = range.high().longValueExact();
    long[] low = new long[last - first];
    long[] high = new long[last - first];
    for (int k = start; k < limit; k++) {
      for (int n = first; n < last; n++) {
        long w = weights.at(k, n);
        low[n - first] += w > 0 ? w * aMin : w * aMax;
        high[n - first] += w > 0 ? w * aMax : w * aMin;
        if (low[n - first] < smallest || high[n - first] > largest) {
          return k;
        }
      }
    }
    return limit;
  }

  /** Returns the first block that ends after a step. */
  public int after(int step) {
    int block = 0;
    while (ends[block] <= step) {
      block++;
    }
    return block;
  }

  /** Returns a mean length in words: {@code 288 steps}, or {@code step} for 1. */
  public static String steps(double length) {
    long rounded = Math.round(length);
    return rounded == 1 ? "step" : rounded + " steps";
  }

  /** Returns the mean length of a block. */
  public double meanLength() {
    return (double) ends[ends.length - 1] / ends.length;
  }
}
