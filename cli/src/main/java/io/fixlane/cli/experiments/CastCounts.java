package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts where the numbers lie that come to a cast, in parts of 2<sup>I</sup> / 2, the end of a
 * signed format's range: {@value #BINS} bins from {@link #LOW} to {@link #HIGH}, of which the first
 * and the last hold what lies beyond too.
 */
final class CastCounts {
  static final double LOW = -2;
  static final double HIGH = 2;
  static final int BINS = 32;

  private final double end;
  private final double lowest;
  private final double highest;
  private final long[] counts = new long[BINS];
  private long beyond;
  private long numbers;

  CastCounts(FixedFormat format) {
    double step = Math.scalb(1.0, -format.fractionBits());
    this.end = Math.scalb(0.5, format.integerBits());
    // Half a step beyond the last word, numbers still round to it.
    this.lowest = (format.minKeptRaw().doubleValue() - 0.5) * step;
    this.highest = (format.maxKeptRaw().doubleValue() + 0.5) * step;
  }

  /** Counts what comes to a cast from now on. */
  static CastCounts of(FixedCast cast) {
    CastCounts counts = new CastCounts(cast.format());
    cast.observe(counts::add);
    return counts;
  }

  void add(float[] values) {
    for (float value : values) {
      int bin = (int) Math.floor((value / end - LOW) / (HIGH - LOW) * BINS);
      counts[Math.clamp(bin, 0, BINS - 1)]++;
      if (value < lowest || value > highest) {
        beyond++;
      }
    }
    numbers += values.length;
  }

  /** Returns the part of the numbers that saturate. */
  double saturated() {
    return numbers == 0 ? 0 : (double) beyond / numbers;
  }

  List<Long> counts() {
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }
}
