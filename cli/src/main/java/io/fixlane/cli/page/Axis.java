package io.fixlane.cli.page;

import org.jspecify.annotations.Nullable;

/**
 * An axis.
 *
 * @param title what it measures, with the unit
 * @param scale how numbers lie on it
 */
public record Axis(String title, Scale scale) {
  /** How numbers lie on an axis. */
  public enum Scale {
    /** Equal distances are equal differences. */
    LINEAR,
    /** The same, and whole numbers alone are named. */
    WHOLE,
    /** Equal distances are equal differences, and the axis starts at 0. */
    FROM_ZERO,
    /** Equal distances are equal ratios, and decades are named. */
    LOG10,
    /** Equal distances are equal ratios, and powers of two are named. */
    LOG2
  }

  /** Returns an axis whose equal distances are equal differences. */
  public static Axis linear(String title) {
    return new Axis(title, Scale.LINEAR);
  }

  /** Returns an axis of whole numbers, whose equal distances are equal differences. */
  public static Axis whole(String title) {
    return new Axis(title, Scale.WHOLE);
  }

  /** Returns an axis whose equal distances are equal differences, and which starts at 0. */
  public static Axis fromZero(String title) {
    return new Axis(title, Scale.FROM_ZERO);
  }

  /** Returns an axis of decades, for positive numbers. */
  public static Axis log10(String title) {
    return new Axis(title, Scale.LOG10);
  }

  /** Returns an axis of powers of two, for positive numbers. */
  public static Axis log2(String title) {
    return new Axis(title, Scale.LOG2);
  }

  boolean isLinear() {
    return scale == Scale.LINEAR || scale == Scale.WHOLE || scale == Scale.FROM_ZERO;
  }

  /** Returns where a number lies. */
  double place(double value) {
    return switch (scale) {
      case LINEAR, WHOLE, FROM_ZERO -> value;
      case LOG10 -> Math.log10(value);
      case LOG2 -> Math.log(value) / Math.log(2);
    };
  }

  /** Returns the name of a place; nothing where it is no number that is named. */
  String label(double place) {
    return switch (scale) {
      case LINEAR, FROM_ZERO -> Numbers.plain(place);
      case WHOLE -> isWhole(place) ? Numbers.plain(place) : "";
      case LOG10 -> isWhole(place) ? Numbers.plain(Math.pow(10, Math.rint(place))) : "";
      case LOG2 -> isWhole(place) ? Numbers.plain(Math.pow(2, Math.rint(place))) : "";
    };
  }

  /** Returns where the axis starts, or null where that follows from the places. */
  @Nullable
  Double start(double smallest) {
    return switch (scale) {
      case LINEAR, WHOLE -> null;
      case FROM_ZERO -> Math.min(0, smallest);
      case LOG10, LOG2 -> Math.floor(smallest);
    };
  }

  /** Returns where the axis ends, or null where that follows from the places. */
  @Nullable
  Double end(double largest) {
    return isLinear() ? null : Double.valueOf(Math.ceil(largest));
  }

  private static boolean isWhole(double place) {
    return Math.abs(place - Math.rint(place)) < 1e-9;
  }
}
