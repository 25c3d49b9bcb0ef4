package io.fixlane.conformance;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Words of one type, collected one by one: the caller has checked that each is in range. */
final class WordsBuilder {
  private static final int FIRST_CAPACITY = 64;
  /** What a Java array holds. */
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private final WordType type;
  private long @Nullable [] longs;
  private BigInteger @Nullable [] wide;
  private int size;

  WordsBuilder(WordType type) {
    this.type = type;
    if (type.fitsLong()) {
      longs = new long[FIRST_CAPACITY];
    } else {
      wide = new BigInteger[FIRST_CAPACITY];
    }
  }

  /** Adds a word of at most 64 bits. */
  void add(long low) {
    if (size == longs.length) {
      longs = Arrays.copyOf(longs, grown());
    }
    longs[size++] = low;
  }

  void add(BigInteger raw) {
    if (longs != null) {
      add(raw.longValue());
      return;
    }
    if (size == wide.length) {
      wide = Arrays.copyOf(wide, grown());
    }
    wide[size++] = raw;
  }

  private int grown() {
    return (int) Math.min(2L * size, MAX_CAPACITY);
  }

  WordType type() {
    return type;
  }

  /** Returns the low 64 bits of the word added last. */
  long lastLow() {
    return longs != null ? longs[size - 1] : wide[size - 1].longValue();
  }

  boolean lastIsZero() {
    return longs != null ? longs[size - 1] == 0 : wide[size - 1].signum() == 0;
  }

  int size() {
    return size;
  }

  Words build() {
    return new Words(type, size, longs, wide);
  }
}
