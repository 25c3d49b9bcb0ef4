package io.fixlane.cli.cast;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The columns of a {@link BitPicture}: one for each weight, or for those near an end where a screen
 * cannot hold all.
 */
final class BitColumns {
  /** A column of the picture. */
  sealed interface Column {
    /** The bits of one weight. */
    record Bit(long weight) implements Column {}

    /** The bits that are not shown. */
    record Gap(Weights weights) implements Column {}

    /** The binary point. */
    record Point() implements Column {}
  }

  private static final int MAX_COLUMNS = 66;
  /** How many columns are shown on each side of an end. */
  private static final int NEAR = 5;
  /** The narrowest gap that is worth its three dots. */
  private static final int MIN_GAP = 4;

  private BitColumns() {}

  /** Returns the columns of two words, from left to right. */
  static List<Column> of(Weights source, Weights target) {
    Weights all =
        new Weights(Math.max(source.high(), target.high()), Math.min(source.low(), target.low()));
    NavigableSet<Long> shown = new TreeSet<>();
    if (all.high() - all.low() < MAX_COLUMNS) {
      addRange(shown, all, all.high(), all.low());
    } else {
      // An end e lies between the weights e and e - 1; the binary point is one, too.
      for (long end : new long[] {source.high() + 1, source.low(), target.high() + 1, target.low(),
        0}) {
        addRange(shown, all, end + NEAR - 1, end - NEAR);
      }
    }
    return layOut(all, shown);
  }

  private static void addRange(NavigableSet<Long> shown, Weights all, long high, long low) {
    for (long weight = Math.max(low, all.low()); weight <= Math.min(high, all.high()); weight++) {
      shown.add(weight);
    }
  }

  private static List<Column> layOut(Weights all, NavigableSet<Long> shown) {
    List<Column> columns = new ArrayList<>();
    long next = all.high();
    for (long weight : shown.descendingSet()) {
      if (next - weight >= MIN_GAP) {
        columns.add(new Column.Gap(new Weights(next, weight + 1)));
        next = weight;
      }
      for (; next >= weight; next--) {
        if (next == -1) {
          columns.add(new Column.Point());
        }
        columns.add(new Column.Bit(next));
      }
    }
    return columns;
  }
}
