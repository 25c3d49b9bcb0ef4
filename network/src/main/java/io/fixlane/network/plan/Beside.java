package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.words.Formats;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of two branches side by side: in every pixel those of the second behind those of the
 * first.
 *
 * @param result the format that both have
 * @param first the channels of the first
 * @param second the channels of the second
 */
record Beside(FixedFormat result, int first, int second) implements Meeting {
  /**
   * Returns what two branches give.
   *
   * @throws IllegalArgumentException if they differ in more than the last dimension, or a result
   *     would be larger than an array
   */
  static TensorType type(TensorType a, TensorType b, FixedFormat result) {
    int last = a.shape().size() - 1;
    if (b.shape().size() - 1 != last
        || !a.shape().subList(0, last).equals(b.shape().subList(0, last))) {
      throw new IllegalArgumentException("its first branch gives " + a + " and its second " + b
          + ": the shapes must be the same but for the last dimension");
    }
    List<Integer> shape = new ArrayList<>(a.shape());
    shape.set(last, Types.saturated((long) a.channels() + b.channels()));
    return new TensorType(result, shape);
  }

  static Beside of(TensorType a, TensorType b, FixedFormat result) {
    return new Beside(result, a.channels(), b.channels());
  }

  /** Copies words, all of which have the format of the result. */
  @Override
  public void run(FixedTensor a, FixedTensor b, FixedTensor target) {
    long word = Formats.wordBytes(result);
    long all = word * (first + second);
    copy(a, word * first, target, 0, all);
    copy(b, word * second, target, word * first, all);
  }

  private static void copy(FixedTensor from, long bytes, FixedTensor to, long at, long stride) {
    long size = from.segment().byteSize();
    for (long pixel = 0; pixel * bytes < size; pixel++) {
      MemorySegment.copy(
          from.segment(), pixel * bytes, to.segment(), at + pixel * stride, bytes);
    }
  }

  @Override
  public String explain() {
    return "copies " + first + " and " + second + " words of " + result
        + ", cast before where they have another format";
  }
}
