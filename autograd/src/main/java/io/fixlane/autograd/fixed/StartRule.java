package io.fixlane.autograd.fixed;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.fixed.cast.CastBounds;
import io.fixlane.autograd.fixed.cast.CastPlan;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;

/** How the integer bits I of a format are chosen from the numbers that are to be cast into it. */
public sealed interface StartRule {
  /**
   * Returns I.
   *
   * @param numbers the numbers, at least one of them not 0
   * @param format the format; its own I is where nothing is known
   * @param least the smallest I that may be chosen
   * @param most the largest
   * @throws NonFiniteException if numbers must not overflow and do so with every such I
   */
  int integerBits(float[] numbers, FixedFormat format, int least, int most);

  /** The I of the format itself, whatever the numbers. */
  record Given() implements StartRule {
    @Override
    public int integerBits(float[] numbers, FixedFormat format, int least, int most) {
      return format.integerBits();
    }
  }

  /** The smallest I with which no number overflows; negative ones do not count if unsigned. */
  record Maximum() implements StartRule {
    @Override
    public int integerBits(float[] numbers, FixedFormat format, int least, int most) {
      return new Percentile(100).integerBits(numbers, format, least, most);
    }
  }

  /**
   * As {@link Maximum}, for the numbers without the largest magnitudes.
   *
   * @param percent how much of the numbers must not overflow, in (0, 100]
   */
  record Percentile(double percent) implements StartRule {
    /**
     * Makes the rule.
     *
     * @throws IllegalArgumentException if the number is out of its range
     */
    public Percentile {
      if (!(percent > 0 && percent <= 100)) {
        throw new IllegalArgumentException("percent is " + percent + ": it must be in (0, 100]");
      }
    }

    @Override
    public int integerBits(float[] numbers, FixedFormat format, int least, int most) {
      float limit = percent < 100 ? magnitude(numbers) : Float.POSITIVE_INFINITY;
      float smallest = 0;
      float largest = 0;
      for (float number : numbers) {
        smallest = Math.min(smallest, number);
        largest = Math.max(largest, number);
      }
      float low = Math.max(smallest, -limit);
      float high = Math.min(largest, limit);
      for (int bits = least; bits <= most; bits++) {
        CastBounds bounds = CastBounds.of(format.withIntegerBits(bits));
        if (high <= bounds.high() && (low >= bounds.low() || !format.signed())) {
          return bits;
        }
      }
      throw new NonFiniteException("the numbers reach from " + smallest + " to " + largest
          + ": " + format + " has no word for them with I in " + least + ".." + most);
    }

    private float magnitude(float[] numbers) {
      float[] magnitudes = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        magnitudes[i] = Math.abs(numbers[i]);
      }
      Arrays.sort(magnitudes);
      int count = (int) Math.ceil(numbers.length * (percent / 100));
      return magnitudes[Math.clamp(count - 1, 0, numbers.length - 1)];
    }
  }

  /**
   * The I with the least sum of the squared errors of the cast, of those down from
   * {@link Maximum}'s by up to {@value #CANDIDATES} - 1; of equal ones the largest.
   */
  record LeastSquares() implements StartRule {
    private static final int CANDIDATES = 8;

    @Override
    public int integerBits(float[] numbers, FixedFormat format, int least, int most) {
      int first = new Maximum().integerBits(numbers, format, least, most);
      int best = first;
      double smallest = Double.POSITIVE_INFINITY;
      float[] cast = new float[numbers.length];
      for (int bits = first; bits >= Math.max(least, first - CANDIDATES + 1); bits--) {
        CastPlan.of(format.withIntegerBits(bits)).run(numbers, cast, 0, numbers.length);
        double error = 0;
        for (int i = 0; i < numbers.length; i++) {
          double difference = (double) numbers[i] - cast[i];
          error += difference * difference;
        }
        if (error < smallest) {
          smallest = error;
          best = bits;
        }
      }
      return best;
    }
  }
}
