package io.fixlane.reference;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two-dimensional convolution of a layer, as HLS loops compute it: for each output channel and
 * place, the loop of {@link ReferenceGemm} over the channels of its group, then kernel rows, then
 * kernel columns, each ascending. Taps outside the image are skipped.
 *
 * @param image the sizes and the layout of the image
 * @param outputs output channels
 * @param window how the kernel moves
 * @param groups into how many groups channels and outputs are divided: each output takes the
 *     channels of its own group
 * @param stage accumulator, relu and output format
 */
public record ReferenceConv2d(
    ImageShape image, int outputs, Window window, int groups, ReferenceStage stage) {
  /**
   * Makes the loop.
   *
   * @throws IllegalArgumentException if a number is not positive, the groups do not divide channels
   *     and outputs, or the image is one that {@link Window#output} refuses
   */
  public ReferenceConv2d {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(stage, "stage");
    Operands.require("outputs", outputs, 1);
    Operands.require("groups", groups, 1);
    if (image.channels() % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException("groups is " + groups + ": it must divide the channels, "
          + image.channels() + ", and the outputs, " + outputs);
    }
    window.output(image).withChannels(outputs);
  }

  /** Returns the sizes of the result, in the layout of the image. */
  public ImageShape output() {
    return window.output(image).withChannels(outputs);
  }

  /** Returns the channels of a group. */
  private int channels() {
    return image.channels() / groups;
  }

  /**
   * Computes the result, in the layout of the image, from sums that start at 0.
   *
   * @param x the words of an image
   * @param y outputs x channels of a group x kernelHeight x kernelWidth values, row-major
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> run(List<Fixed> x, List<Fixed> y) {
    return run(x, y, null);
  }

  /**
   * Computes the result, in the layout of the image.
   *
   * @param x the words of an image
   * @param y outputs x channels of a group x kernelHeight x kernelWidth values, row-major
   * @param bias one value for each output channel, or null for sums that start at 0
   * @throws IllegalArgumentException if an operand has another number of values
   */
  public List<Fixed> run(List<Fixed> x, List<Fixed> y, @Nullable List<Fixed> bias) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Operands.requireSize("x", x, image.size());
    Operands.requireSize("y", y, (long) outputs * channels() * window.taps());
    Operands.requireSize("bias", bias, outputs);
    ImageShape output = output();
    Fixed[] z = new Fixed[output.size()];
    for (int o = 0; o < outputs; o++) {
      for (int row = 0; row < output.height(); row++) {
        for (int column = 0; column < output.width(); column++) {
          Fixed sum = sum(stage.start(bias, o), x, y, o, row, column);
          z[output.index(row, column, o)] = stage.finish(sum);
        }
      }
    }
    return Arrays.asList(z);
  }

  /** Adds the products of output channel o at a place of the kernel. */
  private Fixed sum(Fixed start, List<Fixed> x, List<Fixed> y, int o, int row, int column) {
    Fixed sum = start;
    int first = o / (outputs / groups) * channels();
    int tap = o * channels() * window.taps();
    for (int c = first; c < first + channels(); c++) {
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++, tap++) {
          int sourceRow = window.row(row, i);
          int sourceColumn = window.column(column, j);
          if (image.contains(sourceRow, sourceColumn)) {
            Fixed pixel = x.get(image.index(sourceRow, sourceColumn, c));
            sum = stage.step(sum, pixel.times(y.get(tap)));
          }
        }
      }
    }
    return sum;
  }
}
