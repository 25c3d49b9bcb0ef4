package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.ThresholdRecipe;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The rows of lanes that the loops of a staircase read, as {@link ThresholdRecipe} describes them.
 *
 * <p>A lane holds the largest word that does not reach a threshold, so that every word of the
 * operand fits. A threshold that all words reach is a step taken at the start; in its place, at the
 * end of the list, is one that no word reaches.
 */
final class ThresholdRows {
  private final FixedFormat x;
  private final FixedTensor thresholds;
  private final long start;
  private final ThresholdRecipe recipe;

  ThresholdRows(FixedFormat x, FixedTensor thresholds, Fixed start, ThresholdRecipe recipe) {
    this.x = x;
    this.thresholds = thresholds;
    this.start = start.raw().longValue();
    this.recipe = recipe;
  }

  /** Returns the rows of lists that neighbouring elements have in turn. */
  MemorySegment inTurn(int lists) {
    MemorySegment rows = allocate(1);
    for (int list = 0; list < lists; list++) {
      long[] lanes = lanes(list);
      for (int place = list; place < recipe.period(); place += lists) {
        write(lanes, rows, place);
      }
    }
    return rows;
  }

  /** Returns for each list in turn the rows of elements that all have it. */
  MemorySegment oneByOne(int lists) {
    MemorySegment rows = allocate(lists);
    for (int list = 0; list < lists; list++) {
      long[] lanes = lanes(list);
      for (int place = 0; place < recipe.period(); place++) {
        write(lanes, rows, list * recipe.size() + place);
      }
    }
    return rows;
  }

  /** Returns the result of every word of the operand, from the smallest to the largest. */
  FixedTensor table(FixedFormat result) {
    FixedTensor table = FixedTensor.allocate(result, 1 << x.width());
    long[] firstWords = LongStream.range(0, recipe.thresholds())
        .map(t -> first(t).longValue()).toArray();
    long smallest = x.minRaw().longValue();
    int reached = 0;
    for (int i = 0; i < table.size(); i++) {
      while (reached < firstWords.length && firstWords[reached] <= smallest + i) {
        reached++;
      }
      table.setRaw(i, start + reached * recipe.step());
    }
    return table;
  }

  /** Returns the first word that reaches a threshold, or the largest and 1. */
  private BigInteger first(long threshold) {
    return thresholds.value(threshold).ceilingIn(x);
  }

  private MemorySegment allocate(int times) {
    long words = recipe.size() * times;
    Container lane = recipe.lane();
    if (words > Container.LONGEST_ARRAY / lane.bytes()) {
      throw new IllegalArgumentException("thresholds has " + thresholds.size()
          + " words: the plan must keep them in at most " + Container.LONGEST_ARRAY
          + " bytes, and needs " + words * lane.bytes());
    }
    return FixedTensor.allocate(FixedFormat.signed(lane.bits(), lane.bits()), (int) words)
        .segment();
  }

  /** Returns the lanes of a list: what it starts from, and its thresholds. */
  private long[] lanes(int list) {
    long[] lanes = new long[recipe.thresholds() + 1];
    Arrays.fill(lanes, x.maxRaw().longValue());
    int always = 0;
    for (int t = 0; t < recipe.thresholds(); t++) {
      BigInteger first = first((long) list * recipe.thresholds() + t);
      if (first.equals(x.minRaw())) {
        always++;
      } else {
        lanes[t + 1 - always] = first.longValue() - 1;
      }
    }
    lanes[0] = start + always * recipe.step();
    return lanes;
  }

  /** Writes lanes into the rows, one below the other. */
  private void write(long[] lanes, MemorySegment rows, long place) {
    Container lane = recipe.lane();
    for (int row = 0; row < lanes.length; row++) {
      lane.write(rows, (place + (long) row * recipe.period()) * lane.bytes(), lanes[row]);
    }
  }
}
