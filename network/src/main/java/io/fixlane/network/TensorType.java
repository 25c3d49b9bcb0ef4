package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.shape.ImageShape;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * What one sample is at a place in a network.
 *
 * {@snippet class="io.fixlane.network.LayerExample" region="types"}
 *
 * @param format the format of its words
 * @param shape its dimensions: features, or rows x columns x channels
 */
public record TensorType(FixedFormat format, List<Integer> shape) {
  private static final int MAX_RANK = 8;

  /** What an array holds for sure. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /**
   * Makes the type.
   *
   * @throws IllegalArgumentException if networks do not have the format, there are not 1 to 8
   *     dimensions, one is not positive, or a sample takes more bytes than an array holds
   */
  public TensorType {
    Formats.require(format);
    if (shape.isEmpty() || shape.size() > MAX_RANK) {
      throw new IllegalArgumentException("the shape is " + shape + ": a sample must have 1 to "
          + MAX_RANK + " dimensions");
    }
    long bytes = wordBytes(format);
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "the shape is " + shape + ": a dimension must be positive");
      }
      bytes *= dimension;
      if (bytes > MAX_BYTES) {
        throw new IllegalArgumentException("the shape is " + shape + " of " + format
            + ": a sample must take at most " + MAX_BYTES + " bytes");
      }
    }
    shape = List.copyOf(shape);
  }

  static TensorType of(FixedFormat format, int... shape) {
    return new TensorType(format, Arrays.stream(shape).boxed().toList());
  }

  /** Returns the words of a sample. */
  public int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns the bytes of a sample in memory. */
  long bytes() {
    return (long) size() * wordBytes(format);
  }

  /** Returns the last dimension: the channels, or features. */
  public int channels() {
    return shape.getLast();
  }

  TensorType with(FixedFormat other) {
    return new TensorType(other, shape);
  }

  /** Returns the dimensions, as a new array. */
  public int[] dimensions() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the dimensions of so many samples. */
  int[] batch(int samples) {
    int[] batch = new int[shape.size() + 1];
    batch[0] = samples;
    System.arraycopy(dimensions(), 0, batch, 1, shape.size());
    return batch;
  }

  /** Returns a view of samples that lie at the start of memory. */
  FixedTensor view(MemorySegment memory, int samples) {
    return FixedTensor.of(format, memory.asSlice(0, samples * bytes()), batch(samples));
  }

  /** Returns the type of an image. */
  static TensorType of(FixedFormat format, ImageShape image) {
    return of(format, image.height(), image.width(), image.channels());
  }

  /**
   * Returns the number of samples of a batch.
   *
   * @throws IllegalArgumentException if they are others
   */
  int samples(FixedTensor batch) {
    if (!batch.format().equals(format)) {
      throw new IllegalArgumentException(
          "batch has the format " + batch.format() + ": it must be " + format);
    }
    if (batch.rank() == 0 || !Arrays.equals(batch.shape(), batch(batch.dimension(0)))) {
      throw new IllegalArgumentException("batch has the shape " + Arrays.toString(batch.shape())
          + ": it must be samples of " + shape);
    }
    return batch.dimension(0);
  }

  /**
   * Requires a tensor to take so many samples.
   *
   * @throws IllegalArgumentException if it has another format or shape, or is read-only
   */
  void requireTarget(FixedTensor target, int samples) {
    if (!target.format().equals(format)) {
      throw new IllegalArgumentException(
          "target has the format " + target.format() + ": it must be " + format);
    }
    if (!Arrays.equals(target.shape(), batch(samples))) {
      throw new IllegalArgumentException("target has the shape " + Arrays.toString(target.shape())
          + ": it must be " + Arrays.toString(batch(samples)));
    }
    if (target.segment().isReadOnly()) {
      throw new IllegalArgumentException("target is read-only: it must be writable");
    }
  }

  /**
   * Returns the sizes of an image.
   *
   * @throws IllegalArgumentException if a sample has not three dimensions
   */
  ImageShape image() {
    if (shape.size() != 3) {
      throw new IllegalArgumentException(
          "its input has the shape " + shape + ": it must be rows x columns x channels");
    }
    return ImageShape.of(shape.get(0), shape.get(1), shape.get(2));
  }

  /** Returns the bytes of a word in memory: the narrowest of 1, 2, 4 and 8 that hold its bits. */
  static int wordBytes(FixedFormat format) {
    return Math.max(8, Integer.highestOneBit(2 * format.width() - 1)) / 8;
  }

  /** Returns format and shape: {@code ap_fixed<8,3> [28, 28, 1]}. */
  @Override
  public String toString() {
    return format + " " + shape;
  }
}
