package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import org.jspecify.annotations.Nullable;

/** Layers one exact scalar at a time, by the reference's arithmetic: the judge. */
final class ReferenceLayers {
  private ReferenceLayers() {}

  static Fixed word(Tensor x, int index) {
    FixedFormat format = x.format();
    return new Fixed(format, Fixed.of(x.data()[index]).cast(
        FixedFormat.signed(64, 64 - format.fractionBits())).raw());
  }

  /** acc = bias; acc += x w for each pair; the cast of acc, or of the larger of it and 0. */
  private static final class Accumulator {
    private final SumFormats formats;
    private final @Nullable FixedFormat format;
    private Fixed sum;

    Accumulator(SumFormats formats, @Nullable Tensor bias, int output) {
      this.formats = formats;
      this.format = formats.accumulator();
      this.sum = bias == null ? Fixed.ofRaw(FixedFormat.signed(1, 1), 0) : word(bias, output);
      this.sum = format == null ? sum : sum.cast(format);
    }

    void add(Fixed a, Fixed b) {
      Fixed next = sum.plus(a.times(b));
      sum = format == null ? next : next.cast(format);
    }

    float result() {
      boolean relu = formats.activation() == Activation.RELU && sum.raw().signum() < 0;
      return (relu ? Fixed.ofRaw(sum.format(), 0) : sum).cast(formats.output().format()).toFloat();
    }
  }

  /** Rows times a matrix of inputs x outputs. */
  static float[] linear(Tensor x, Tensor w, @Nullable Tensor bias,
      SumFormats formats) {
    int inputs = w.dimension(0);
    int outputs = w.dimension(1);
    float[] y = new float[x.size() / inputs * outputs];
    for (int i = 0; i < y.length; i++) {
      Accumulator sum = new Accumulator(formats, bias, i % outputs);
      for (int k = 0; k < inputs; k++) {
        sum.add(word(x, i / outputs * inputs + k), word(w, k * outputs + i % outputs));
      }
      y[i] = sum.result();
    }
    return y;
  }

  /** A convolution with a kernel of height x width x channels of a group x outputs. */
  static float[] conv2d(Tensor x, Tensor w, Window window, int groups, @Nullable Tensor bias,
      SumFormats formats) {
    int height = x.dimension(1);
    int width = x.dimension(2);
    int channels = x.dimension(3);
    int depth = channels / groups;
    int outputs = w.size() / (window.taps() * depth);
    int rows = window.outputHeight(height);
    int columns = window.outputWidth(width);
    float[] y = new float[x.dimension(0) * rows * columns * outputs];
    for (int i = 0; i < y.length; i++) {
      int output = i % outputs;
      int left = i / outputs % columns * window.strideX() - window.paddingLeft();
      int top = i / outputs / columns % rows * window.strideY() - window.paddingTop();
      int image = i / outputs / columns / rows;
      Accumulator sum = new Accumulator(formats, bias, output);
      for (int c = 0; c < depth; c++) {
        for (int tap = 0; tap < window.taps(); tap++) {
          int row = top + tap / window.kernelWidth() * window.dilationY();
          int column = left + tap % window.kernelWidth() * window.dilationX();
          if (row >= 0 && row < height && column >= 0 && column < width) {
            int channel = output / (outputs / groups) * depth + c;
            sum.add(word(x, ((image * height + row) * width + column) * channels + channel),
                word(w, (tap * depth + c) * outputs + output));
          }
        }
      }
      y[i] = sum.result();
    }
    return y;
  }
}
