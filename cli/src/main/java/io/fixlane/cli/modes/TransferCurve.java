package io.fixlane.cli.modes;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cast makes of each input of an interval: a line of flat or slanting pieces, and the points
 * where it jumps.
 *
 * @param pieces the pieces, from left to right
 * @param closed the values taken where the curve jumps
 * @param open the ends of pieces that are not taken
 */
record TransferCurve(List<Piece> pieces, List<Point> closed, List<Point> open) {
  /** An input and what it becomes. */
  record Point(double x, double y) {}

  /** A straight piece. */
  record Piece(Point from, Point to) {}

  /**
   * Returns the curve of a cast of real numbers, which is flat between neighbouring halves: no mode
   * has a tie or an end of its range elsewhere where the destination holds integers.
   *
   * @param from the first input, an integer or a half
   * @param to the last input, an integer or a half
   */
  static TransferCurve ofReals(FixedFormat integers, double from, double to) {
    TransferCurve curve =
        new TransferCurve(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (double x = from; x < to; x += 0.5) {
      Point left = new Point(x, cast(x + 0.25, integers));
      Point right = new Point(x + 0.5, left.y);
      boolean continues = !curve.pieces.isEmpty() && curve.pieces.getLast().to.equals(left);
      curve.pieces.add(new Piece(continues ? curve.pieces.removeLast().from : left, right));
    }
    for (double x = from + 0.5; x < to; x += 0.5) {
      Point left = new Point(x, cast(x - 0.25, integers));
      Point right = new Point(x, cast(x + 0.25, integers));
      if (!left.equals(right)) {
        Point taken = new Point(x, cast(x, integers));
        curve.closed.add(taken);
        List.of(left, right).stream().filter(end -> !end.equals(taken)).forEach(curve.open::add);
      }
    }
    return curve;
  }

  /**
   * Returns the curve of a cast of integers: a point each, joined where neighbours are one step
   * apart.
   */
  static TransferCurve ofIntegers(FixedFormat integers, int from, int to) {
    TransferCurve curve = new TransferCurve(new ArrayList<>(), new ArrayList<>(), List.of());
    for (int x = from; x <= to; x++) {
      Point point = new Point(x, cast(x, integers));
      if (x > from && Math.abs(point.y - curve.closed.getLast().y) <= 1) {
        curve.pieces.add(new Piece(curve.closed.getLast(), point));
      }
      curve.closed.add(point);
    }
    return curve;
  }

  private static double cast(double x, FixedFormat format) {
    return Fixed.of(x).cast(format).toDouble();
  }
}
