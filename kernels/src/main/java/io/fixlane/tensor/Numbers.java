package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Floats and doubles in memory, cast into words and out of them. */
final class Numbers {
  private Numbers() {}

  /**
   * Returns a tensor of what numbers are cast into.
   *
   * @throws IllegalArgumentException if the shape does not hold as many numbers, one of them is
   *     NaN, or infinite where the overflow mode wraps, or {@code format} is wider than 64 bits
   */
  static FixedTensor quantize(
      FixedFormat format, MemorySegment values, Container number, int[] shape) {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(shape, "shape");
    Shapes.requireBytes("values", values.byteSize(), shape, number.bytes());
    FixedTensor target = FixedTensor.allocate(format, shape);
    long done = Loops.fromFloat(number, format, false).compute(
        values, 0, values, 0, values, 0, target.segment(), 0, target.size(), null);
    if (done < target.size()) {
      throw new IllegalArgumentException(
          "values has " + number.number(values, done * number.bytes())
              + " at " + done + ": it has no meaning in " + format);
    }
    return target;
  }

  /** Writes the numbers nearest to words. */
  static void dequantize(FixedTensor words, MemorySegment target, Container number) {
    MemorySegment segment = words.segment();
    Loops.toFloat(words.format(), number).compute(
        segment, 0, segment, 0, segment, 0, target, 0, words.size(), null);
  }
}
