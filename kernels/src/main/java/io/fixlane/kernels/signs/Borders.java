package io.fixlane.kernels.signs;

import java.util.Arrays;

/**
 * What the sums of places lack some of whose taps lie outside the image: the weights of these taps.
 * Places that have the same taps are of one kind, and there are few kinds: all that lie whole in
 * the image are one.
 */
public final class Borders {
  private final Kinds rows;
  private final Kinds columns;
  private final int places;
  private final int outputs;
  private final int[] lacking;

  /**
   * The kinds of places along one side of an image.
   *
   * @param of the kind of each place
   * @param first a place of each kind
   */
  private record Kinds(int[] of, int[] first) {
    static Kinds of(Side side) {
      int[] of = new int[side.places()];
      int[] first = new int[side.places()];
      int kinds = 0;
      for (int place = 0; place < of.length; place++) {
        int kind = 0;
        while (kind < kinds && !alike(side, first[kind], place)) {
          kind++;
        }
        if (kind == kinds) {
          first[kinds++] = place;
        }
        of[place] = kind;
      }
      return new Kinds(of, Arrays.copyOf(first, kinds));
    }

    private static boolean alike(Side side, int one, int other) {
      return side.firstTap(one) == side.firstTap(other) && side.lastTap(one) == side.lastTap(other);
    }

    int count() {
      return first.length;
    }
  }

  /**
   * Makes the borders.
   *
   * @param places how the places lie
   * @param weights a row of signs for each output, in the order in which places read
   */
  public Borders(BinaryPlaces places, SignRows weights) {
    this.rows = Kinds.of(places.rows());
    this.columns = Kinds.of(places.columns());
    this.places = places.count();
    this.outputs = weights.rows();
    this.lacking = new int[Math.multiplyExact(rows.count() * columns.count(), outputs)];
    int taps = places.rows().kernel() * places.columns().kernel();
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        int from = (row * columns.count() + column) * outputs;
        for (int tap = 0; tap < taps; tap++) {
          if (!has(places.rows(), rows.first[row], tap / places.columns().kernel())
              || !has(places.columns(), columns.first[column], tap % places.columns().kernel())) {
            add(weights, taps, tap, from);
          }
        }
      }
    }
  }

  private static boolean has(Side side, int place, int tap) {
    return tap >= side.firstTap(place) && tap < side.lastTap(place);
  }

  private void add(SignRows weights, int taps, int tap, int to) {
    int channels = weights.columns() / taps;
    for (int n = 0; n < outputs; n++) {
      for (int c = tap * channels; c < (tap + 1) * channels; c++) {
        lacking[to + n] += weights.sign(n, c);
      }
    }
  }

  /** Returns whether no sum lacks anything. */
  boolean none() {
    return Arrays.stream(lacking).allMatch(number -> number == 0);
  }

  /** Returns what the sum of each output lacks, kind after kind of places. */
  int[] lacking() {
    return lacking;
  }

  /**
   * Writes what places have in a table like {@link #lacking}, one after the other.
   *
   * @param table numbers for each output of each kind
   * @param place the first place, counted on from image to image
   * @param count how many places
   * @param target where the numbers go
   */
  void expand(int[] table, long place, int count, int[] target) {
    int within = (int) (place % places);
    int row = within / columns.of.length;
    int column = within % columns.of.length;
    for (int i = 0; i < count; i++) {
      int from = (rows.of[row] * columns.count() + columns.of[column]) * outputs;
      System.arraycopy(table, from, target, i * outputs, outputs);
      if (++column == columns.of.length) {
        column = 0;
        row = row + 1 == rows.of.length ? 0 : row + 1;
      }
    }
  }
}
