package io.fixlane.onnx.read.numbers;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import org.jspecify.annotations.Nullable;

/**
 * Quantized numbers q, as ONNX itself has them: each stands for scale (q - zero).
 *
 * @param scale the scale
 * @param zero the integer that stands for 0
 * @param least the smallest integer
 * @param most the largest
 */
public record Linear(float scale, long zero, long least, long most) {
  private static final long LARGEST_BYTE = 255;

  /**
   * Reads a scale and a zero, whose type says the range; without a zero they are bytes from 0 on.
   *
   * @throws OnnxException if there are several
   */
  public static Linear of(ModelNode node, ModelTensor scale, @Nullable ModelTensor zero)
      throws OnnxException {
    float[] scales = Quantizer.scale(node, scale).floats();
    if (scales.length != 1 || zero != null && zero.size() != 1) {
      throw node.refuse("its scale is " + scale
          + ": what is computed must have one scale, and one zero");
    }
    return zero == null
        ? new Linear(scales[0], 0, 0, LARGEST_BYTE)
        : new Linear(scales[0], zero.longs()[0], zero.least(), zero.most());
  }

  /** Returns the same numbers within other bounds. */
  public Linear clipped(long low, long high) {
    return new Linear(scale, zero, Math.max(least, low), Math.min(most, high));
  }

  /** Returns whether words can be q - zero: whether a format has that range. */
  boolean isCentered() {
    return range(least - zero, most - zero) != null;
  }

  private boolean isPowerOfTwo() {
    return isCentered() && Quantizer.isPowerOfTwo(scale);
  }

  /** Returns what words stand for: those of the format. */
  public Meaning meaning() {
    return isPowerOfTwo()
        ? Meaning.EXACT
        : new Meaning(new double[] {scale}, isCentered() ? 0 : zero, false);
  }

  /**
   * Returns the format of words: of q - zero where a format has that range, with the scale as their
   * step where it is a power of two; else of q.
   *
   * @throws OnnxException if no format has the range
   */
  public FixedFormat format(ModelNode node) throws OnnxException {
    FixedFormat integers =
        isCentered() ? range(least - zero, most - zero) : range(least, most);
    if (integers == null) {
      throw node.refuse("its numbers lie in " + least + ".." + most + ", and " + zero
          + " stands for 0: no format saturates there");
    }
    return isPowerOfTwo()
        ? integers.withIntegerBits(integers.width() + Math.getExponent(scale))
        : integers;
  }

  /** Returns the format that saturates to two bounds; null where there is none. */
  private static @Nullable FixedFormat range(long low, long high) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(high);
    if (high < 1 || high + 1 != 1L << bits || low != 0 && low != -high && low != ~high) {
      return null;
    }
    OverflowMode overflow = low == -high ? OverflowMode.AP_SAT_SYM : OverflowMode.AP_SAT;
    int width = low == 0 ? bits : bits + 1;
    return new FixedFormat(low != 0, width, width, QuantizationMode.AP_RND_CONV, overflow, 0);
  }
}
