package io.fixlane.cli.page;

import java.awt.Color;
import java.util.List;

/**
 * The colours of drawings. Java draws with colours that nobody would choose, and {@link Svg} makes
 * variables of the style sheet of them, whose values depend on the reader's theme.
 */
final class Ink {
  /** Text. */
  static final Color TEXT = of(0);
  /** Axes, and lines that others are compared with. */
  static final Color AXIS = of(1);
  /** Lines behind everything. */
  static final Color GRID = of(2);
  /** Text on lines, which stand back from it. */
  static final Color NOTE = of(11);
  /** Nothing. */
  static final Color NONE = new Color(0, 0, 0, 0);

  private static final int FIRST_SERIES = 3;
  /** One colour a series; they start again after the last. */
  private static final List<Color> SERIES = List.of(of(FIRST_SERIES), of(FIRST_SERIES + 1),
      of(FIRST_SERIES + 2), of(FIRST_SERIES + 3), of(FIRST_SERIES + 4), of(FIRST_SERIES + 5),
      of(FIRST_SERIES + 6), of(FIRST_SERIES + 7));

  private Ink() {}

  /** Returns the colour of the series of an index. */
  static Color series(int index) {
    return SERIES.get(index % SERIES.size());
  }

  /** Returns the colours of all series, in their order. */
  static Color[] series() {
    return SERIES.toArray(Color[]::new);
  }

  private static Color of(int number) {
    return new Color(1, 2, number);
  }
}
