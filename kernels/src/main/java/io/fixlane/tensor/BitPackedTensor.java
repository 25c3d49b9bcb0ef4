package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.BitPacking;
import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * Fixed-point words of less than 8 bits, in row-major order without gaps: how weights are stored
 * and shipped.
 *
 * <p>The bytes are the same on every machine. Bit b of the stream is bit b mod 8, counted from the
 * lowest, of byte b / 8. Word i is the W bits from i x W on, its lowest bit first, so that a word
 * may reach from the top of one byte into the bottom of the next. With W = 3, and a letter for each
 * word:
 *
 * <pre>
 *   byte   0         1         2
 *   bits   ccbbbaaa  feeedddc  hhhgggff
 * </pre>
 *
 * <p>The bits after the last word, up to a whole byte, are written as 0 and not read. A tensor of n
 * words takes ceil(n x W / 8) bytes.
 *
 * {@snippet class="io.fixlane.kernels.example.FixedTensorExample" region="packed"}
 */
public final class BitPackedTensor {
  private final FixedFormat format;
  private final int[] shape;
  private final long size;
  private final MemorySegment bytes;

  private BitPackedTensor(FixedFormat format, MemorySegment bytes, int[] shape, long size) {
    this.format = format;
    this.bytes = bytes;
    this.shape = shape;
    this.size = size;
  }

  /**
   * Packs the words of a tensor, of which the low W bits are taken, into a new array.
   *
   * @throws IllegalArgumentException if the format is wider than 7 bits, or an array cannot hold
   *     the bytes
   */
  public static BitPackedTensor pack(FixedTensor tensor) {
    Objects.requireNonNull(tensor, "tensor");
    long byteSize = byteSize(tensor.format(), tensor.size());
    MemorySegment bytes = HeapMemory.zeros(Container.BYTE, byteSize);
    BitPacking.pack(tensor.segment(), bytes, tensor.size(), tensor.format().width());
    return new BitPackedTensor(tensor.format(), bytes, tensor.shape(), tensor.size());
  }

  /**
   * Returns a view of packed bytes, which are not copied.
   *
   * @throws IllegalArgumentException if the format is wider than 7 bits, a dimension is negative,
   *     or the array has not exactly the bytes that the shape takes
   */
  public static BitPackedTensor of(FixedFormat format, byte[] bytes, int... shape) {
    Objects.requireNonNull(bytes, "bytes");
    return of(format, MemorySegment.ofArray(bytes), shape);
  }

  /**
   * Returns a view of packed bytes, which are not copied: of a mapped file, for example.
   *
   * @throws IllegalArgumentException if the format is wider than 7 bits, a dimension is negative,
   *     or the memory has not exactly the bytes that the shape takes
   */
  public static BitPackedTensor of(FixedFormat format, MemorySegment bytes, int... shape) {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(shape, "shape");
    long size = Shapes.size(shape);
    long byteSize = byteSize(format, size);
    if (bytes.byteSize() != byteSize) {
      throw new IllegalArgumentException(
          "bytes has " + bytes.byteSize() + " bytes: shape " + Arrays.toString(shape) + " of "
              + format + " takes "
              + byteSize);
    }
    return new BitPackedTensor(format, bytes, shape.clone(), size);
  }

  private static long byteSize(FixedFormat format, long size) {
    if (format.width() > 7) {
      throw new IllegalArgumentException(
          "format is " + format
              + ": bit-packed words have at most 7 bits, wider ones lie in a FixedTensor");
    }
    return BitPacking.byteSize(size, format.width());
  }

  /** Returns the format of the words. */
  public FixedFormat format() {
    return format;
  }

  /** Returns the dimensions, outermost first, as a new array. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the number of words: the product of the dimensions. */
  public long size() {
    return size;
  }

  /**
   * Returns the memory of exactly the packed bytes, shared with this tensor; its size is ceil(size
   * x W / 8).
   */
  public MemorySegment segment() {
    return bytes;
  }

  /**
   * Returns a raw word, sign- or zero-extended.
   *
   * @param index the place of the word in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   */
  public long raw(long index) {
    int width = format.width();
    int bit = (int) (Objects.checkIndex(index, size) % 8) * width;
    long place = index / 8 * width + bit / 8;
    int top = bit % 8 + width;
    int low = bytes.get(ValueLayout.JAVA_BYTE, place) & 0xff;
    int high = top > 8 ? bytes.get(ValueLayout.JAVA_BYTE, place + 1) << 8 : 0;
    int aligned = (low | high) << (32 - top);
    return format.signed() ? aligned >> (32 - width) : aligned >>> (32 - width);
  }

  /**
   * Unpacks all words into a new tensor, over an array.
   *
   * @throws IllegalArgumentException if an array cannot hold as many words
   */
  public FixedTensor unpack() {
    FixedTensor words = FixedTensor.allocate(format, shape);
    unpack(words);
    return words;
  }

  /**
   * Unpacks all words into a tensor of the same format and shape.
   *
   * @throws IllegalArgumentException if {@code target} has another format or shape, shares memory
   *     with the packed bytes, or is read-only
   */
  public void unpack(FixedTensor target) {
    Objects.requireNonNull(target, "target");
    Shapes.requireSame("target", target.format(), target.shape(), format, shape);
    if (bytes.asOverlappingSlice(target.segment()).isPresent()) {
      throw new IllegalArgumentException(
          "target shares memory with the packed bytes: it must have its own");
    }
    BitPacking.unpack(bytes, target.segment(), size, format.width(), format.signed());
  }

  /** Returns format, shape and number of bytes. */
  @Override
  public String toString() {
    return format + " " + Arrays.toString(shape) + " in " + bytes.byteSize() + " bytes";
  }
}
