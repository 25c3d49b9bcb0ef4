package io.fixlane.cli.experiments;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the seeds of a row came to.
 *
 * @param mean the mean
 * @param deviation the standard deviation of a sample, with n - 1; 0 for a single one
 * @param least the smallest
 * @param most the largest
 * @param count n
 */
record Spread(double mean, double deviation, double least, double most, int count) {
  static Spread of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(
        mean, values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
        Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow(),
        values.length);
  }

  /** Returns the mean, and what it may be off by, as {@code 81.24 +- 0.35}. */
  String text() {
    return count == 1
        ? number(mean)
        : number(mean) + " +- " + deviationText();
  }

  /** Returns the deviation, or a dash of a single value, which tells none. */
  String deviationText() {
    return count == 1 ? "-" : number(deviation);
  }

  /** Returns a number of percent. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /**
   * Returns the root of the sum of both squared standard errors: what the difference of both means
   * may be off by.
   */
  double errorOfDifference(Spread other) {
    return Math.sqrt(deviation * deviation / count
        + other.deviation * other.deviation / other.count);
  }
}
