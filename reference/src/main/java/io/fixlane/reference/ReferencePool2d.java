package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Two-dimensional pooling: for each channel and place of the kernel, the largest of the values
 * under it, or their average. Values outside the image are skipped.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="pool"}
 *
 * @param channels channels of the image and of the output
 * @param height image rows
 * @param width image columns
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param strideY rows from one place of the kernel to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows above and below the image that the kernel reaches
 * @param paddingX columns left and right of it
 */
public record ReferencePool2d(
    int channels, int height, int width, int kernelHeight, int kernelWidth, int strideY,
    int strideX, int paddingY, int paddingX) {
  /**
   * Makes a pooling.
   *
   * @throws IllegalArgumentException if a size is not positive, the padding is negative or not
   *     smaller than the kernel, the kernel is larger than the padded image, or that has more than
   *     2,147,483,647 rows or columns
   */
  public ReferencePool2d {
    Operands.require("channels", channels, 1);
    Operands.require("height", height, 1);
    Operands.require("width", width, 1);
    Operands.require("kernelHeight", kernelHeight, 1);
    Operands.require("kernelWidth", kernelWidth, 1);
    Operands.require("strideY", strideY, 1);
    Operands.require("strideX", strideX, 1);
    Operands.require("paddingY", paddingY, 0);
    Operands.require("paddingX", paddingX, 0);
    if (paddingY >= kernelHeight || paddingX >= kernelWidth) {
      throw new IllegalArgumentException(
          "the padding is " + paddingY + " x " + paddingX + ": it must be smaller than the kernel, "
              + kernelHeight + " x " + kernelWidth);
    }
    Operands.requirePadded("paddingY", paddingY, height);
    Operands.requirePadded("paddingX", paddingX, width);
    if (kernelHeight > height + 2L * paddingY || kernelWidth > width + 2L * paddingX) {
      throw new IllegalArgumentException(
          "the kernel is " + kernelHeight + " x " + kernelWidth
              + ": it must fit in the padded image, " + (height + 2L * paddingY) + " x "
              + (width + 2L * paddingX));
    }
  }

  /** Returns the rows of the output: (height + 2 paddingY - kernelHeight) / strideY + 1. */
  public int outputHeight() {
    return (height + 2 * paddingY - kernelHeight) / strideY + 1;
  }

  /** Returns the columns of the output: (width + 2 paddingX - kernelWidth) / strideX + 1. */
  public int outputWidth() {
    return (width + 2 * paddingX - kernelWidth) / strideX + 1;
  }

  /**
   * Returns the largest value at each place, {@code m = x; if (x > m) m = x; ...}: channels x
   * outputHeight x outputWidth values in row-major order.
   *
   * @param x channels x height x width values of one format, row-major
   * @throws IllegalArgumentException if {@code x} has another number of values
   */
  public List<Fixed> max(List<Fixed> x) {
    return pool(x, values -> values.stream().max(Fixed::compareTo).orElseThrow());
  }

  /**
   * Returns the average at each place: the exact sum of the values divided by their number, a
   * fraction that is cast once. The division is exact, so that nothing is rounded twice; the
   * operator / of HLS truncates its quotient, which then is cast.
   *
   * @param x channels x height x width values of one format, row-major
   * @param result the format of the results
   * @throws IllegalArgumentException if {@code x} has another number of values, or {@code result}
   *     is one that {@link ReferenceCast#ofFraction} refuses
   */
  public List<Fixed> average(List<Fixed> x, FixedFormat result) {
    Objects.requireNonNull(result, "result");
    return pool(x, values -> average(values, values.size(), result));
  }

  /**
   * Returns the average at each place with padding that counts as zeros: each sum is divided by the
   * size of the kernel.
   *
   * @param x channels x height x width values of one format, row-major
   * @param result the format of the results
   * @throws IllegalArgumentException as {@link #average(List, FixedFormat)}
   */
  public List<Fixed> averageOfPadded(List<Fixed> x, FixedFormat result) {
    Objects.requireNonNull(result, "result");
    return pool(x, values -> average(values, (long) kernelHeight * kernelWidth, result));
  }

  private static Fixed average(List<Fixed> values, long count, FixedFormat result) {
    int fractionBits = values.getFirst().format().fractionBits();
    BigInteger sum = values.stream().map(Fixed::raw).reduce(BigInteger.ZERO, BigInteger::add);
    return ReferenceCast.ofFraction(sum, BigInteger.valueOf(count), fractionBits, result).result();
  }

  private List<Fixed> pool(List<Fixed> x, Function<List<Fixed>, Fixed> result) {
    Operands.requireSize("x", Objects.requireNonNull(x, "x"), (long) channels * height * width);
    List<Fixed> z = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < outputHeight(); row++) {
        for (int column = 0; column < outputWidth(); column++) {
          z.add(result.apply(
              under(x, c, row * strideY - paddingY, column * strideX - paddingX)));
        }
      }
    }
    return z;
  }

  /** Returns the values of channel c under the kernel with its corner at (top, left). */
  private List<Fixed> under(List<Fixed> x, int c, int top, int left) {
    List<Fixed> values = new ArrayList<>();
    for (int i = Math.max(0, top); i < Math.min(height, top + kernelHeight); i++) {
      for (int j = Math.max(0, left); j < Math.min(width, left + kernelWidth); j++) {
        values.add(x.get((c * height + i) * width + j));
      }
    }
    return values;
  }
}
