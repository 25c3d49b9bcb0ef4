package io.fixlane.tensor.npy;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a {@code .npy} file says of its array before the elements.
 *
 * @param type what the elements are
 * @param order the order of an element's bytes
 * @param columnMajor whether the first index goes fastest, as in Fortran; else the last one does
 * @param shape the dimensions; none for a single element
 */
public record NpyHeader(NpyType type, ByteOrder order, boolean columnMajor, List<Long> shape) {
  /** As numpy has it. */
  private static final int MOST_DIMENSIONS = 64;

  /**
   * Makes a header.
   *
   * @throws IllegalArgumentException if a dimension is negative, there are more than 64, or the
   *     elements take more than 2<sup>63</sup> - 1 bytes
   */
  public NpyHeader {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(shape, "shape");
    shape = List.copyOf(shape);
    if (shape.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("shape has " + shape.size()
          + " dimensions: an array of numpy has at most " + MOST_DIMENSIONS);
    }
    bytes(type, shape);
  }

  /**
   * Returns the header of a little-endian array in row-major order.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static NpyHeader of(NpyType type, long... shape) {
    Objects.requireNonNull(shape, "shape");
    return new NpyHeader(
        type, ByteOrder.LITTLE_ENDIAN, false, Arrays.stream(shape).boxed().toList());
  }

  /** Returns how many elements there are: the product of the dimensions. */
  public long size() {
    return bytes() / type.bytes();
  }

  /** Returns the bytes of all elements. */
  public long bytes() {
    return bytes(type, shape);
  }

  private static long bytes(NpyType type, List<Long> shape) {
    long negative = shape.stream().filter(dimension -> dimension < 0).count();
    if (negative > 0) {
      throw new IllegalArgumentException(
          "shape is " + shape + ": a dimension must be at least 0");
    }
    if (shape.contains(0L)) {
      return 0;
    }
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("shape is " + shape + " of elements of " + type.bytes()
          + " bytes: all must take at most 2^63 - 1 bytes", e);
    }
  }

  /** Returns whether the elements lie in the file as they do in row-major order. */
  public boolean isRowMajor() {
    return !columnMajor || shape.stream().filter(dimension -> dimension != 1).count() < 2;
  }
}
