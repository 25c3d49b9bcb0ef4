package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import java.util.Locale;

/**
 * The format of a tensor in a network that is trained: sign and modes are fixed, I, the place of
 * the binary point, may come from the data or be learned, and W may be learned beside it.
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedCastExample" region="cast"}
 *
 * @param format W, the largest one where it is learned, sign and modes, and I where nothing else is
 *     known
 * @param start how I is chosen from the first numbers that are cast
 * @param point whether I stays as it is chosen
 * @param least the smallest I
 * @param most the largest I, which must reach the first numbers if I is chosen from these
 * @param gradient where casts pass gradients
 * @param leastWidth the smallest W that is learned; the format's own where W is not
 */
public record TrainableFormat(
    FixedFormat format,
    StartRule start,
    BinaryPoint point,
    int least,
    int most,
    GradientMode gradient,
    int leastWidth) {
  /** The smallest I unless another one is asked for: finer words only make exact sums wide. */
  private static final int DEFAULT_LEAST = -24;

  /** The largest I unless another one is asked for: as far as numbers in floats reach, nearly. */
  private static final int DEFAULT_MOST = 100;

  /** What becomes of I in training. */
  public enum BinaryPoint {
    /** It stays as it was chosen at the start. */
    FIXED,
    /** It is learned with the weights. */
    LEARNED
  }

  /**
   * Makes a format.
   *
   * @throws IllegalArgumentException if a float does not hold every value of the format, with each
   *     I of the range, or the range does not hold the format's I
   */
  public TrainableFormat {
    Tensor.requireExact(format);
    if (format.integerBits() < least || format.integerBits() > most) {
      throw new IllegalArgumentException("format is " + format + ": its I must be in the range "
          + least + ".." + most);
    }
    Tensor.requireExact(format.withIntegerBits(least));
    Tensor.requireExact(format.withIntegerBits(most));
    if (leastWidth < 0 || leastWidth > format.width()) {
      throw new IllegalArgumentException("leastWidth is " + leastWidth
          + ": it must be in 0.." + format.width() + ", the format's W");
    }
    if (leastWidth < format.width()
        && (point != BinaryPoint.LEARNED || format.overflow().wraps()
            || format.saturationBits() > 0)) {
      throw new IllegalArgumentException(
          "leastWidth is " + leastWidth + ": W is learned where I is,"
              + " in formats that saturate, with N = 0; this one is " + format + ", I "
              + point.name().toLowerCase(Locale.ROOT));
    }
  }

  private TrainableFormat(FixedFormat format, StartRule start, BinaryPoint point) {
    this(format, start, point, Math.min(DEFAULT_LEAST, format.integerBits()),
        Math.max(DEFAULT_MOST, format.integerBits()), GradientMode.CLIPPED, format.width());
  }

  /** Makes a format whose I stays what it is. */
  public static TrainableFormat pinned(FixedFormat format) {
    return new TrainableFormat(format, new StartRule.Given(), BinaryPoint.FIXED);
  }

  /** Makes a format whose I is chosen from the first numbers, and then stays what it is. */
  public static TrainableFormat calibrated(FixedFormat format, StartRule start) {
    return new TrainableFormat(format, start, BinaryPoint.FIXED);
  }

  /** Makes a format whose I is chosen from the first numbers, and then learned. */
  public static TrainableFormat learned(FixedFormat format, StartRule start) {
    return new TrainableFormat(format, start, BinaryPoint.LEARNED);
  }

  /** Returns this with another range of I. */
  public TrainableFormat withRange(int newLeast, int newMost) {
    return new TrainableFormat(format, start, point, newLeast, newMost, gradient, leastWidth);
  }

  /** Returns this with another rule for gradients. */
  public TrainableFormat withGradient(GradientMode mode) {
    return new TrainableFormat(format, start, point, least, most, mode, leastWidth);
  }

  /**
   * Returns the format of numbers that are never negative: of as many bits and the same range, it
   * is unsigned, ap_ufixed&lt;W,I-1&gt; for ap_fixed&lt;W,I&gt;, and so has twice as many levels.
   * Where the format is unsigned already, or has a mode that no unsigned format has, it stays what
   * it is.
   */
  public TrainableFormat unsigned() {
    if (!format.signed() || !format.overflow().servesUnsigned()) {
      return this;
    }
    FixedFormat half = new FixedFormat(false, format.width(), format.integerBits() - 1,
        format.quantization(), format.overflow(), format.saturationBits());
    return new TrainableFormat(
        half, start, point, least - 1, most - 1, gradient, leastWidth);
  }

  /**
   * Returns this with a W that is learned beside I, from the format's own down.
   *
   * @param newLeastWidth the smallest W: at least 1, or 0 where each channel has a W of its own, so
   *     that the numbers of one may vanish
   * @throws IllegalArgumentException if it is out of its range, I is not learned, or the format
   *     wraps
   */
  public TrainableFormat learnWidth(int newLeastWidth) {
    return new TrainableFormat(format, start, point, least, most, gradient, newLeastWidth);
  }

  /** Returns this with an I that is learned. */
  TrainableFormat learnBinaryPoint() {
    return new TrainableFormat(
        format, start, BinaryPoint.LEARNED, least, most, gradient, leastWidth);
  }

  /** Returns this with another rule for the start of I. */
  TrainableFormat withStart(StartRule rule) {
    return new TrainableFormat(format, rule, point, least, most, gradient, leastWidth);
  }

  /** Returns this with another format, whose W is that of this one. */
  TrainableFormat withFormat(FixedFormat other) {
    return new TrainableFormat(other, start, point, least, most, gradient, leastWidth);
  }

  /** Returns this with another W, the largest one where it is learned. */
  TrainableFormat withWidth(int width) {
    return new TrainableFormat(format.withBits(width, format.integerBits()), start, point, least,
        most, gradient, isWidthLearned() ? leastWidth : width);
  }

  /** Returns whether W is learned. */
  public boolean isWidthLearned() {
    return leastWidth < format.width();
  }

  /** Returns whether gradients pass the cast where it saturates too. */
  boolean passesEverywhere() {
    return gradient == GradientMode.PLAIN;
  }

  /** Returns whether I is learned. */
  public boolean isLearned() {
    return point == BinaryPoint.LEARNED;
  }
}
