package io.fixlane.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two-dimensional convolution of a layer, as HLS loops compute it: for each output channel and
 * place, the loop of {@link ReferenceGemm} over input channels, then kernel rows, then kernel
 * columns, each ascending. Taps outside the image are skipped.
 *
 * @param shape the sizes of image, kernel and output
 * @param stage accumulator, relu and output format
 */
public record ReferenceConv2d(Shape shape, OutputStage stage) {
  /** Makes the loop. */
  public ReferenceConv2d {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(stage, "stage");
  }

  /**
   * The sizes of a convolution.
   *
   * @param channels input channels
   * @param height image rows
   * @param width image columns
   * @param outputs output channels
   * @param kernelHeight kernel rows
   * @param kernelWidth kernel columns
   * @param stride distance of neighbouring kernel places, in both directions
   * @param padding rows and columns of zeros around the image, on every side
   */
  public record Shape(
      int channels,
      int height,
      int width,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding) {
    /**
     * Makes a shape.
     *
     * @throws IllegalArgumentException if a size is not positive, the padding is negative, or the
     *     kernel is larger than the padded image
     */
    public Shape {
      Operands.require("channels", channels, 1);
      Operands.require("height", height, 1);
      Operands.require("width", width, 1);
      Operands.require("outputs", outputs, 1);
      Operands.require("kernelHeight", kernelHeight, 1);
      Operands.require("kernelWidth", kernelWidth, 1);
      Operands.require("stride", stride, 1);
      Operands.require("padding", padding, 0);
      Operands.requirePadded("padding", padding, Math.max(height, width));
      if (kernelHeight > height + 2L * padding || kernelWidth > width + 2L * padding) {
        throw new IllegalArgumentException(
            "the kernel is " + kernelHeight + " x " + kernelWidth
                + ": it must fit in the padded image, "
                + (height + 2L * padding) + " x " + (width + 2L * padding));
      }
    }

    /** Returns the rows of the output: (height + 2 padding - kernelHeight) / stride + 1. */
    public int outputHeight() {
      return (height + 2 * padding - kernelHeight) / stride + 1;
    }

    /** Returns the columns of the output: (width + 2 padding - kernelWidth) / stride + 1. */
    public int outputWidth() {
      return (width + 2 * padding - kernelWidth) / stride + 1;
    }
  }

  /**
   * Computes the output, outputs x outputHeight x outputWidth values in row-major order.
   *
   * @param x channels x height x width values, row-major
   * @param y outputs x channels x kernelHeight x kernelWidth values, row-major
   * @param bias one value for each output channel, or null for sums that start at 0
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> run(List<Fixed> x, List<Fixed> y, @Nullable List<Fixed> bias) {
    Shape s = shape;
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Operands.requireSize("x", x, (long) s.channels * s.height * s.width);
    Operands.requireSize("y", y, (long) s.outputs * s.channels * s.kernelHeight * s.kernelWidth);
    Operands.requireSize("bias", bias, s.outputs);
    List<Fixed> z = new ArrayList<>();
    for (int o = 0; o < s.outputs; o++) {
      for (int row = 0; row < s.outputHeight(); row++) {
        for (int column = 0; column < s.outputWidth(); column++) {
          Fixed start = stage.start(bias, o);
          z.add(stage.finish(
              sum(start, x, y, o, row * s.stride - s.padding, column * s.stride - s.padding)));
        }
      }
    }
    return z;
  }

  /** Adds the products of output channel o with the kernel's corner at (top, left). */
  private Fixed sum(Fixed start, List<Fixed> x, List<Fixed> y, int o, int top, int left) {
    Shape s = shape;
    Fixed sum = start;
    for (int c = 0; c < s.channels; c++) {
      for (int i = Math.max(0, -top); i < Math.min(s.kernelHeight, s.height - top); i++) {
        for (int j = Math.max(0, -left); j < Math.min(s.kernelWidth, s.width - left); j++) {
          Fixed pixel = x.get((c * s.height + top + i) * s.width + left + j);
          Fixed weight = y.get(((o * s.channels + c) * s.kernelHeight + i) * s.kernelWidth + j);
          sum = stage.step(sum, pixel.times(weight));
        }
      }
    }
    return sum;
  }
}
