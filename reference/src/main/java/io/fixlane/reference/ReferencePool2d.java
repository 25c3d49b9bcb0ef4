package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Two-dimensional pooling: for each channel and place of the kernel, the largest of the values
 * under it, or their average. Values outside the image are skipped.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="pool"}
 *
 * @param image the sizes and the layout of the image
 * @param window how the kernel moves
 */
public record ReferencePool2d(ImageShape image, Window window) {
  /**
   * Makes a pooling.
   *
   * @throws IllegalArgumentException if the window is one that {@link Window#requirePooling}
   *     refuses, or the image one that {@link Window#output} refuses
   */
  public ReferencePool2d {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    window.requirePooling();
    window.output(image);
  }

  /** Returns the sizes of the result, in the layout of the image. */
  public ImageShape output() {
    return window.output(image);
  }

  /**
   * Returns the largest value at each place, {@code m = x; if (x > m) m = x; ...}, in the layout of
   * the image.
   *
   * @param x the words of an image, of one format
   * @throws IllegalArgumentException if {@code x} has another number of values
   */
  public List<Fixed> max(List<Fixed> x) {
    return pool(x, (values, _) -> values.stream().max(Fixed::compareTo).orElseThrow());
  }

  /**
   * Returns the average at each place: the exact sum of the values divided by their number, a
   * fraction that is cast once. The division is exact, so that nothing is rounded twice; the
   * operator / of HLS truncates its quotient, which then is cast.
   *
   * @param x the words of an image, of one format
   * @param result the format of the results
   * @throws IllegalArgumentException if {@code x} has another number of values, or {@code result}
   *     is one that {@link ReferenceCast#ofFraction} refuses
   */
  public List<Fixed> average(List<Fixed> x, FixedFormat result) {
    Objects.requireNonNull(result, "result");
    return pool(x, (values, _) -> average(values, values.size(), result));
  }

  /**
   * Returns the average at each place with padding that counts as zeros: each sum is divided by the
   * number of taps in the padded image, the size of the kernel but where it reaches beyond the
   * padding in ceil mode.
   *
   * @param x the words of an image, of one format
   * @param result the format of the results
   * @throws IllegalArgumentException as {@link #average(List, FixedFormat)}
   */
  public List<Fixed> averageOfPadded(List<Fixed> x, FixedFormat result) {
    Objects.requireNonNull(result, "result");
    return pool(x, (values, padded) -> average(values, padded, result));
  }

  private static Fixed average(List<Fixed> values, long count, FixedFormat result) {
    int fractionBits = values.getFirst().format().fractionBits();
    BigInteger sum = values.stream().map(Fixed::raw).reduce(BigInteger.ZERO, BigInteger::add);
    return ReferenceCast.ofFraction(sum, BigInteger.valueOf(count), fractionBits, result).result();
  }

  /** What becomes of the values at a place. */
  private interface Function {
    /**
     * Computes the result.
     *
     * @param values the values in the image
     * @param padded the number of taps in the padded image
     */
    Fixed of(List<Fixed> values, long padded);
  }

  private List<Fixed> pool(List<Fixed> x, Function function) {
    Operands.requireSize("x", Objects.requireNonNull(x, "x"), image.size());
    ImageShape output = output();
    Fixed[] z = new Fixed[output.size()];
    for (int c = 0; c < image.channels(); c++) {
      for (int row = 0; row < output.height(); row++) {
        for (int column = 0; column < output.width(); column++) {
          z[output.index(row, column, c)] = at(x, c, row, column, function);
        }
      }
    }
    return Arrays.asList(z);
  }

  private Fixed at(List<Fixed> x, int c, int row, int column, Function function) {
    int top = window.row(row, 0);
    int left = window.column(column, 0);
    int bottom = top + window.kernelHeight();
    int right = left + window.kernelWidth();
    List<Fixed> values = new ArrayList<>();
    for (int i = Math.max(0, top); i < Math.min(image.height(), bottom); i++) {
      for (int j = Math.max(0, left); j < Math.min(image.width(), right); j++) {
        values.add(x.get(image.index(i, j, c)));
      }
    }
    int rows = Math.min(image.height() + window.paddingBottom(), bottom) - top;
    int columns = Math.min(image.width() + window.paddingRight(), right) - left;
    return function.of(values, (long) rows * columns);
  }
}
