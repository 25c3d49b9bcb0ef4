package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
    ReferencePool2d dense = new ReferencePool2d(1, 3, 3, 2, 2, 1, 1, 0, 0);
    assertThat(dense.max(x)).isEqualTo(words(WORD, 5, 5, 7, 9));
    // Sums of 8, 0, 8 and 0, by 4.
    FixedFormat halves = FixedFormat.parse(HALVES);
    assertThat(dense.average(x, halves)).isEqualTo(words(HALVES, 4, 0, 4, 0));
    // Two apart, from beyond the corner on: 1 | -2 3, and below 4 7 | 5 -6 -8 9.
    ReferencePool2d padded = new ReferencePool2d(1, 3, 3, 2, 2, 2, 2, 1, 1);
    assertThat(padded.max(x)).isEqualTo(words(WORD, 1, 3, 7, 9));
    // 1 / 1, 1 / 2, 11 / 2 and 0 / 4.
    assertThat(padded.average(x, halves)).isEqualTo(words(HALVES, 2, 1, 11, 0));
    // 1 / 4, a tie that goes up, 1 / 4, 11 / 4, another, and 0 / 4.
    assertThat(padded.averageOfPadded(x, halves)).isEqualTo(words(HALVES, 1, 1, 6, 0));
  }

  @Test
  void paddingIsNeverTheLargest() {
    ReferencePool2d pool = new ReferencePool2d(1, 1, 2, 2, 2, 1, 1, 1, 1);
    assertThat(pool.max(words(WORD, -5, -7))).isEqualTo(words(WORD, -5, -5, -7, -5, -5, -7));
  }

  @Test
  void channelsArePooledOneByOne() {
    ReferencePool2d pool = new ReferencePool2d(2, 1, 2, 1, 2, 1, 1, 0, 0);
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
    ReferencePool2d pool = new ReferencePool2d(1, 1, 3, 1, 3, 1, 1, 0, 0);
    QuantizationMode[] modes = {QuantizationMode.AP_RND, QuantizationMode.AP_RND_ZERO,
      QuantizationMode.AP_RND_MIN_INF, QuantizationMode.AP_RND_INF, QuantizationMode.AP_RND_CONV,
      QuantizationMode.AP_TRN, QuantizationMode.AP_TRN_ZERO};
    for (int i = 0; i < modes.length; i++) {
      String result = "ap_fixed<8,8," + modes[i] + ">";
      assertThat(pool.average(x, FixedFormat.parse(result))).as(result)
          .isEqualTo(words(result, expected[i]));
    }
  }

  @Property(tries = 300)
  void everyAverageIsTheRationalsOfWhatTheKernelCovers(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 2) int channels,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 3) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 4) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int strideY,
      @ForAll @IntRange(min = 1, max = 3) int strideX,
      @ForAll QuantizationMode mode) {
    int paddingY = random.nextInt(kernelHeight);
    int paddingX = random.nextInt(kernelWidth);
    Assume.that(
        kernelHeight <= height + 2 * paddingY && kernelWidth <= width + 2 * paddingX);
    ReferencePool2d pool = new ReferencePool2d(
        channels, height, width, kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX);
    // Wide enough for no overflow.
    FixedFormat result = FixedFormat.parse("ap_fixed<16,12," + mode + ">");
    List<Fixed> x = Loops.random(random, FixedFormat.signed(9, 3), channels * height * width);
    List<Fixed> averages = new ArrayList<>();
    List<Fixed> paddedAverages = new ArrayList<>();
    List<Fixed> largest = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      for (int top = -paddingY; top + kernelHeight <= height + paddingY; top += strideY) {
        for (int left = -paddingX; left + kernelWidth <= width + paddingX; left += strideX) {
          List<Fixed> covered = covered(pool, x, c, top, left);
          BigFraction sum =
              covered.stream().map(Rationals::value).reduce(BigFraction.ZERO, BigFraction::add);
          averages.add(new Fixed(
              result, Rationals.quantize(sum.divide(covered.size()), result)));
          paddedAverages.add(new Fixed(
              result, Rationals.quantize(sum.divide(kernelHeight * kernelWidth), result)));
          largest.add(covered.stream().sorted().toList().getLast());
        }
      }
    }
    assertThat(pool.average(x, result)).isEqualTo(averages);
    assertThat(pool.averageOfPadded(x, result)).isEqualTo(paddedAverages);
    assertThat(pool.max(x)).isEqualTo(largest);
    assertThat(largest).hasSize(channels * pool.outputHeight() * pool.outputWidth());
  }

  /** Walks over the pixels of the image and takes those under the kernel. */
  private static List<Fixed> covered(
      ReferencePool2d pool, List<Fixed> x, int channel, int top, int left) {
    List<Fixed> values = new ArrayList<>();
    for (int place = 0; place < x.size(); place++) {
      int i = place / pool.width() % pool.height() - top;
      int j = place % pool.width() - left;
      if (place / (pool.height() * pool.width()) == channel
          && 0 <= i && i < pool.kernelHeight() && 0 <= j && j < pool.kernelWidth()) {
        values.add(x.get(place));
      }
    }
    return values;
  }

  @Test
  void wrongNumbersOfValuesAreRefused() {
    assertThatThrownBy(
        () -> new ReferencePool2d(2, 3, 3, 2, 2, 1, 1, 0, 0).max(words(WORD, new long[17])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has 17 values: it must have 18");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # c | h | w | kh | kw | sy | sx | py | px
      0 | 3 | 3 | 2 | 2 | 1 | 1 | 0 | 0  | channels is 0: it must be at least 1
      1 | 0 | 3 | 2 | 2 | 1 | 1 | 0 | 0  | height is 0: it must be at least 1
      1 | 3 | 0 | 2 | 2 | 1 | 1 | 0 | 0  | width is 0: it must be at least 1
      1 | 3 | 3 | 0 | 2 | 1 | 1 | 0 | 0  | kernelHeight is 0: it must be at least 1
      1 | 3 | 3 | 2 | 0 | 1 | 1 | 0 | 0  | kernelWidth is 0: it must be at least 1
      1 | 3 | 3 | 2 | 2 | 0 | 1 | 0 | 0  | strideY is 0: it must be at least 1
      1 | 3 | 3 | 2 | 2 | 1 | 0 | 0 | 0  | strideX is 0: it must be at least 1
      1 | 3 | 3 | 2 | 2 | 1 | 1 | -1 | 0 | paddingY is -1: it must be at least 0
      1 | 3 | 3 | 2 | 2 | 1 | 1 | 0 | -1 | paddingX is -1: it must be at least 0
      1 | 3 | 3 | 2 | 3 | 1 | 1 | 2 | 0  | the padding is 2 x 0: it must be smaller than the \
      kernel, 2 x 3
      1 | 3 | 3 | 2 | 3 | 1 | 1 | 0 | 3  | the padding is 0 x 3: it must be smaller than the \
      kernel, 2 x 3
      1 | 3 | 3 | 4 | 3 | 1 | 1 | 0 | 0  | the kernel is 4 x 3: it must fit in the padded image, \
      3 x 3
      1 | 3 | 3 | 3 | 6 | 1 | 1 | 1 | 1  | the kernel is 3 x 6: it must fit in the padded image, \
      5 x 5
      """)
  void wrongShapesAreRefused(int c, int h, int w, int kh, int kw, int sy, int sx, int py, int px,
      String message) {
    assertThatThrownBy(() -> new ReferencePool2d(c, h, w, kh, kw, sy, sx, py, px))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
