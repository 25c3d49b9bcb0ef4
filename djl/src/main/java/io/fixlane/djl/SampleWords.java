package io.fixlane.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of arrays as words of samples, cast as in training. */
final class SampleWords {
  private SampleWords() {}

  /**
   * Returns the words of a batch.
   *
   * @param batch numbers in the given layout
   * @param type what a sample is
   * @throws IllegalArgumentException if the array holds no numbers that doubles hold, one of them
   *     is NaN, or infinite where the format wraps
   */
  static FixedTensor of(NDArray batch, ImageLayout layout, TensorType type) {
    int[] sample = type.dimensions();
    int[] shape = new int[sample.length + 1];
    shape[0] = Math.toIntExact(batch.getShape().get(0));
    System.arraycopy(sample, 0, shape, 1, sample.length);
    boolean turned = layout == ImageLayout.NCHW && type.channels() > 1;
    if (batch.getDataType() == DataType.FLOAT32) {
      return turned
          ? FixedTensor.quantize(type.format(), ImageLayout.channelsLast(
              batch.toFloatArray(), sample[0] * sample[1], sample[2]), shape)
          : quantize(batch, type, shape);
    }
    double[] numbers = Elements.doubles(batch);
    return FixedTensor.quantize(type.format(), turned
        ? ImageLayout.channelsLast(numbers, sample[0] * sample[1], sample[2])
        : numbers, shape);
  }

  /** Casts floats where they lie, if they lie in the machine's byte order. */
  private static FixedTensor quantize(NDArray batch, TensorType type, int[] shape) {
    ByteBuffer data = batch.toByteBuffer();
    return data.order() == ByteOrder.nativeOrder()
        ? FixedTensor.quantizeFloats(type.format(), MemorySegment.ofBuffer(data), shape)
        : FixedTensor.quantize(type.format(), batch.toFloatArray(), shape);
  }
}
