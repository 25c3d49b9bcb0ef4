package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.arbitrary.Windows;
import io.fixlane.arbitrary.Windows.Problem;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pooling is, at each place, the largest or the average of what the kernel covers. */
class ReferencePool2dTest {
  private static final String WORD = "ap_fixed<8,8>";
  private static final String HALVES = "ap_fixed<8,7,AP_RND>";

  @Test
  void aHandWorkedImage() {
    // 1 -2  3
    // 4  5 -6
    // 7 -8  9
    List<Fixed> x = words(WORD, 1, -2, 3, 4, 5, -6, 7, -8, 9);
    ImageShape image = ImageShape.of(3, 3, 1);
    Window window = Window.of(2, 2);
    ReferencePool2d dense = new ReferencePool2d(image, window);
    assertThat(dense.max(x)).isEqualTo(words(WORD, 5, 5, 7, 9));
    // Sums of 8, 0, 8 and 0, by 4.
    FixedFormat halves = FixedFormat.parse(HALVES);
    assertThat(dense.average(x, halves)).isEqualTo(words(HALVES, 4, 0, 4, 0));
    // Two apart, from beyond the corner on: 1 | -2 3, and below 4 7 | 5 -6 -8 9.
    ReferencePool2d padded =
        new ReferencePool2d(image, window.withStride(2, 2).withPadding(1, 1));
    assertThat(padded.max(x)).isEqualTo(words(WORD, 1, 3, 7, 9));
    // 1 / 1, 1 / 2, 11 / 2 and 0 / 4.
    assertThat(padded.average(x, halves)).isEqualTo(words(HALVES, 2, 1, 11, 0));
    // 1 / 4, a tie that goes up, 1 / 4, 11 / 4, another, and 0 / 4.
    assertThat(padded.averageOfPadded(x, halves)).isEqualTo(words(HALVES, 1, 1, 6, 0));
  }

  /** ONNX and PyTorch count the rows and columns of the padding, and none beyond. */
  @Test
  void whatCeilModeReadsBeyondThePaddingIsNotCounted() {
    // 1 -2  3
    // 4  5 -6
    // 7 -8  9
    List<Fixed> x = words(WORD, 1, -2, 3, 4, 5, -6, 7, -8, 9);
    FixedFormat halves = FixedFormat.parse(HALVES);
    ImageShape image = ImageShape.of(3, 3, 1);
    Window window = Window.of(2, 2).withStride(2, 2);
    ReferencePool2d ceil = new ReferencePool2d(image, window.ceil());
    assertThat(ceil.max(x)).isEqualTo(words(WORD, 5, 3, 7, 9));
    // 8 / 4, -3 / 2, -1 / 2 and 9 / 1, whether or not padding counts: there is none.
    assertThat(ceil.average(x, halves)).isEqualTo(words(HALVES, 4, -3, -1, 18));
    assertThat(ceil.averageOfPadded(x, halves)).isEqualTo(words(HALVES, 4, -3, -1, 18));
    // The same places end in a padding below and right, which counts.
    ReferencePool2d same = new ReferencePool2d(image, window.samePadding(image));
    assertThat(same.average(x, halves)).isEqualTo(words(HALVES, 4, -3, -1, 18));
    assertThat(same.averageOfPadded(x, halves)).isEqualTo(words(HALVES, 4, -1, 0, 5));
  }

  @Test
  void paddingIsNeverTheLargest() {
    ReferencePool2d pool =
        new ReferencePool2d(ImageShape.of(1, 2, 1), Window.of(2, 2).withPadding(1, 1));
    assertThat(pool.max(words(WORD, -5, -7))).isEqualTo(words(WORD, -5, -5, -7, -5, -5, -7));
  }

