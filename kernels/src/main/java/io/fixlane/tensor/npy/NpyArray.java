package io.fixlane.tensor.npy;

import io.fixlane.files.AtomicFile;
import io.fixlane.files.Memory;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.tensor.FixedTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * An array of numpy in memory, in row-major order: integers, which may be raw words, or floats,
 * which are values.
 *
 * {@snippet class="io.fixlane.kernels.example.NpyExample" region="example"}
 */
public final class NpyArray {
  private final NpyType type;
  private final int[] shape;
  private final MemorySegment elements;

  private NpyArray(NpyType type, MemorySegment elements, int[] shape) {
    this.type = type;
    this.elements = elements;
    this.shape = shape;
  }

  /**
   * Returns the raw words of a tensor, as the narrowest integers that hold them; they are copied.
   */
  public static NpyArray of(FixedTensor words) {
    Objects.requireNonNull(words, "words");
    NpyType type = NpyType.ofWords(words.format());
    MemorySegment elements = Elements.allocate(type, words.size());
    elements.copyFrom(words.segment());
    return new NpyArray(type, elements, words.shape());
  }

  /**
   * Returns the values of a tensor, as the narrowest floats that hold each exactly.
   *
   * @throws IllegalArgumentException if doubles do not hold each value of the format
   */
  public static NpyArray ofValues(FixedTensor words) {
    Objects.requireNonNull(words, "words");
    NpyType type = NpyType.ofValues(words.format()).orElseThrow(() -> new IllegalArgumentException(
        "the format is " + words.format() + ": doubles do not hold each of its values"));
    int size = Elements.length(words.size());
    return type == NpyType.FLOAT32
        ? new NpyArray(
            type, MemorySegment.ofArray(words.dequantize(new float[size])), words.shape())
        : new NpyArray(
            type, MemorySegment.ofArray(words.dequantize(new double[size])), words.shape());
  }

  /**
   * Returns an array of floats, which are copied.
   *
   * @throws IllegalArgumentException if the shape does not hold as many
   */
  public static NpyArray of(float[] numbers, int... shape) {
    Objects.requireNonNull(numbers, "numbers");
    requireSize(numbers.length, shape);
    return new NpyArray(NpyType.FLOAT32, MemorySegment.ofArray(numbers.clone()), shape.clone());
  }

  /**
   * Returns an array of doubles, which are copied.
   *
   * @throws IllegalArgumentException if the shape does not hold as many
   */
  public static NpyArray of(double[] numbers, int... shape) {
    Objects.requireNonNull(numbers, "numbers");
    requireSize(numbers.length, shape);
    return new NpyArray(NpyType.FLOAT64, MemorySegment.ofArray(numbers.clone()), shape.clone());
  }

  private static void requireSize(int size, int[] shape) {
    Objects.requireNonNull(shape, "shape");
    long holds = NpyHeader.of(NpyType.INT8, Arrays.stream(shape).asLongStream().toArray()).size();
    if (holds != size) {
      throw new IllegalArgumentException("numbers has " + size + " numbers: shape "
          + Arrays.toString(shape) + " holds " + holds);
    }
  }

