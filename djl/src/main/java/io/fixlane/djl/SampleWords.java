package io.fixlane.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.fixlane.kernels.Cast;
import io.fixlane.network.Network;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of arrays as words of samples, cast as in training, and words of results as floats. */
final class SampleWords {
  private final TensorType type;
  private final Cast floats;
  private final Cast doubles;
  private final Cast values;

  /** Plans the casts into the words that a network takes, and of those that it gives. */
  SampleWords(Network network) {
    this.type = network.inputType();
    this.floats = Cast.fromFloat(type.format());
    this.doubles = Cast.fromDouble(type.format());
    this.values = Cast.toFloat(network.resultFormat());
  }

  /**
   * Returns the words of a batch.
   *
   * @param batch numbers in the given layout
   * @throws IllegalArgumentException if the array holds no numbers that doubles hold, one of them
   *     is NaN, or infinite where the format wraps
   */
  FixedTensor of(NDArray batch, ImageLayout layout) {
    int[] sample = type.dimensions();
    int[] shape = new int[sample.length + 1];
    shape[0] = Math.toIntExact(batch.getShape().get(0));
    System.arraycopy(sample, 0, shape, 1, sample.length);
    FixedTensor words = FixedTensor.allocate(type.format(), shape);
    boolean turned = layout == ImageLayout.NCHW && type.channels() > 1;
    if (batch.getDataType() == DataType.FLOAT32) {
      cast(floats, turned
          ? MemorySegment.ofArray(ImageLayout.channelsLast(
              batch.toFloatArray(), sample[0] * sample[1], sample[2]))
          : floats(batch), words);
    } else {
      double[] numbers = Elements.doubles(batch);
      cast(doubles, MemorySegment.ofArray(turned
          ? ImageLayout.channelsLast(numbers, sample[0] * sample[1], sample[2])
          : numbers), words);
    }
    return words;
  }

  /** Returns floats where they lie, if they lie in the machine's byte order. */
  private static MemorySegment floats(NDArray batch) {
    ByteBuffer data = batch.toByteBuffer();
    return data.order() == ByteOrder.nativeOrder()
        ? MemorySegment.ofBuffer(data)
        : MemorySegment.ofArray(batch.toFloatArray());
  }

  private static void cast(Cast plan, MemorySegment numbers, FixedTensor words) {
    plan.run(numbers, 0, words.segment(), 0, words.size());
  }

  /** Returns the values of words, each the nearest float. */
  float[] values(FixedTensor words) {
    float[] floats = new float[Math.toIntExact(words.size())];
    values.run(words.segment(), 0, MemorySegment.ofArray(floats), 0, floats.length);
    return floats;
  }
}
