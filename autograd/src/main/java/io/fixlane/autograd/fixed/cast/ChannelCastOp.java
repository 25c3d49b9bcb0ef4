package io.fixlane.autograd.fixed.cast;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cast of each channel, which come last, into a format of its own, with the gradients of
 * {@link CastOp}. The second input, if there is one, are the numbers that round to the I of the
 * channels, and the third those that round to their W, of which 0 makes all numbers of a channel 0.
 * It is for constants: a channel after the other, on one thread.
 */
public final class ChannelCastOp implements Op {
  private final FixedFormat common;
  private final List<FixedFormat> formats;
  private final BitSet empty;
  private final boolean everywhere;

  /**
   * Makes the operation.
   *
   * @param common a format that has the values of all
   * @param formats those of the channels
   * @param empty the channels of no bits, whose numbers become 0; their gradients are those of one
   * @param everywhere whether gradients pass where the cast saturates too
   */
  public ChannelCastOp(FixedFormat common, List<FixedFormat> formats, BitSet empty,
      boolean everywhere) {
    this.common = Tensor.requireExact(common);
    this.formats = formats;
    this.empty = empty;
    this.everywhere = everywhere;
  }

  @Override
  public String name() {
    return "FixedCast";
  }

  @Override
  public int[] shape(Tensor... inputs) {
    int channels = formats.size();
    require(
        inputs.length >= 1 && inputs.length <= 3
            && Arrays.stream(inputs).skip(1).allMatch(points -> points.size() == channels)
            && inputs[0].rank() > 0 && inputs[0].dimension(-1) == channels,
        inputs, "it takes numbers of " + channels + " channels, which come last");
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    float[] y = tape.floats(x.length);
    for (int c = 0; c < formats.size(); c++) {
      float[] numbers = Channels.column(x, c, formats.size());
      if (empty.get(c)) {
        Arrays.fill(numbers, 0);
      } else {
        CastPlan.of(formats.get(c)).run(numbers, numbers, 0, numbers.length);
      }
      Channels.setColumn(numbers, y, c, formats.size());
    }
    return y;
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return common;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    int channels = formats.size();
    float[] dx = tape.floats(g.length);
    float[] di = tape.floats(channels);
    float[] dw = tape.floats(channels);
    for (int c = 0; c < channels; c++) {
      float[] x = Channels.column(inputs[0].data(), c, channels);
      float[] q = Channels.column(output.data(), c, channels);
      float[] gradient = Channels.column(g, c, channels);
      float[] m = new float[x.length];
      CastMask mask = new CastMask(formats.get(c), everywhere);
      mask.of(x, m, x.length);
      FormatGradient sum = new FormatGradient(formats.get(c), 1, x.length, inputs.length > 2);
      sum.add(0, gradient, q, m, x, x.length);
      di[c] = sum.integerBits();
      dw[c] = sum.width();
      if (!mask.passesAll()) {
        Parts.multiply(m, gradient, m.length);
        gradient = m;
      }
      Channels.setColumn(gradient, dx, c, channels);
    }
    return new float[][] {inputs[0].requiresGrad() ? dx : null, di, dw};
  }
}
