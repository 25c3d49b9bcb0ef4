package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.words.Formats;
import java.util.List;
import java.util.Objects;

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
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(shape, "shape");
    Formats.require(format);
    if (shape.isEmpty() || shape.size() > MAX_RANK) {
      throw new IllegalArgumentException("the shape is " + shape + ": a sample must have 1 to "
          + MAX_RANK + " dimensions");
    }
    long bytes = Formats.wordBytes(format);
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

  /** Returns the words of a sample. */
  public int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns the last dimension: the channels, or features. */
  public int channels() {
    return shape.getLast();
  }

  /** Returns the dimensions, as a new array. */
  public int[] dimensions() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns format and shape: {@code ap_fixed<8,3> [28, 28, 1]}. */
  @Override
  public String toString() {
    return format + " " + shape;
  }
}
