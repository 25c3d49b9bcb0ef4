package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.cast.CastCounter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the casts of a plan did: how many words overflowed or lost bits, and the range of the exact
 * values before the cast. Counts of several runs add up. Not thread-safe: give each thread its own,
 * and {@link #merge} them.
 *
 * {@snippet class="io.fixlane.kernels.example.CastExample" region="statistics"}
 */
public final class CastStatistics {
  private final @Nullable FixedFormat source;
  private final CastCounter counter;

  /**
   * Makes empty statistics over exact values of a format, or over floating-point numbers where it
   * is null.
   */
  CastStatistics(@Nullable FixedFormat source) {
    this.source = source;
    this.counter = new CastCounter(source != null && !source.signed());
  }

  CastCounter counter() {
    return counter;
  }

  @Nullable
  FixedFormat source() {
    return source;
  }

  /** Returns the number of words cast. */
  public long words() {
    return counter.words();
  }

  /**
   * Returns the number of words above the largest of the destination, whatever its overflow mode
   * made of them.
   */
  public long overflowedHigh() {
    return counter.high();
  }

  /**
   * Returns the number of words below the smallest of the destination, whatever its overflow mode
   * made of them.
   */
  public long overflowedLow() {
    return counter.low();
  }

  /**
   * Returns the number of words that had a bit set below the destination's least significant one.
   */
  public long inexact() {
    return counter.inexact();
  }

  /**
   * Returns the smallest value seen before the cast, exactly.
   *
   * @throws IllegalStateException if no word was cast, or the value is infinite
   */
  public BigDecimal min() {
    return value(counter.min(), counter.minNumber());
  }

  /**
   * Returns the largest value seen before the cast, exactly.
   *
   * @throws IllegalStateException if no word was cast, or the value is infinite
   */
  public BigDecimal max() {
    return value(counter.max(), counter.maxNumber());
  }

  private BigDecimal value(BigInteger word, double number) {
    if (counter.isEmpty()) {
      throw new IllegalStateException("no word was cast: there is no smallest or largest value");
    }
    if (source != null) {
      return source.value(word);
    }
    if (Double.isInfinite(number)) {
      throw new IllegalStateException("an infinity was cast: it has no exact value");
    }
    return new BigDecimal(number);
  }

  /**
   * Adds what other statistics of an equal plan have counted.
   *
   * @throws IllegalArgumentException if they count values of another format
   */
  public void merge(CastStatistics other) {
    Objects.requireNonNull(other, "other");
    if (!Objects.equals(source, other.source)) {
      throw new IllegalArgumentException(
          "other counts values of " + other.source + ": it must count values of " + source);
    }
    counter.merge(other.counter);
  }

  /** Returns the counts and the range in one line. */
  @Override
  public String toString() {
    return counter.isEmpty()
        ? "no words"
        : words() + " words: " + overflowedHigh() + " overflowed high, " + overflowedLow()
            + " overflowed low, "
            + inexact() + " lost bits; values " + text(counter.min(), counter.minNumber()) + " to "
            + text(counter.max(), counter.maxNumber());
  }

  private String text(BigInteger word, double number) {
    if (source != null && Math.abs((long) source.fractionBits()) > FixedFormat.MAX_WIDTH) {
      return word + " x 2^" + -(long) source.fractionBits();
    }
    return source == null && Double.isInfinite(number)
        ? Double.toString(number)
        : value(word, number).stripTrailingZeros().toPlainString();
  }
}
