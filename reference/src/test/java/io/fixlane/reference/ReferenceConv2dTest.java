package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.arbitrary.Windows;
import io.fixlane.arbitrary.Windows.Problem;
import io.fixlane.format.FixedFormat;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
  private static final ReferenceStage PLAIN = new ReferenceStage(WIDE, false, WIDE);

  private static ReferenceConv2d conv(ImageShape image, Window window, ReferenceStage stage) {
    return new ReferenceConv2d(image, 1, window, 1, stage);
  }

  @Test
  void aHandWorkedImage() {
    // 1 2 3     1 10
    // 4 5 6  *           the kernel is not flipped
    // 7 8 9     0 100
    List<Fixed> x = words(WORD, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    List<Fixed> y = words(WORD, 1, 10, 0, 100);
    ImageShape image = ImageShape.of(3, 3, 1);
    Window window = Window.of(2, 2);
    assertThat(conv(image, window, PLAIN).run(x, y))
        .isEqualTo(words("ap_fixed<16,16>", 521, 632, 854, 965));
    assertThat(
        conv(image, window.withStride(2, 2).withPadding(1, 1), PLAIN).run(x, y))
        .isEqualTo(words("ap_fixed<16,16>", 100, 300, 740, 965));
    // With padding above and left alone, from the corner on: 1 | 2 3, and below 4 7 | 5 6 8 9.
    assertThat(
        conv(image, window.withStride(2, 2).withPadding(1, 0, 1, 0), PLAIN).run(x, y))
        .isEqualTo(words("ap_fixed<16,16>", 100, 300, 740, 965));
    // As TensorFlow and ONNX pad: the last row and column meet one more.
    List<Fixed> same = words("ap_fixed<16,16>", 521, 632, 3, 854, 965, 6, 87, 98, 9);
    assertThat(conv(image, window.samePadding(image), PLAIN).run(x, y)).isEqualTo(same);
    // In ceil mode the kernel reaches beyond the image by itself.
    List<Fixed> corners = words("ap_fixed<16,16>", 521, 3, 87, 9);
    assertThat(conv(image, window.withStride(2, 2).ceil(), PLAIN).run(x, y))
        .isEqualTo(corners);
  }

  @Test
  void theOrderIsChannelsThenRowsThenColumns() {
    // 7 and -7 in a saturating accumulator: which of them comes second shows in the sum.
    ReferenceStage stage =
        new ReferenceStage(FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT>"), false, WIDE);
    List<Fixed> ones = words(WORD, 1, 1, 1, 1, 1, 1, 1, 1);
    ReferenceConv2d conv = conv(
        new ImageShape(2, 2, 2, Layout.NCHW), Window.of(2, 2), stage);
    // 7 14->7 0 -7 | 0 0 0 0
    assertThat(conv.run(words(WORD, 7, 7, -7, -7, 0, 0, 0, 0), ones))
        .isEqualTo(words("ap_fixed<16,16>", -7));
    // 7 0 7 0, columns before rows
    assertThat(conv.run(words(WORD, 7, -7, 7, -7, 0, 0, 0, 0), ones))
        .isEqualTo(words("ap_fixed<16,16>", 0));
    // 7 7 7 7 | 0 -7 -8 -8, rows before channels
    assertThat(conv.run(words(WORD, 7, 7, 7, 7, -7, -7, -7, -7), ones))
        .isEqualTo(words("ap_fixed<16,16>", -8));
  }

  @Test
  void tapsOutsideTheImageAreSkippedNotAdded() {
    // A step that adds 0 would cast -8 to -7; at the corners no tap lies inside.
    String symmetric = "ap_fixed<4,4,AP_TRN,AP_SAT_SYM>";
    ReferenceStage stage = new ReferenceStage(FixedFormat.parse(symmetric), false, WIDE);
    ReferenceConv2d conv = conv(
        ImageShape.of(1, 1, 1), Window.of(1, 1).withPadding(1, 1), stage);
    assertThat(conv.run(words(WORD, 0), words(WORD, 1), words(symmetric, -8)))
        .isEqualTo(words("ap_fixed<16,16>", -8, -8, -8, -8, -7, -8, -8, -8, -8));
  }

  @Property(tries = 500)
  void everyOutputIsAMatrixProductOfWhatTheKernelCovers(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 1, max = 2) int outputsOfGroup) {
    Problem problem = Windows.random(random, false);
    ImageShape image = problem.image().withChannels(groups * problem.image().channels());
    Window window = problem.window();
    int outputs = groups * outputsOfGroup;
    int channels = image.channels() / groups;
    ReferenceStage stage =
        new ReferenceStage(
            FixedFormat.parse("ap_fixed<6,4,AP_RND,AP_SAT>"), random.nextBoolean(),
            FixedFormat.unsigned(3, 3));
    List<Fixed> x = Loops.random(random, FixedFormat.signed(5, 2), image.size());
    List<Fixed> y =
        Loops.random(random, FixedFormat.signed(4, 1), outputs * channels * window.taps());
    List<Fixed> bias = Loops.random(random, FixedFormat.signed(7, 4), outputs);
    ReferenceConv2d conv = new ReferenceConv2d(image, outputs, window, groups, stage);
    ImageShape output = conv.output();
    assertThat(output).isEqualTo(window.output(image).withChannels(outputs));
    Fixed[] expected = new Fixed[output.size()];
    for (int o = 0; o < outputs; o++) {
      List<Fixed> kernel = y.subList(
          o * channels * window.taps(), (o + 1) * channels * window.taps());
      int first = o / outputsOfGroup * channels;
      for (int row = 0; row < output.height(); row++) {
        for (int column = 0; column < output.width(); column++) {
          expected[output.index(row, column, o)] = outputAt(conv, x, kernel, bias.get(o), first,
              row * window.strideY() - window.paddingTop(),
              column * window.strideX() - window.paddingLeft());
        }
      }
    }
    assertThat(conv.run(x, y, bias)).as("%s of %s", window, image)
        .isEqualTo(Arrays.asList(expected));
  }

  /** Walks over the pixels of the image and takes those under the kernel. */
  private static Fixed outputAt(ReferenceConv2d conv, List<Fixed> x, List<Fixed> kernel,
      Fixed bias, int firstChannel, int top, int left) {
    ImageShape image = conv.image();
    Window w = conv.window();
    List<Fixed> pixels = new ArrayList<>();
    List<Fixed> weights = new ArrayList<>();
    int channels = image.channels() / conv.groups();
    for (int place = 0; place < channels * image.pixels(); place++) {
      int channel = place / image.pixels();
      int row = place / image.width() % image.height();
      int column = place % image.width();
      int i = row - top;
      int j = column - left;
      if (0 <= i && i % w.dilationY() == 0 && i / w.dilationY() < w.kernelHeight()
          && 0 <= j && j % w.dilationX() == 0 && j / w.dilationX() < w.kernelWidth()) {
        pixels.add(x.get(image.index(row, column, firstChannel + channel)));
        weights.add(kernel.get(channel * w.taps() + i / w.dilationY() * w.kernelWidth()
            + j / w.dilationX()));
      }
    }
    return new ReferenceGemm(1, 1, pixels.size(), conv.stage())
        .run(pixels, weights, List.of(bias)).getFirst();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      17 | 24 | 3 | x has 17 values: it must have 18
      18 | 25 | 3 | y has 25 values: it must have 24
      18 | 24 | 2 | bias has 2 values: it must have 3
      """)
  void wrongNumbersOfValuesAreRefused(int x, int y, int bias, String message) {
    ReferenceConv2d conv =
        new ReferenceConv2d(ImageShape.of(3, 3, 2), 3, Window.of(2, 2), 1, PLAIN);
    assertThatThrownBy(() -> conv.run(words(WORD, new long[x]), words(WORD, new long[y]),
        words(WORD, new long[bias])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # outputs | groups | kernel
      0 | 1 | 2 | outputs is 0: it must be at least 1
      4 | 0 | 2 | groups is 0: it must be at least 1
      4 | 3 | 2 | groups is 3: it must divide the channels, 6, and the outputs, 4
      3 | 2 | 2 | groups is 2: it must divide the channels, 6, and the outputs, 3
      4 | 2 | 4 | the kernel spans 4 rows: it must fit in the padded image, which has 3
      """)
  void wrongSizesAreRefused(int outputs, int groups, int kernel, String message) {
    assertThatThrownBy(() -> new ReferenceConv2d(
        ImageShape.of(3, 3, 6), outputs, Window.of(kernel, 2), groups, PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
