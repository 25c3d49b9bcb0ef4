package io.fixlane.autograd.fixed.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoublePredicate;

/**
 * The smallest and the largest number that a cast into a format takes without overflow. As
 * quantization is monotone, a number overflows if and only if it lies outside.
 *
 * @param low the smallest such double
 * @param high the largest such double
 */
public record CastBounds(double low, double high) {
  /** Bounds by format with I = 0: with another I they are 2^I times as large. */
  private static final Map<FixedFormat, CastBounds> KNOWN = new ConcurrentHashMap<>();

  /** Returns the bounds of a format, found once for its width and modes. */
  public static CastBounds of(FixedFormat format) {
    CastBounds unit = KNOWN.computeIfAbsent(format.withIntegerBits(0), CastBounds::search);
    int scale = format.integerBits();
    return new CastBounds(Math.scalb(unit.low, scale), Math.scalb(unit.high, scale));
  }

  /** Asks the reference, whose quantized number a format of two more bits holds. */
  private static CastBounds search(FixedFormat format) {
    BigInteger smallest = format.minKeptRaw();
    BigInteger largest = format.maxKeptRaw();
    FixedFormat wide = FixedFormat.signed(
        format.width() + 2, format.integerBits() + 2, format.quantization(), OverflowMode.AP_SAT);
    double step = Math.scalb(1.0, -format.fractionBits());
    double high = last(
        largest.doubleValue() * step, (largest.doubleValue() + 2) * step,
        x -> Fixed.from(wide, x).raw().compareTo(largest) <= 0);
    double low = -last(
        -smallest.doubleValue() * step, (2 - smallest.doubleValue()) * step,
        x -> Fixed.from(wide, -x).raw().compareTo(smallest) >= 0);
    return new CastBounds(low, high);
  }

  /** Finds the last of the doubles from {@code in} to before {@code out} that fits. */
  private static double last(double in, double out, DoublePredicate fits) {
    // The bits of doubles that are not negative are in their order.
    long inside = Double.doubleToLongBits(in + 0.0);
    long outside = Double.doubleToLongBits(out);
    while (outside - inside > 1) {
      long middle = (inside + outside) >>> 1;
      if (fits.test(Double.longBitsToDouble(middle))) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return Double.longBitsToDouble(inside);
  }

  /** Returns the smallest float that does not overflow. */
  float lowFloat() {
    return -lastFloat(-low);
  }

  /** Returns the largest float that does not overflow. */
  float highFloat() {
    return lastFloat(high);
  }

  private static float lastFloat(double bound) {
    float nearest = (float) bound;
    return nearest > bound ? Math.nextDown(nearest) : nearest;
  }
}
