package io.fixlane.kernels.signs;

import io.fixlane.kernels.lanes.Container;
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
   * The kinds of places along one side of an image. From one place to the next, first and last tap
   * only fall, so that places of a kind follow each other.
   *
   * @param starts the first place of each kind, and one past the last place
   */
  private record Kinds(int[] starts) {
    static Kinds of(Side side) {
      int[] starts = new int[2 * side.kernel() + 3];
      int kinds = 0;
      for (int place = 0; place < side.places(); place = next(side, place)) {
        starts[kinds++] = place;
      }
      starts[kinds] = side.places();
      return new Kinds(Arrays.copyOf(starts, kinds + 1));
    }

    /** Returns the first place of the next kind. */
    private static int next(Side side, int place) {
      int alike = place;
      int other = side.places();
      while (other - alike > 1) {
        int middle = alike + (other - alike) / 2;
        if (side.firstTap(middle) == side.firstTap(place)
            && side.lastTap(middle) == side.lastTap(place)) {
          alike = middle;
        } else {
          other = middle;
        }
      }
      return other;
    }

    int count() {
      return starts.length - 1;
    }

    int places() {
      return starts[count()];
    }

    /** Returns the kind of a place. */
    int of(int place) {
      int found = Arrays.binarySearch(starts, place);
      return found >= 0 ? found : -found - 2;
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
    this.lacking = new int[length(rows.count(), columns.count(), outputs)];
    int taps = places.rows().kernel() * places.columns().kernel();
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        int from = (row * columns.count() + column) * outputs;
        for (int tap = 0; tap < taps; tap++) {
          if (!has(places.rows(), rows.starts[row], tap / places.columns().kernel())
              || !has(places.columns(), columns.starts[column], tap % places.columns().kernel())) {
            add(weights, taps, tap, from);
          }
        }
      }
    }
  }

  private static int length(long rows, long columns, long outputs) {
    long length = rows * columns * outputs;
    if (length > Container.LONGEST_ARRAY) {
      throw new IllegalArgumentException("what sums lack at borders takes an array of " + length
          + " numbers: an array holds at most " + Container.LONGEST_ARRAY);
    }
    return (int) length;
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

  /** Returns whether all places are of one kind. */
  boolean areAlike() {
    return rows.count() == 1 && columns.count() == 1;
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
    int row = within / columns.places();
    int column = within % columns.places();
    int rowKind = rows.of(row);
    int columnKind = columns.of(column);
    for (int i = 0; i < count; i++) {
      int from = (rowKind * columns.count() + columnKind) * outputs;
      System.arraycopy(table, from, target, i * outputs, outputs);
      if (++column == columns.starts[columnKind + 1]) {
        columnKind++;
      }
      if (column == columns.places()) {
        column = 0;
        columnKind = 0;
        row = row + 1 == rows.places() ? 0 : row + 1;
        rowKind = rows.of(row);
      }
    }
  }
}
