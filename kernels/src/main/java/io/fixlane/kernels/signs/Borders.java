package io.fixlane.kernels.signs;

/**
 * The places of a convolution some of whose taps lie outside the image, and what their sums lack:
 * the weights of these taps.
 *
 * <p>The weights of the taps above and left of each, added up, tell the sum over any rectangle of
 * taps from its four corners.
 */
public final class Borders {
  private final Side rows;
  private final Side columns;
  private final int places;
  private final boolean none;
  private final int firstRow;
  private final int lastRow;
  private final int firstColumn;
  private final int lastColumn;
  private final int outputs;
  private final int[] corners;

  /**
   * Makes the borders.
   *
   * @param places how the places lie
   * @param weights a row of signs for each output, in the order in which places read
   */
  public Borders(BinaryPlaces places, SignRows weights) {
    this.rows = places.rows();
    this.columns = places.columns();
    this.places = places.count();
    this.firstRow = rows.firstWhole();
    this.lastRow = rows.lastWhole();
    this.firstColumn = columns.firstWhole();
    this.lastColumn = columns.lastWhole();
    this.none = firstRow == 0 && lastRow == rows.places()
        && firstColumn == 0 && lastColumn == columns.places();
    this.outputs = weights.rows();
    this.corners = none ? new int[0] : corners(weights);
  }

  private int[] corners(SignRows weights) {
    int taps = rows.kernel() * columns.kernel();
    int channels = weights.columns() / taps;
    long length = (rows.kernel() + 1L) * (columns.kernel() + 1L) * outputs;
    int[] sums = new int[Math.toIntExact(length)];
    for (int y = 0; y < rows.kernel(); y++) {
      for (int x = 0; x < columns.kernel(); x++) {
        int first = (y * columns.kernel() + x) * channels;
        for (int n = 0; n < outputs; n++) {
          int sum = sums[corner(y, x + 1) + n] + sums[corner(y + 1, x) + n]
              - sums[corner(y, x) + n];
          for (int c = first; c < first + channels; c++) {
            sum += weights.sign(n, c);
          }
          sums[corner(y + 1, x + 1) + n] = sum;
        }
      }
    }
    return sums;
  }

  private int corner(int y, int x) {
    return (y * (columns.kernel() + 1) + x) * outputs;
  }

  /**
   * Returns how many places from one on lack nothing, as far as a row of places goes or, where none
   * lacks anything, for ever.
   *
   * @param place the place, counted on from image to image
   */
  int whole(long place) {
    if (none) {
      return Integer.MAX_VALUE;
    }
    int within = (int) (place % places);
    int row = within / columns.places();
    int column = within % columns.places();
    return row < firstRow || row >= lastRow || column < firstColumn
        ? 0
        : Math.max(0, lastColumn - column);
  }

  /** Computes what the sum of each output of a place lacks. */
  void lacking(long place, int[] lacking) {
    int within = (int) (place % places);
    int row = within / columns.places();
    int column = within % columns.places();
    int top = rows.firstTap(row);
    int bottom = rows.lastTap(row);
    int left = columns.firstTap(column);
    int right = columns.lastTap(column);
    int all = corner(rows.kernel(), columns.kernel());
    int topLeft = corner(top, left);
    int topRight = corner(top, right);
    int bottomLeft = corner(bottom, left);
    int bottomRight = corner(bottom, right);
    for (int n = 0; n < outputs; n++) {
      lacking[n] = corners[all + n] - corners[bottomRight + n] + corners[bottomLeft + n]
          + corners[topRight + n] - corners[topLeft + n];
    }
  }
}
