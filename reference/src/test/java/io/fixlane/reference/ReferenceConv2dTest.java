package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.ReferenceConv2d.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A convolution is, at each place, the matrix product of the kernel and the image under it. */
class ReferenceConv2dTest {
  private static final String WORD = "ap_fixed<8,8>";
  private static final FixedFormat WIDE = FixedFormat.signed(16, 16);
  private static final OutputStage PLAIN = new OutputStage(WIDE, false, WIDE);

  @Test
  void aHandWorkedImage() {
    // 1 2 3     1 10
    // 4 5 6  *           the kernel is not flipped
    // 7 8 9     0 100
    List<Fixed> x = words(WORD, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    List<Fixed> y = words(WORD, 1, 10, 0, 100);
    assertThat(new ReferenceConv2d(new Shape(1, 3, 3, 1, 2, 2, 1, 0), PLAIN).run(x, y, null))
        .isEqualTo(words("ap_fixed<16,16>", 521, 632, 854, 965));
    assertThat(new ReferenceConv2d(new Shape(1, 3, 3, 1, 2, 2, 2, 1), PLAIN).run(x, y, null))
        .isEqualTo(words("ap_fixed<16,16>", 100, 300, 740, 965));
  }

  @Test
  void theOrderIsChannelsThenRowsThenColumns() {
    // 7 and -7 in a saturating accumulator: which of them comes second shows in the sum.
    OutputStage stage =
        new OutputStage(FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT>"), false, WIDE);
    List<Fixed> ones = words(WORD, 1, 1, 1, 1, 1, 1, 1, 1);
    ReferenceConv2d conv = new ReferenceConv2d(new Shape(2, 2, 2, 1, 2, 2, 1, 0), stage);
    // 7 14->7 0 -7 | 0 0 0 0
    assertThat(conv.run(words(WORD, 7, 7, -7, -7, 0, 0, 0, 0), ones, null))
        .isEqualTo(words("ap_fixed<16,16>", -7));
    // 7 0 7 0, columns before rows
    assertThat(conv.run(words(WORD, 7, -7, 7, -7, 0, 0, 0, 0), ones, null))
        .isEqualTo(words("ap_fixed<16,16>", 0));
    // 7 7 7 7 | 0 -7 -8 -8, rows before channels
    assertThat(conv.run(words(WORD, 7, 7, 7, 7, -7, -7, -7, -7), ones, null))
        .isEqualTo(words("ap_fixed<16,16>", -8));
  }

  @Test
  void tapsOutsideTheImageAreSkippedNotAdded() {
    // A step that adds 0 would cast -8 to -7; at the corners no tap lies inside.
    String symmetric = "ap_fixed<4,4,AP_TRN,AP_SAT_SYM>";
    OutputStage stage = new OutputStage(FixedFormat.parse(symmetric), false, WIDE);
    ReferenceConv2d conv = new ReferenceConv2d(new Shape(1, 1, 1, 1, 1, 1, 1, 1), stage);
    assertThat(conv.run(words(WORD, 0), words(WORD, 1), words(symmetric, -8)))
        .isEqualTo(words("ap_fixed<16,16>", -8, -8, -8, -8, -7, -8, -8, -8, -8));
  }

  @Property(tries = 300)
  void everyOutputIsAMatrixProductOfWhatTheKernelCovers(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 3) int outputs,
      @ForAll @IntRange(min = 1, max = 3) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 4) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(max = 3) int padding) {
    Assume.that(kernelHeight <= height + 2 * padding && kernelWidth <= width + 2 * padding);
    Shape shape =
        new Shape(channels, height, width, outputs, kernelHeight, kernelWidth, stride, padding);
    OutputStage stage =
        new OutputStage(
            FixedFormat.parse("ap_fixed<6,4,AP_RND,AP_SAT>"), random.nextBoolean(),
            FixedFormat.unsigned(3, 3));
    List<Fixed> x = Loops.random(random, FixedFormat.signed(5, 2), channels * height * width);
    List<Fixed> y = Loops.random(random, FixedFormat.signed(4, 1),
        outputs * channels * kernelHeight * kernelWidth);
    List<Fixed> bias = Loops.random(random, FixedFormat.signed(7, 4), outputs);
    List<Fixed> expected = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      for (int top = -padding; top + kernelHeight <= height + padding; top += stride) {
        for (int left = -padding; left + kernelWidth <= width + padding; left += stride) {
          expected.add(outputAt(shape, stage, x, y, bias.get(o), o, top, left));
        }
      }
    }
    assertThat(new ReferenceConv2d(shape, stage).run(x, y, bias)).isEqualTo(expected);
    assertThat(expected).hasSize(outputs * shape.outputHeight() * shape.outputWidth());
  }

  /** Walks over the pixels of the image and takes those under the kernel. */
  private static Fixed outputAt(
      Shape s, OutputStage stage, List<Fixed> x, List<Fixed> y, Fixed bias, int o, int top,
      int left) {
    List<Fixed> pixels = new ArrayList<>();
    List<Fixed> weights = new ArrayList<>();
    for (int place = 0; place < x.size(); place++) {
      int channel = place / (s.height() * s.width());
      int i = place / s.width() % s.height() - top;
      int j = place % s.width() - left;
      if (0 <= i && i < s.kernelHeight() && 0 <= j && j < s.kernelWidth()) {
        int kernel = s.kernelHeight() * s.kernelWidth();
        pixels.add(x.get(place));
        weights.add(y.get(o * s.channels() * kernel + channel * kernel + i * s.kernelWidth() + j));
      }
    }
    return new ReferenceGemm(1, 1, pixels.size(), stage).run(pixels, weights, List.of(bias))
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      17 | 24 | 3 | x has 17 values: it must have 18
      18 | 25 | 3 | y has 25 values: it must have 24
      18 | 24 | 2 | bias has 2 values: it must have 3
      """)
  void wrongNumbersOfValuesAreRefused(int x, int y, int bias, String message) {
    ReferenceConv2d conv = new ReferenceConv2d(new Shape(2, 3, 3, 3, 2, 2, 1, 0), PLAIN);
    assertThatThrownBy(() -> conv.run(words(WORD, new long[x]), words(WORD, new long[y]),
        words(WORD, new long[bias])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # c | h | w | o | kh | kw | stride | padding
      0 | 3 | 3 | 1 | 2 | 2 | 1 | 0  | channels is 0: it must be at least 1
      1 | 0 | 3 | 1 | 2 | 2 | 1 | 0  | height is 0: it must be at least 1
      1 | 3 | 0 | 1 | 2 | 2 | 1 | 0  | width is 0: it must be at least 1
      1 | 3 | 3 | 0 | 2 | 2 | 1 | 0  | outputs is 0: it must be at least 1
      1 | 3 | 3 | 1 | 0 | 2 | 1 | 0  | kernelHeight is 0: it must be at least 1
      1 | 3 | 3 | 1 | 2 | 0 | 1 | 0  | kernelWidth is 0: it must be at least 1
      1 | 3 | 3 | 1 | 2 | 2 | 0 | 0  | stride is 0: it must be at least 1
      1 | 3 | 3 | 1 | 2 | 2 | 1 | -1 | padding is -1: it must be at least 0
      1 | 3 | 3 | 1 | 4 | 3 | 1 | 0  | the kernel is 4 x 3: it must fit in the padded image, 3 x 3
      1 | 3 | 3 | 1 | 5 | 6 | 1 | 1  | the kernel is 5 x 6: it must fit in the padded image, 5 x 5
      1 | 3 | 3 | 1 | 2 | 2 | 1 | 1073741823 | padding is 1073741823: the padded image \
      must have at most 2147483647 rows and columns
      """)
  void wrongShapesAreRefused(int c, int h, int w, int o, int kh, int kw, int stride, int padding,
      String message) {
    assertThatThrownBy(() -> new Shape(c, h, w, o, kh, kw, stride, padding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