  /**
   * Reads a {@code .npy} file. Its length is held against its header before memory is taken.
   *
   * @throws NpyException if it is no such file, is damaged or truncated, its elements are of
   *     another type than numbers, or memory does not hold them
   * @throws IOException if it cannot be read
   */
  public static NpyArray read(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      return read(reader);
    }
  }

  /**
   * Reads the bytes of a {@code .npy} file.
   *
   * @throws NpyException as {@link #read(Path)} does
   */
  public static NpyArray fromBytes(byte[] file) throws NpyException {
    Objects.requireNonNull(file, "file");
    try (NpyReader reader =
        new NpyReader("the bytes", new ByteArrayInputStream(file), file.length)) {
      return read(reader);
    } catch (NpyException e) {
      throw e;
    } catch (IOException e) {
      throw new NpyException("the bytes", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads all elements of a file that is open.
   *
   * @param reader the file, of which no element has been read; it is not closed
   * @throws IllegalStateException if one has been read
   * @throws NpyException if the file is damaged, or memory does not hold the elements
   * @throws IOException if it cannot be read
   */
  public static NpyArray read(NpyReader reader) throws IOException {
    NpyHeader header = Objects.requireNonNull(reader, "reader").header();
    int copies = header.isRowMajor() ? 1 : 2;
    try {
      int[] shape = header.shape().stream().mapToInt(NpyArray::dimension).toArray();
      Memory.require("its " + header.bytes() + " bytes of elements", copies * header.bytes());
      MemorySegment elements = Elements.allocate(header.type(), header.size());
      reader.readAll(elements);
      return new NpyArray(header.type(), copies == 1
          ? elements
          : Elements.rowMajor(header.type(), header.shape(), elements), shape);
    } catch (IllegalArgumentException | Memory.ShortOfMemoryException e) {
      throw new NpyException(reader.name(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int dimension(long dimension) {
    if (dimension > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("has the dimension " + dimension
          + ": in memory it is at most " + Integer.MAX_VALUE);
    }
    return (int) dimension;
  }

  /**
   * Writes a {@code .npy} file, byte for byte as numpy does, in place of any other of its name:
   * aside first, to the disk, and then renamed.
   *
   * @throws IOException if it cannot be written; one that was there is then as before
   */
  public void write(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    AtomicFile.write(file, this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    NpyWriter writer = new NpyWriter(out, header());
    writeElements(writer);
    writer.finish();
  }

  /** Writes all elements. */
  void writeElements(NpyWriter writer) throws IOException {
    for (long i = 0; i < size(); i++) {
      writer.putBits(type.bits(elements, i));
    }
  }

  /** Returns the header of the file that {@link #write} writes. */
  NpyHeader header() {
    return NpyHeader.of(type, Arrays.stream(shape).asLongStream().toArray());
  }

  /** Returns what the elements are. */
  public NpyType type() {
    return type;
  }

  /** Returns the dimensions, outermost first, as a new array; none for a single element. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns how many elements there are. */
  public long size() {
    return elements.byteSize() / type.bytes();
  }

  /**
   * Returns an element: an integer, or the bits of a float; an unsigned integer of 64 bits as its
   * bits.
   *
   * @param index its place in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   */
  public long bits(long index) {
    return type.bits(elements, Objects.checkIndex(index, size()));
  }

  /**
   * Returns integers as the raw words of a format.
   *
   * @throws IllegalArgumentException if the elements are floats, one is no word of the format, or
   *     the format is wider than 64 bits; the message names its place in row-major order
   */
  public FixedTensor words(FixedFormat format) {
    Objects.requireNonNull(format, "format");
    if (type.isFloat()) {
      throw new IllegalArgumentException("the elements are " + typeName()
          + ": raw words are integers, and quantize casts floats");
    }
    FixedTensor words = FixedTensor.allocate(format, shape);
    for (long i = 0; i < size(); i++) {
      long bits = type.bits(elements, i);
      if (!isWord(format, bits)) {
        throw new IllegalArgumentException("element " + i + " is "
            + (type.isSigned() ? Long.toString(bits) : Long.toUnsignedString(bits))
            + ": raw words of " + format + " lie in " + format.minRaw() + ".." + format.maxRaw());
      }
      words.setRaw(i, bits);
    }
    return words;
  }

  private boolean isWord(FixedFormat format, long bits) {
    int unused = Long.SIZE - format.width();
    long kept = bits << unused;
    boolean fits = (format.signed() ? kept >> unused : kept >>> unused) == bits;
    // Of 64 bits, the highest is a sign in one type and a number in the other.
    return fits && (bits >= 0 || type.isSigned() == format.signed());
  }

  /**
   * Casts the numbers into a format: each is rounded, and overflows, as the format says.
   *
   * @throws IllegalArgumentException if one is NaN, or infinite where the overflow mode wraps, or
   *     the format is wider than 64 bits
   */
  public FixedTensor quantize(FixedFormat format) {
    Objects.requireNonNull(format, "format");
    return switch (type) {
      case FLOAT16 -> FixedTensor.quantize(format, floats(), shape);
      case FLOAT32 -> FixedTensor.quantizeFloats(format, elements, shape);
      case FLOAT64 -> FixedTensor.quantizeDoubles(format, elements, shape);
      default -> {
        int bits = 8 * type.bytes();
        FixedFormat integers =
            type.isSigned() ? FixedFormat.signed(bits, bits) : FixedFormat.unsigned(bits, bits);
        FixedTensor target = FixedTensor.allocate(format, shape);
        Cast.of(integers, format).run(words(integers), target);
        yield target;
      }
    };
  }

  /**
   * Returns the numbers as the nearest floats, in row-major order.
   *
   * @return a new array
   */
  public float[] floats() {
    float[] numbers = new float[(int) size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.nearestFloat(type.bits(elements, i));
    }
    return numbers;
  }

  /**
   * Returns the numbers as the nearest doubles, in row-major order.
   *
   * @return a new array
   */
  public double[] doubles() {
    double[] numbers = new double[(int) size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.number(type.bits(elements, i));
    }
    return numbers;
  }

  private String typeName() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Returns type and shape: {@code int8 [3, 4]}. */
  @Override
  public String toString() {
    return typeName() + " " + Arrays.toString(shape);
  }
}
