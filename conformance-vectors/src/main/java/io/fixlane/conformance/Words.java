package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of one line, immutable. Words of up to 64 bits are kept in a {@code long[]}, wider ones
 * as BigIntegers.
 *
 * {@snippet class="io.fixlane.conformance.OwnImplementationExample" region="words"}
 */
public final class Words {
  private final WordType type;
  private final int size;
  // One of the two holds the words.
  private final long @Nullable [] longs;
  private final BigInteger @Nullable [] wide;

  /** Takes over the array, whose first {@code size} words are known to be of the type. */
  Words(WordType type, int size, long @Nullable [] longs, BigInteger @Nullable [] wide) {
    this.type = type;
    this.size = size;
    this.longs = longs;
    this.wide = wide;
  }

  /**
   * Returns words of a format, given their low 64 bits. The bits of a 64-bit unsigned word are read
   * as unsigned; in a wider format each is its own value.
   *
   * @throws IllegalArgumentException if one is not a word of the format
   */
  public static Words of(FixedFormat format, long... raw) {
    return of(new WordType(format), raw);
  }

  /**
   * Returns words of a type, as {@link #of(FixedFormat, long...)} does; those of a double are its
   * 64 bits.
   *
   * @throws IllegalArgumentException if one is not a word of the type
   */
  public static Words of(WordType type, long... raw) {
    if (!type.fitsLong()) {
      return of(type, Arrays.stream(raw).mapToObj(BigInteger::valueOf).toList());
    }
    for (int i = 0; i < raw.length; i++) {
      if (!type.contains(raw[i])) {
        throw outOfRange(type, i, BigInteger.valueOf(raw[i]));
      }
    }
    return new Words(type, raw.length, raw.clone(), null);
  }

  /**
   * Returns words of a type of any width.
   *
   * @throws IllegalArgumentException if one is not a word of the type
   */
  public static Words of(WordType type, List<BigInteger> raw) {
    WordsBuilder words = new WordsBuilder(type);
    for (int i = 0; i < raw.size(); i++) {
      if (!type.contains(raw.get(i))) {
        throw outOfRange(type, i, raw.get(i));
      }
      words.add(raw.get(i));
    }
    return words.build();
  }

  /** Returns the 64 bits of each double. */
  public static Words ofDoubles(double... values) {
    long[] bits = Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    return new Words(WordType.DOUBLE, bits.length, bits, null);
  }

  private static IllegalArgumentException outOfRange(WordType type, int index, BigInteger raw) {
    return new IllegalArgumentException(
        "word " + index + " is " + raw + ": out of range for " + type);
  }

  /** Returns what the words are. */
  public WordType type() {
    return type;
  }

  /** Returns how many there are. */
  public int size() {
    return size;
  }

  /**
   * Returns a word as an integer; the bits of a double are read as unsigned.
   *
   * @throws IndexOutOfBoundsException if there is no such word
   */
  public BigInteger raw(int index) {
    return wide != null ? wide[checked(index)] : type.raw(low(index));
  }

  /**
   * Returns the low 64 bits of a word: all of it, unless the type is wider.
   *
   * @throws IndexOutOfBoundsException if there is no such word
   */
  public long low(int index) {
    checked(index);
    return longs != null ? longs[index] : wide[index].longValue();
  }

  /**
   * Returns a word as a double.
   *
   * @throws IllegalStateException if the words are fixed-point
   * @throws IndexOutOfBoundsException if there is no such word
   */
  public double doubleAt(int index) {
    if (!type.isDouble()) {
      throw new IllegalStateException("the words are " + type + ", not double");
    }
    return Double.longBitsToDouble(low(index));
  }

  /**
   * Returns all words, in an array of the caller's own.
   *
   * @throws IllegalStateException if they are wider than 64 bits
   */
  public long[] toLongArray() {
    if (longs == null) {
      throw new IllegalStateException("words of " + type + " do not fit in a long");
    }
    return Arrays.copyOf(longs, size);
  }

  /** Returns a word with its place, for a report. */
  Word word(String line, int index) {
    return new Word(line + "[" + index + "]", type, raw(index));
  }

  /**
   * Returns the first index from {@code from} on at which two lines of the same type and size
   * differ, or -1.
   */
  int mismatch(Words other, int from) {
    int at = longs != null && other.longs != null
        ? Arrays.mismatch(longs, from, size, other.longs, from, size)
        : Arrays.mismatch(wide, from, size, other.wide, from, size);
    return at < 0 ? -1 : from + at;
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index is " + index + ": there are " + size + " words");
    }
    return index;
  }

  /** Returns whether {@code other} has the same type and the same words. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Words words && type.equals(words.type) && size == words.size
        && mismatch(words, 0) < 0;
  }

  @Override
  public int hashCode() {
    int hash = type.hashCode();
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(low(i));
    }
    return hash;
  }

  /** Returns type and number of the words. */
  @Override
  public String toString() {
    return size + " words of " + type;
  }
}
