package io.fixlane.network.plan;

import io.fixlane.network.layer.TensorType;
import io.fixlane.network.words.Formats;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Batches: samples of a type, one after the other. */
public final class Samples {
  private Samples() {}

  /** Returns the bytes of a sample in memory. */
  static long bytes(TensorType type) {
    return (long) type.size() * Formats.wordBytes(type.format());
  }

  /** Returns the dimensions of so many samples. */
  public static int[] shape(TensorType type, int samples) {
    int[] dimensions = type.dimensions();
    int[] shape = new int[dimensions.length + 1];
    shape[0] = samples;
    System.arraycopy(dimensions, 0, shape, 1, dimensions.length);
    return shape;
  }

  /** Returns a view of samples that lie at the start of memory. */
  static FixedTensor view(TensorType type, MemorySegment memory, int samples) {
    return FixedTensor.of(
        type.format(), memory.asSlice(0, samples * bytes(type)), shape(type, samples));
  }

  /**
   * Returns the number of samples of a batch.
   *
   * @throws IllegalArgumentException if they are others
   */
  public static int count(TensorType type, FixedTensor batch) {
    if (!batch.format().equals(type.format())) {
      throw new IllegalArgumentException(
          "batch has the format " + batch.format() + ": it must be " + type.format());
    }
    if (batch.rank() == 0
        || !Arrays.equals(batch.shape(), shape(type, batch.dimension(0)))) {
      throw new IllegalArgumentException("batch has the shape " + Arrays.toString(batch.shape())
          + ": it must be samples of " + type.shape());
    }
    return batch.dimension(0);
  }

  /**
   * Requires a tensor to take so many samples.
   *
   * @throws IllegalArgumentException if it has another format or shape, or is read-only
   */
  public static void requireTarget(TensorType type, FixedTensor target, int samples) {
    if (!target.format().equals(type.format())) {
      throw new IllegalArgumentException(
          "target has the format " + target.format() + ": it must be " + type.format());
    }
    if (!Arrays.equals(target.shape(), shape(type, samples))) {
      throw new IllegalArgumentException("target has the shape " + Arrays.toString(target.shape())
          + ": it must be " + Arrays.toString(shape(type, samples)));
    }
    if (target.segment().isReadOnly()) {
      throw new IllegalArgumentException("target is read-only: it must be writable");
    }
  }
}
