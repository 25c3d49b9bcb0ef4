package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Fixed-point words of one format, in row-major order over packed memory.
 *
 * <p>A word lies in the narrowest of byte, short, int and long that holds its W bits, sign-extended, or zero-extended where
 * the format is unsigned, in the machine's byte order. The memory is an array or a {@link MemorySegment}, on the heap or
 * off, at any alignment; it is never copied. A tensor is a view: what is written to it, to the memory or to another view,
 * all of them see. An empty shape is a scalar, of one word.
 *
 * <p>A tensor trusts its words, so that it may lie over a buffer that is still to be filled. Kernels compute as if each word
 * were in the range of the format; what they give for one that is not is unspecified. {@link #firstOutOfRange} checks words
 * of doubtful origin.
 *
 * <p>Tensors are equal where they are the same object; {@link #contentEquals} compares words. Any number of threads may
 * read one, or write different words of it.
 *
 * {@snippet class="io.fixlane.kernels.FixedTensorExample" region="example"}
 */
public final class FixedTensor {
  /** The longest array that every JVM allows. */
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final FixedFormat format;
  private final Container container;
  private final int[] shape;
  private final long size;
  private final MemorySegment segment;

  private FixedTensor(FixedFormat format, MemorySegment segment, int[] shape) {
    this.format = format;
    this.container = Container.of(format);
    this.shape = shape;
    this.size = Shapes.size(shape);
    this.segment = segment;
  }

  /**
   * Allocates a tensor of zeros, over an array.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits, a dimension is negative, or an array cannot hold
   *     so many words
   */
  public static FixedTensor allocate(FixedFormat format, int... shape) {
    Container container = Container.of(format);
    long size = Shapes.size(shape);
    if (size > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " holds " + size + " words: an array holds at most "
              + LONGEST_ARRAY
              + ", a MemorySegment more");
    }
    int length = (int) size;
    MemorySegment zeros = switch (container) {
      case BYTE -> MemorySegment.ofArray(new byte[length]);
      case SHORT -> MemorySegment.ofArray(new short[length]);
      case INT -> MemorySegment.ofArray(new int[length]);
      case LONG -> MemorySegment.ofArray(new long[length]);
      case FLOAT, DOUBLE -> throw new AssertionError(container);
    };
    return new FixedTensor(format, zeros, shape.clone());
  }

  /**
   * Returns a view of an array, for a format of 1 to 8 bits.
   *
   * @throws IllegalArgumentException if words of the format lie in another container, a dimension is negative, or the array
   *     has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, byte[] words, int... shape) {
    return ofArray(format, Container.BYTE, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 9 to 16 bits.
   *
   * @throws IllegalArgumentException if words of the format lie in another container, a dimension is negative, or the array
   *     has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, short[] words, int... shape) {
    return ofArray(format, Container.SHORT, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 17 to 32 bits.
   *
   * @throws IllegalArgumentException if words of the format lie in another container, a dimension is negative, or the array
   *     has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, int[] words, int... shape) {
    return ofArray(format, Container.INT, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 33 to 64 bits.
   *
   * @throws IllegalArgumentException if words of the format lie in another container, a dimension is negative, or the array
   *     has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, long[] words, int... shape) {
    return ofArray(format, Container.LONG, MemorySegment.ofArray(words), shape);
  }

  private static FixedTensor ofArray(
      FixedFormat format, Container container, MemorySegment words, int[] shape) {
    Container fit = Container.of(format);
    if (fit != container) {
      throw new IllegalArgumentException(
          "words is " + container.type() + "[]: words of " + format + " lie in " + fit.type()
              + "[], the narrowest that holds them");
    }
    return of(format, words, shape);
  }

  /**
   * Returns a view of memory. It may be on the heap, whatever array backs it, or off it, and of any alignment; read-only
   * memory can be read.
   *
   * @param words the words in the machine's byte order, each of the narrowest of 1, 2, 4 and 8 bytes that holds it
   * @throws IllegalArgumentException if the format is wider than 64 bits, a dimension is negative, or the memory has not as
   *     many words as the shape
   */
  public static FixedTensor of(FixedFormat format, MemorySegment words, int... shape) {
    int bytes = Container.of(format).bytes();
    if (words.byteSize() % bytes != 0) {
      throw new IllegalArgumentException(
          "words has " + words.byteSize() + " bytes: a word of " + format + " takes " + bytes);
    }
    Shapes.requireWords("words", words.byteSize() / bytes, shape, Shapes.size(shape));
    return new FixedTensor(format, words, shape.clone());
  }

  /** Returns the format of the words. */
  public FixedFormat format() {
    return format;
  }

  /** Returns the dimensions, outermost first, as a new array. */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Returns the size of one dimension.
   *
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public int dimension(int index) {
    return shape[Objects.checkIndex(index, shape.length)];
  }

  /** Returns the number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Returns the number of words: the product of the dimensions. */
  public long size() {
    return size;
  }

  /** Returns the memory of exactly these words, shared with this tensor. */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Returns a raw word, sign- or zero-extended; one of an unsigned format of 64 bits as its bits.
   *
   * @param index the place of the word in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   */
  public long raw(long index) {
    long word = container.read(segment, Objects.checkIndex(index, size) * container.bytes());
    return format.signed() ? word : word & (-1L >>> (64 - container.bits()));
  }

  /**
   * Sets a raw word.
   *
   * @param index the place of the word in row-major order
   * @param raw the word, sign- or zero-extended; one of an unsigned format of 64 bits as its bits
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   * @throws IllegalArgumentException if {@code raw} is not in the range of the format, or the memory is read-only
   */
  public void setRaw(long index, long raw) {
    Objects.checkIndex(index, size);
    if (!inRange(raw)) {
      throw new IllegalArgumentException(
          "raw word " + raw + " is out of range for " + format + ": it must lie in "
              + format.minRaw() + ".."
              + format.maxRaw());
    }
    container.write(segment, index * container.bytes(), raw);
  }

  private boolean inRange(long raw) {
    int unused = 64 - format.width();
    long kept = raw << unused;
    return (format.signed() ? kept >> unused : kept >>> unused) == raw;
  }

  /**
   * Returns a word as an exact value.
   *
   * @param index the place of the word in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   * @throws IllegalArgumentException if the word is not in the range of the format
   */
  public Fixed value(long index) {
    return new Fixed(format, exactRaw(index));
  }

  BigInteger exactRaw(long index) {
    long raw = raw(index);
    return format.signed() || raw >= 0
        ? BigInteger.valueOf(raw)
        : new BigInteger(Long.toUnsignedString(raw));
  }

  /**
   * Returns a word as an exact value.
   *
   * @param index one index for each dimension, outermost first
   * @throws IndexOutOfBoundsException if {@code index} lies outside the shape
   * @throws IllegalArgumentException if the word is not in the range of the format
   */
  public Fixed get(int... index) {
    long place = 0;
    boolean inside = index.length == shape.length;
    for (int i = 0; inside && i < index.length; i++) {
      inside = index[i] >= 0 && index[i] < shape[i];
      place = place * shape[i] + index[i];
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "index " + Arrays.toString(index) + " lies outside shape " + Arrays.toString(shape));
    }
    return value(place);
  }

  /**
   * Returns a view of neighbours along the first dimension: shape {@code [to - from, ...]}.
   *
   * @param from the first
   * @param to one past the last
   * @throws IndexOutOfBoundsException if the range lies outside the first dimension
   * @throws IllegalArgumentException if this is a scalar
   */
  public FixedTensor slice(int from, int to) {
    Objects.checkFromToIndex(from, to, firstDimension());
    int[] part = shape.clone();
    part[0] = to - from;
    return view(from, part);
  }

  /**
   * Returns a view of one entry of the first dimension: the shape without that dimension.
   *
   * @throws IndexOutOfBoundsException if {@code index} lies outside the first dimension
   * @throws IllegalArgumentException if this is a scalar
   */
  public FixedTensor row(int index) {
    Objects.checkIndex(index, firstDimension());
    return view(index, Arrays.copyOfRange(shape, 1, shape.length));
  }

  private int firstDimension() {
    if (shape.length == 0) {
      throw new IllegalArgumentException(
          "the tensor is a scalar: only one of a dimension or more has slices");
    }
    return shape[0];
  }

  private FixedTensor view(int first, int[] part) {
    long stride = shape[0] == 0 ? 0 : size / shape[0] * container.bytes();
    long bytes = Shapes.size(part) * container.bytes();
    return new FixedTensor(format, segment.asSlice(first * stride, bytes), part);
  }

  /**
   * Returns a view of the same words in another shape.
   *
   * @throws IllegalArgumentException if a dimension is negative, or the shape has another number of words
   */
  public FixedTensor reshape(int... newShape) {
    Shapes.requireWords("the tensor", size, newShape, Shapes.size(newShape));
    return new FixedTensor(format, segment, newShape.clone());
  }

  /** Returns the place, in row-major order, of the first word that is not in the range of the format. */
  public OptionalLong firstOutOfRange() {
    for (long i = 0; i < size; i++) {
      if (!inRange(raw(i))) {
        return OptionalLong.of(i);
      }
    }
    return OptionalLong.empty();
  }

  /** Returns whether the other tensor has the same format, shape and words. */
  public boolean contentEquals(FixedTensor other) {
    return format.equals(other.format) && Arrays.equals(shape, other.shape)
        && segment.mismatch(other.segment) < 0;
  }

  /**
   * Returns format, shape and a table of the values, to 8 digits: a line for each row, a block for each matrix, the middle
   * of a long dimension left out.
   */
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
