package io.fixlane.tensor.npy;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/** What the elements of an array are, by numpy's names. */
public enum NpyType {
  /** Truth values of a byte: whatever is not 0 is true, and read as 1. */
  BOOL('b', 1),
  /** Integers of 8 bits. */
  INT8('i', 1),
  /** Integers of 16 bits. */
  INT16('i', 2),
  /** Integers of 32 bits. */
  INT32('i', 4),
  /** Integers of 64 bits. */
  INT64('i', 8),
  /** Unsigned integers of 8 bits. */
  UINT8('u', 1),
  /** Unsigned integers of 16 bits. */
  UINT16('u', 2),
  /** Unsigned integers of 32 bits. */
  UINT32('u', 4),
  /** Unsigned integers of 64 bits. */
  UINT64('u', 8),
  /** Floats of 16 bits. */
  FLOAT16('f', 2),
  /** Floats of 32 bits. */
  FLOAT32('f', 4),
  /** Floats of 64 bits: doubles. */
  FLOAT64('f', 8);

  /** The bits of a significand, and the exponents between which all of them are there. */
  private static final int FLOAT_BITS = 24;
  private static final int FLOAT_LEAST = -126;
  private static final int FLOAT_MOST = 127;
  private static final int DOUBLE_BITS = 53;
  private static final int DOUBLE_LEAST = -1022;
  private static final int DOUBLE_MOST = 1023;

  private final char kind;
  private final int bytes;

  NpyType(char kind, int bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  /** Returns the bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether elements are floats; else they are integers, or truth values. */
  public boolean isFloat() {
    return kind == 'f';
  }

  /** Returns whether elements are integers that may be negative. */
  public boolean isSigned() {
    return kind == 'i';
  }

  /**
   * Returns the narrowest integers that hold the raw words of a format.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits
   */
  public static NpyType ofWords(FixedFormat format) {
    Objects.requireNonNull(format, "format");
    for (NpyType type : values()) {
      boolean same = type.kind == (format.signed() ? 'i' : 'u');
      if (same && 8 * type.bytes >= format.width()) {
        return type;
      }
    }
    throw new IllegalArgumentException("the format is " + format
        + ": integers of numpy hold words of at most 64 bits");
  }

  /** Returns the narrowest of floats and doubles that holds each value of a format exactly. */
  public static Optional<NpyType> ofValues(FixedFormat format) {
    Objects.requireNonNull(format, "format");
    if (holds(format, FLOAT_BITS, FLOAT_LEAST, FLOAT_MOST)) {
      return Optional.of(FLOAT32);
    }
    return holds(format, DOUBLE_BITS, DOUBLE_LEAST, DOUBLE_MOST)
        ? Optional.of(FLOAT64)
        : Optional.empty();
  }

  /** A signed format's smallest word is a power of two: W - 1 bits are all that count. */
  private static boolean holds(FixedFormat format, int bits, int least, int most) {
    return format.width() - (format.signed() ? 1 : 0) <= bits
        && -(long) format.fractionBits() >= least && format.integerBits() <= most;
  }

  /** Returns numpy's name of the type, without its byte order: {@code f4}. */
  String code() {
    return "" + kind + bytes;
  }

  /** Returns an element of an array in memory: an integer, or the bits of a float. */
  long bits(MemorySegment elements, long index) {
    long bits = switch (bytes) {
      case 1 -> elements.get(ValueLayout.JAVA_BYTE, index);
      case 2 -> elements.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * index);
      case 4 -> elements.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * index);
      default -> elements.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * index);
    };
    return extended(bits);
  }

  /** Takes an element out of a buffer: an integer, or the bits of a float. */
  long take(ByteBuffer buffer) {
    return extended(switch (bytes) {
      case 1 -> buffer.get();
      case 2 -> buffer.getShort();
      case 4 -> buffer.getInt();
      default -> buffer.getLong();
    });
  }

  private long extended(long bits) {
    if (kind == 'b') {
      return bits == 0 ? 0 : 1;
    }
    return isSigned() ? bits : bits & -1L >>> Long.SIZE - 8 * bytes;
  }

  /** Puts an element, of which the low bits count, into a buffer. */
  void put(ByteBuffer buffer, long bits) {
    switch (bytes) {
      case 1 -> buffer.put((byte) bits);
      case 2 -> buffer.putShort((short) bits);
      case 4 -> buffer.putInt((int) bits);
      default -> buffer.putLong(bits);
    }
  }

  /**
   * Returns the number that an element is, an integer as the nearest double.
   *
   * @param bits an integer, or the bits of a float, as {@link NpyReader#nextBits} gives them
   */
  public double number(long bits) {
    return switch (this) {
      case FLOAT16 -> Float.float16ToFloat((short) bits);
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case UINT64 -> bits >= 0 ? bits : 2.0 * halved(bits);
      default -> bits;
    };
  }

  /**
   * Returns the integer that an element is.
   *
   * @param bits as {@link NpyReader#nextBits} gives them
   * @throws IllegalStateException if elements are floats
   */
  public BigInteger integer(long bits) {
    if (isFloat()) {
      throw new IllegalStateException(this + " are floats, and not integers");
    }
    return bits >= 0 || isSigned()
        ? BigInteger.valueOf(bits)
        : new BigInteger(Long.toUnsignedString(bits));
  }

  /** Returns half of an unsigned integer; its last bit stays, for what is rounded later. */
  private static long halved(long bits) {
    return bits >>> 1 | bits & 1;
  }

  /** Returns the float nearest to a number; an integer of 64 bits is not rounded twice. */
  float nearestFloat(long bits) {
    return switch (this) {
      case INT64 -> bits;
      case UINT64 -> bits >= 0 ? bits : 2f * halved(bits);
      default -> (float) number(bits);
    };
  }

  /** Returns the bits of the float nearest to a number. */
  long bitsOf(double number) {
    return switch (this) {
      case FLOAT64 -> Double.doubleToRawLongBits(number);
      case FLOAT32 -> Float.floatToRawIntBits((float) number);
      default -> throw new IllegalStateException(this + " is not written as floats");
    };
  }
}