  @Test
  void channelsArePooledOneByOne() {
    ReferencePool2d pool =
        new ReferencePool2d(new ImageShape(1, 2, 2, Layout.NCHW), Window.of(1, 2));
    assertThat(pool.max(words(WORD, 1, 2, -4, -3))).isEqualTo(words(WORD, 2, -3));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # sum of 3 | AP_RND | AP_RND_ZERO | AP_RND_MIN_INF | AP_RND_INF | AP_RND_CONV | AP_TRN \
      | AP_TRN_ZERO
       4 |  1 |  1 |  1 |  1 |  1 |  1 |  1
       5 |  2 |  2 |  2 |  2 |  2 |  1 |  1
      -4 | -1 | -1 | -1 | -1 | -1 | -2 | -1
      -5 | -2 | -2 | -2 | -2 | -2 | -2 | -1
      -6 | -2 | -2 | -2 | -2 | -2 | -2 | -2
      """)
  void thirdsAreRoundedOnce(long sum, long rnd, long rndZero, long rndMinInf, long rndInf,
      long rndConv, long trn, long trnZero) {
    long[] expected = {rnd, rndZero, rndMinInf, rndInf, rndConv, trn, trnZero};
    List<Fixed> x = words(WORD, sum, 0, 0);
    ReferencePool2d pool = new ReferencePool2d(ImageShape.of(1, 3, 1), Window.of(1, 3));
    QuantizationMode[] modes = {QuantizationMode.AP_RND, QuantizationMode.AP_RND_ZERO,
      QuantizationMode.AP_RND_MIN_INF, QuantizationMode.AP_RND_INF, QuantizationMode.AP_RND_CONV,
      QuantizationMode.AP_TRN, QuantizationMode.AP_TRN_ZERO};
    for (int i = 0; i < modes.length; i++) {
      String result = "ap_fixed<8,8," + modes[i] + ">";
      assertThat(pool.average(x, FixedFormat.parse(result))).as(result)
          .isEqualTo(words(result, expected[i]));
    }
  }

  @Property(tries = 500)
  void everyAverageIsTheRationalsOfWhatTheKernelCovers(
      @ForAll Random random, @ForAll QuantizationMode mode) {
    Problem problem = Windows.random(random, true);
    ImageShape image = problem.image();
    Window window = problem.window();
    ReferencePool2d pool = new ReferencePool2d(image, window);
    // Wide enough for no overflow.
    FixedFormat result = FixedFormat.parse("ap_fixed<16,12," + mode + ">");
    List<Fixed> x = Loops.random(random, FixedFormat.signed(9, 3), image.size());
    ImageShape output = pool.output();
    assertThat(output).isEqualTo(window.output(image));
    Fixed[] averages = new Fixed[output.size()];
    Fixed[] paddedAverages = averages.clone();
    Fixed[] largest = averages.clone();
    for (int i = 0; i < image.channels() * output.pixels(); i++) {
      int c = i / output.pixels();
      int row = i / output.width() % output.height();
      int column = i % output.width();
      int top = row * window.strideY() - window.paddingTop();
      int left = column * window.strideX() - window.paddingLeft();
      int place = output.index(row, column, c);
      List<Fixed> covered = covered(pool, x, c, top, left);
      BigFraction sum =
          covered.stream().map(Rationals::value).reduce(BigFraction.ZERO, BigFraction::add);
      averages[place] =
          new Fixed(result, Rationals.quantize(sum.divide(covered.size()), result));
      paddedAverages[place] =
          new Fixed(result, Rationals.quantize(sum.divide(padded(pool, top, left)), result));
      largest[place] = covered.stream().sorted().toList().getLast();
    }
    assertThat(pool.average(x, result)).isEqualTo(Arrays.asList(averages));
    assertThat(pool.averageOfPadded(x, result)).isEqualTo(Arrays.asList(paddedAverages));
    assertThat(pool.max(x)).isEqualTo(Arrays.asList(largest));
  }

  /** Walks over the pixels of the image and takes those under the kernel. */
  private static List<Fixed> covered(
      ReferencePool2d pool, List<Fixed> x, int channel, int top, int left) {
    ImageShape image = pool.image();
    List<Fixed> values = new ArrayList<>();
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      int row = pixel / image.width();
      int column = pixel % image.width();
      if (0 <= row - top && row - top < pool.window().kernelHeight()
          && 0 <= column - left && column - left < pool.window().kernelWidth()) {
        values.add(x.get(image.index(row, column, channel)));
      }
    }
    return values;
  }

  /** Counts the taps in the padded image. */
  private static int padded(ReferencePool2d pool, int top, int left) {
    Window w = pool.window();
    int count = 0;
    for (int i = 0; i < w.kernelHeight(); i++) {
      for (int j = 0; j < w.kernelWidth(); j++) {
        count += top + i < pool.image().height() + w.paddingBottom()
            && left + j < pool.image().width() + w.paddingRight() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void whatIsRefused() {
    ImageShape image = ImageShape.of(3, 3, 2);
    assertThatThrownBy(
        () -> new ReferencePool2d(image, Window.of(2, 2)).max(words(WORD, new long[17])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has 17 values: it must have 18");
    assertThatThrownBy(
        () -> new ReferencePool2d(image, Window.of(2, 3).withPadding(0, 2, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("paddingBottom is 2: it must be smaller than kernelHeight, 2, in a pooling");
    assertThatThrownBy(
        () -> new ReferencePool2d(image, Window.of(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the kernel spans 4 columns: it must fit in the padded image, which has 3");
  }
}
