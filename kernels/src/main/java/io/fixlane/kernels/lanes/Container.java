package io.fixlane.kernels.lanes;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a packed word lies in: the narrowest integer that holds it, in the machine's byte order, at
 * any alignment.
 */
public enum Container {
  /** 8 bits. */
  BYTE(byte.class),
  /** 16 bits. */
  SHORT(short.class),
  /** 32 bits. */
  INT(int.class),
  /** 64 bits. */
  LONG(long.class),
  /** IEEE 754 binary32. */
  FLOAT(float.class),
  /** IEEE 754 binary64. */
  DOUBLE(double.class);

  /** The longest array that every JVM allows. */
  public static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Class<?> type;

  Container(Class<?> type) {
    this.type = type;
  }

  /**
   * Returns the narrowest integer container of a format's words.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits
   */
  public static Container of(FixedFormat format) {
    int width = format.width();
    if (width > 64) {
      throw new IllegalArgumentException(
          format + " is wider than 64 bits: kernels hold words of at most 64 bits");
    }
    return width <= 8 ? BYTE : width <= 16 ? SHORT : width <= 32 ? INT : LONG;
  }

  /** Returns the integer container of a size in bits. */
  public static Container integral(int bits) {
    return switch (bits) {
      case 8 -> BYTE;
      case 16 -> SHORT;
      case 32 -> INT;
      case 64 -> LONG;
      default ->
          throw new IllegalArgumentException("bits is " + bits + ": it must be 8, 16, 32 or 64");
    };
  }

  /** Returns the container of a primitive type. */
  static Container of(Class<?> type) {
    for (Container container : values()) {
      if (container.type == type) {
        return container;
      }
    }
    throw new IllegalArgumentException(type + " is not the type of a container");
  }

  /** Returns the primitive type. */
  public Class<?> type() {
    return type;
  }

  /** Returns the size in bytes. */
  public int bytes() {
    return switch (this) {
      case BYTE -> 1;
      case SHORT -> 2;
      case INT, FLOAT -> 4;
      case LONG, DOUBLE -> 8;
    };
  }

  /** Returns the size in bits. */
  public int bits() {
    return 8 * bytes();
  }

  /** Reads a floating-point number at a byte offset. */
  public double number(MemorySegment memory, long offset) {
    long bits = read(memory, offset);
    return this == FLOAT ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  /** Returns whether the container holds floating-point numbers. */
  public boolean floating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Reads the word at a byte offset, sign-extended; a float or double gives its bits. */
  public long read(MemorySegment memory, long offset) {
    return switch (this) {
      case BYTE -> memory.get(ValueLayout.JAVA_BYTE, offset);
      case SHORT -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
      case INT, FLOAT -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
      case LONG, DOUBLE -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    };
  }

  /** Writes the low bits of a word at a byte offset. */
  public void write(MemorySegment memory, long offset, long word) {
    switch (this) {
      case BYTE -> memory.set(ValueLayout.JAVA_BYTE, offset, (byte) word);
      case SHORT -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) word);
      case INT, FLOAT -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, (int) word);
      case LONG, DOUBLE -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, word);
    }
  }
}
