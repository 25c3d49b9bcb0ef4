package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Fixed-point words of one format, in row-major order over packed memory.
 *
 * <p>A word lies in the narrowest of byte, short, int and long that holds its W bits,
 * sign-extended, or zero-extended where the format is unsigned, in the machine's byte order. The
 * memory is an array or a {@link MemorySegment}, on the heap or off, at any alignment; it is never
 * copied. A tensor is a view: what is written to it, to the memory or to another view, all of them
 * see. An empty shape is a scalar, of one word.
 *
 * <p>A tensor trusts its words, so that it may lie over a buffer that is still to be filled.
 * Kernels compute as if each word were in the range of the format; what they give for one that is
 * not is unspecified. {@link #firstOutOfRange} checks words of doubtful origin.
 *
 * <p>Tensors are equal where they are the same object; {@link #contentEquals} compares words. Any
 * number of threads may read one, or write different words of it.
 *
 * {@snippet class="io.fixlane.kernels.example.FixedTensorExample" region="example"}
 */
public final class FixedTensor {
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
   * @throws IllegalArgumentException if the format is wider than 64 bits, a dimension is negative,
   *     or an array cannot hold so many words
   */
  public static FixedTensor allocate(FixedFormat format, int... shape) {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(shape, "shape");
    MemorySegment zeros = HeapMemory.zeros(Container.of(format), Shapes.size(shape));
    return new FixedTensor(format, zeros, shape.clone());
  }

  /**
   * Returns a view of an array, for a format of 1 to 8 bits.
   *
   * @throws IllegalArgumentException if words of the format lie in another container, a dimension
   *     is negative, or the array has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, byte[] words, int... shape) {
    Objects.requireNonNull(words, "words");
    return ofArray(format, Container.BYTE, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 9 to 16 bits.
   *
   * @throws IllegalArgumentException as {@link #of(FixedFormat, byte[], int...)}
   */
  public static FixedTensor of(FixedFormat format, short[] words, int... shape) {
    Objects.requireNonNull(words, "words");
    return ofArray(format, Container.SHORT, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 17 to 32 bits.
   *
   * @throws IllegalArgumentException as {@link #of(FixedFormat, byte[], int...)}
   */
  public static FixedTensor of(FixedFormat format, int[] words, int... shape) {
    Objects.requireNonNull(words, "words");
    return ofArray(format, Container.INT, MemorySegment.ofArray(words), shape);
  }

  /**
   * Returns a view of an array, for a format of 33 to 64 bits.
   *
   * @throws IllegalArgumentException as {@link #of(FixedFormat, byte[], int...)}
   */
  public static FixedTensor of(FixedFormat format, long[] words, int... shape) {
    Objects.requireNonNull(words, "words");
    return ofArray(format, Container.LONG, MemorySegment.ofArray(words), shape);
  }

  private static FixedTensor ofArray(
      FixedFormat format, Container container, MemorySegment words, int[] shape) {
    Objects.requireNonNull(format, "format");
    HeapMemory.requireContainer(format, container);
    return of(format, words, shape);
  }

  /**
   * Returns a view of memory. It may be on the heap, whatever array backs it, or off it, and of any
   * alignment; read-only memory can be read.
   *
   * @param words the words in the machine's byte order, each of the narrowest of 1, 2, 4 and 8
   *     bytes that holds it
   * @throws IllegalArgumentException if the format is wider than 64 bits, a dimension is negative,
   *     or the memory has not as many words as the shape
   */
  public static FixedTensor of(FixedFormat format, MemorySegment words, int... shape) {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(shape, "shape");
    Shapes.requireBytes("words", words.byteSize(), shape, Container.of(format).bytes());
    return new FixedTensor(format, words, shape.clone());
  }

  /**
   * Casts numbers into a new tensor, over an array: each is rounded, and overflows, as {@code
   * format} says. Each call plans anew; {@link io.fixlane.kernels.Cast#fromFloat} plans once for
   * many.
   *
   * @param values the numbers in row-major order
   * @throws IllegalArgumentException if the shape does not hold as many numbers, one of them is
   *     NaN, or infinite where the overflow mode wraps, or {@code format} is wider than 64 bits
   */
  public static FixedTensor quantize(FixedFormat format, float[] values, int... shape) {
    Objects.requireNonNull(values, "values");
    return quantizeFloats(format, MemorySegment.ofArray(values), shape);
  }

  /**
   * Casts numbers into a new tensor, as {@link #quantize(FixedFormat, float[], int...)} does.
   *
   * @throws IllegalArgumentException as there
   */
  public static FixedTensor quantize(FixedFormat format, double[] values, int... shape) {
    Objects.requireNonNull(values, "values");
    return quantizeDoubles(format, MemorySegment.ofArray(values), shape);
  }

  /**
   * Casts the floats in memory, at any alignment, as {@link #quantize(FixedFormat, float[],
   * int...)} does.
   *
   * @throws IllegalArgumentException as there
   */
  public static FixedTensor quantizeFloats(FixedFormat format, MemorySegment values, int... shape) {
    return Numbers.quantize(format, values, Container.FLOAT, shape);
  }

  /**
   * Casts the doubles in memory, at any alignment, as {@link #quantize(FixedFormat, float[],
   * int...)} does.
   *
   * @throws IllegalArgumentException as there
   */
  public static FixedTensor quantizeDoubles(FixedFormat format, MemorySegment values,
      int... shape) {
    return Numbers.quantize(format, values, Container.DOUBLE, shape);
  }

  /**
   * Writes the values into an array, each the nearest float, ties to even, and returns it.
   *
   * @param target one float for each word
   * @throws IllegalArgumentException if {@code target} has another length, or the format is
   *     wider than 64 bits
   */
  public float[] dequantize(float[] target) {
    Objects.requireNonNull(target, "target");
    Shapes.requireWords("target", target.length, shape, size);
    Numbers.dequantize(this, MemorySegment.ofArray(target), Container.FLOAT);
    return target;
  }

  /**
   * Writes the values into an array, each the nearest double, ties to even, and returns it.
   *
   * @throws IllegalArgumentException as {@link #dequantize(float[])}
   */
  public double[] dequantize(double[] target) {
    Objects.requireNonNull(target, "target");
    Shapes.requireWords("target", target.length, shape, size);
    Numbers.dequantize(this, MemorySegment.ofArray(target), Container.DOUBLE);
    return target;
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
   * @throws IllegalArgumentException if {@code raw} is not in the range of the format, or the
   *     memory is read-only
   */
  public void setRaw(long index, long raw) {
    Objects.checkIndex(index, size);
    RawWords.require(format, raw);
    container.write(segment, index * container.bytes(), raw);
  }

  /**
   * Returns a word as an exact value.
   *
   * @param index the place of the word in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   * @throws IllegalArgumentException if the word is not in the range of the format
   */
  public Fixed value(long index) {
    return new Fixed(format, RawWords.exact(format, raw(index)));
  }

  /**
   * Returns a word as an exact value.
   *
   * @param index one index for each dimension, outermost first
   * @throws IndexOutOfBoundsException if {@code index} lies outside the shape
   * @throws IllegalArgumentException if the word is not in the range of the format
   */
  public Fixed get(int... index) {
    Objects.requireNonNull(index, "index");
    return value(Shapes.place(shape, index));
  }

  /**
   * Returns a copy, over an array.
   *
   * @throws IllegalArgumentException if an array cannot hold so many words
   */
  public FixedTensor copy() {
    FixedTensor copy = allocate(format, shape);
    copy.segment.copyFrom(segment);
    return copy;
  }

  /**
   * Returns a view of the same words in another format: their bits, as {@code .range()} of HLS
   * code. {@link #copyAs} serves formats that a view cannot.
   *
   * @throws IllegalArgumentException if the other format has another width, or another sign where
   *     words do not fill their memory: sign-extended words are none of an unsigned format
   */
  public FixedTensor viewAs(FixedFormat other) {
    RawWords.requireWidth(format, other);
    if (other.signed() != format.signed() && other.width() != container.bits()) {
      throw new IllegalArgumentException("other is " + other + ": words of " + format
          + " are extended to " + container.bits() + " bits, which only copyAs can change");
    }
    return new FixedTensor(other, segment, shape);
  }

  /**
   * Returns a copy of the words in another format: their bits, as {@code .range()} of HLS code,
   * sign- or zero-extended anew.
   *
   * @throws IllegalArgumentException if the other format has another width, or an array cannot hold
   *     so many words
   */
  public FixedTensor copyAs(FixedFormat other) {
    RawWords.requireWidth(format, other);
    FixedTensor copy = allocate(other, shape);
    for (long i = 0; i < size; i++) {
      container.write(copy.segment, i * container.bytes(), RawWords.extended(other, raw(i)));
    }
    return copy;
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
   * @throws IllegalArgumentException if a dimension is negative, or the shape has another number of
   *     words
   */
  public FixedTensor reshape(int... newShape) {
    Objects.requireNonNull(newShape, "newShape");
    Shapes.requireWords("the tensor", size, newShape, Shapes.size(newShape));
    return new FixedTensor(format, segment, newShape.clone());
  }

  /**
   * Returns the place, in row-major order, of the first word that is not in the range of the
   * format.
   */
  public OptionalLong firstOutOfRange() {
    for (long i = 0; i < size; i++) {
      if (!RawWords.inRange(format, raw(i))) {
        return OptionalLong.of(i);
      }
    }
    return OptionalLong.empty();
  }

  /** Returns whether the other tensor has the same format, shape and words. */
  public boolean contentEquals(FixedTensor other) {
    Objects.requireNonNull(other, "other");
    return format.equals(other.format) && Arrays.equals(shape, other.shape)
        && segment.mismatch(other.segment) < 0;
  }

  /**
   * Returns format, shape and a table of the values, to 8 digits: a line for each row, a block for
   * each matrix, the middle of a long dimension left out.
   */
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
