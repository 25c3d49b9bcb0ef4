package io.fixlane.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.fixlane.arbitrary.Windows;
import io.fixlane.arbitrary.Windows.Problem;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes of results, and which windows and images are refused. */
class WindowTest {
  private static final int MAX = Integer.MAX_VALUE;

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  /** One side of an image, as rows and as columns; the other has one place. */
  private static void assertPlaces(int size, Window rows, int places) {
    assertThat(rows.outputHeight(size)).as("%s of %d", rows, size).isEqualTo(places);
    Window columns = new Window(rows.kernelWidth(), rows.kernelHeight(), rows.strideX(),
        rows.strideY(), rows.paddingLeft(), rows.paddingRight(), rows.paddingTop(),
        rows.paddingBottom(), rows.dilationX(), rows.dilationY(), rows.ceilMode());
    assertThat(columns.outputWidth(size)).isEqualTo(places);
    assertThat(columns.output(ImageShape.of(1, size, 3)))
        .isEqualTo(ImageShape.of(1, places, 3));
    assertThat(rows.output(new ImageShape(size, 1, 3, Layout.NCHW)))
        .isEqualTo(new ImageShape(places, 1, 3, Layout.NCHW));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      # size, kernel, stride, before, after, dilation, places
      8, 3, 1, 0, 0, 1, 6
      8, 3, 2, 1, 1, 1, 4
      9, 3, 2, 1, 1, 1, 5
      8, 3, 1, 2, 2, 2, 8
      1, 1, 9, 3, 3, 1, 1
      5, 5, 1, 0, 0, 1, 1
      8, 3, 2, 0, 1, 1, 4
      8, 3, 2, 0, 0, 1, 3
      8, 3, 2, 0, 2, 1, 4
      7, 2, 3, 2, 0, 3, 2
      """)
  void placesOfAKernel(
      int size, int kernel, int stride, int before, int after, int dilation, int places) {
    assertPlaces(size, Window.of(kernel, 1).withStride(stride, 1)
        .withPadding(before, after, 0, 0).withDilation(dilation, 1), places);
  }

  /** The last three are ONNX's tests of MaxPool and AveragePool in ceil mode, and PyTorch's. */
  @ParameterizedTest
  @CsvSource(textBlock = """
      # size, kernel, stride, before, after, dilation, places
      8, 3, 2, 0, 0, 1, 4
      9, 3, 2, 0, 0, 1, 4
      7, 3, 3, 0, 0, 1, 3
      2, 3, 2, 0, 0, 1, 1
      7, 3, 4, 2, 1, 1, 3
      6, 3, 4, 2, 1, 1, 2
      6, 3, 4, 1, 2, 1, 2
      5, 2, 2, 0, 1, 2, 3
      4, 3, 2, 0, 0, 1, 2
      2, 1, 2, 0, 0, 1, 1
      2, 3, 3, 1, 1, 1, 1
      """)
  void placesInCeilMode(
      int size, int kernel, int stride, int before, int after, int dilation, int places) {
    assertPlaces(size, Window.of(kernel, 1).withStride(stride, 1)
        .withPadding(before, after, 0, 0).withDilation(dilation, 1).ceil(), places);
  }

  /** Of 13 columns, 6 under the kernel and 5 apart: the example in TensorFlow's documentation. */
  @ParameterizedTest
  @CsvSource(textBlock = """
      # size, kernel, stride, dilation, less, more, places
      13,  6, 5, 1, 1, 2, 3
      224, 7, 2, 1, 2, 3, 112
      112, 3, 2, 1, 0, 1, 56
      5,   2, 1, 1, 0, 1, 5
      5,   3, 1, 2, 2, 2, 5
      5,   2, 1, 3, 1, 2, 5
      7,   1, 3, 1, 0, 0, 3
      8,   1, 3, 1, 0, 0, 3
      1,   4, 9, 1, 1, 2, 1
      """)
  void samePadding(
      int size, int kernel, int stride, int dilation, int less, int more, int places) {
    ImageShape image = ImageShape.of(size, 1, 1);
    Window rows = Window.of(kernel, 1).withStride(stride, 1).withDilation(dilation, 1);
    Window upper = rows.samePadding(image);
    assertThat(upper).isEqualTo(rows.withPadding(less, more, 0, 0));
    Window lower = rows.samePaddingLower(image);
    assertThat(lower).isEqualTo(rows.withPadding(more, less, 0, 0));
    for (Window window : new Window[] {upper, lower, upper.ceil(), lower.ceil()}) {
      assertPlaces(size, window, places);
    }
    ImageShape row = ImageShape.of(1, size, 1);
    Window columns = Window.of(1, kernel).withStride(1, stride).withDilation(1, dilation);
    assertThat(columns.samePadding(row)).isEqualTo(columns.withPadding(0, 0, less, more));
    assertThat(columns.samePaddingLower(row)).isEqualTo(columns.withPadding(0, 0, more, less));
  }

  @Property(tries = 2000)
  void aPlaceIsOneThatBeginsInTheImageAndEndsInThePadding(
      @ForAll Random random, @ForAll boolean pooling) {
    Problem problem = Windows.random(random, pooling);
    Window w = problem.window();
    ImageShape image = problem.image();
    int padded = image.height() + w.paddingTop() + w.paddingBottom();
    int reach = (w.kernelHeight() - 1) * w.dilationY() + 1;
    // In ceil mode so is one that begins in the image, if it reads what those before it do not.
    long expected = IntStream.range(0, 20).map(place -> place * w.strideY())
        .filter(start -> start + reach <= padded || w.ceilMode()
            && start + reach < padded + w.strideY() && start < image.height() + w.paddingTop())
        .count();
    assertThat(w.outputHeight(image.height())).isEqualTo((int) expected);
    boolean leaves = false;
    ImageShape output = w.output(image);
    for (int row = 0; row < output.height(); row++) {
      for (int column = 0; column < output.width(); column++) {
        boolean meets = false;
        for (int tap = 0; tap < w.taps(); tap++) {
          boolean inside = image.contains(w.row(row, tap / w.kernelWidth()),
              w.column(column, tap % w.kernelWidth()));
          leaves |= !inside;
          meets |= inside;
        }
        assertThat(meets || !pooling).as("%s in %s", w, image).isTrue();
      }
    }
    assertThat(w.leaves(image)).as("%s in %s", w, image).isEqualTo(leaves);
  }

  @Test
  void eachChangeIsOneOfItsOwnSizes() {
    assertThat(Window.of(3, 2).withStride(2, 3).withPadding(4, 5).withDilation(1, 7))
        .isEqualTo(new Window(3, 2, 2, 3, 4, 4, 5, 5, 1, 7, false))
        .hasToString("3 x 2, stride 2 x 3, padding 4 x 5, dilation 1 x 7");
    assertThat(Window.of(3, 2).ceil().withPadding(1, 2, 3, 4).withStride(1, 1))
        .isEqualTo(new Window(3, 2, 1, 1, 1, 2, 3, 4, 1, 1, true))
        .hasToString("3 x 2, padding 1 above, 2 below, 3 left, 4 right, ceil mode");
    assertThat(ImageShape.of(4, 5, 6).withChannels(7).withLayout(Layout.NCHW))
        .isEqualTo(new ImageShape(4, 5, 7, Layout.NCHW)).hasToString("4 x 5 x 7 NCHW");
  }

  @Test
  void everyWordOfAnImageHasAPlaceOfItsOwn() {
    for (Layout layout : Layout.values()) {
      ImageShape image = new ImageShape(3, 4, 5, layout);
      assertThat(IntStream.range(0, image.size())
          .map(i -> image.index(i / 20, i / 5 % 4, i % 5)).distinct().filter(i -> i < image.size()))
          .hasSize(60);
      assertThat(image.index(0, 0, 1)).isEqualTo(layout == Layout.NHWC ? 1 : 12);
    }
  }

  @Test
  void sizesMustBePositive() {
    refused(() -> ImageShape.of(0, 9, 4), "height is 0: it must be positive");
    refused(() -> ImageShape.of(8, -1, 4), "width is -1: it must be positive");
    refused(() -> ImageShape.of(8, 9, 0), "channels is 0: it must be positive");
    refused(() -> ImageShape.of(8, 9, 4).withChannels(0), "channels is 0: it must be positive");
    refused(() -> Window.of(0, 2), "kernelHeight is 0: it must be positive");
    refused(() -> Window.of(3, -2), "kernelWidth is -2: it must be positive");
    Window window = Window.of(3, 2);
    refused(() -> window.withStride(0, 1), "strideY is 0: it must be positive");
    refused(() -> window.withStride(1, 0), "strideX is 0: it must be positive");
    refused(() -> window.withDilation(0, 1), "dilationY is 0: it must be positive");
    refused(() -> window.withDilation(1, -1), "dilationX is -1: it must be positive");
    refused(() -> window.outputHeight(0), "height is 0: it must be positive");
    refused(() -> window.outputWidth(-1), "width is -1: it must be positive");
  }

  @Test
  void paddingMustNotBeNegative() {
    Window window = Window.of(3, 2);
    refused(() -> window.withPadding(-1, 0), "paddingTop is -1: it must not be negative");
    refused(() -> window.withPadding(0, -2, 0, 0), "paddingBottom is -2: it must not be negative");
    refused(() -> window.withPadding(0, 0, -3, 0), "paddingLeft is -3: it must not be negative");
    refused(() -> window.withPadding(0, 0, 0, -4), "paddingRight is -4: it must not be negative");
  }

  @Test
  void theKernelMustFitInThePaddedImage() {
    refused(() -> Window.of(3, 2).outputHeight(2),
        "the kernel spans 3 rows: it must fit in the padded image, which has 2");
    Window dilated = Window.of(3, 2).withDilation(1, 9);
    refused(() -> dilated.outputWidth(9),
        "the kernel spans 10 columns: it must fit in the padded image, which has 9");
    assertThat(dilated.withPadding(0, 0, 0, 1).outputWidth(9)).isEqualTo(1);
    refused(() -> Window.of(5, 1).withStride(2, 1).withPadding(1, 0, 0, 0).ceil().outputHeight(2),
        "the kernel spans 5 rows: it must fit in the padded image, which has 3, and 1 more in ceil"
            + " mode");
    refused(() -> Window.of(3, 3).output(ImageShape.of(3, 2, 1)),
        "the kernel spans 3 columns: it must fit in the padded image, which has 2");
  }

  @Test
  void anIntCountsRowsColumnsAndWords() {
    refused(() -> Window.of(3, 2).withPadding(1 << 30, 0).outputHeight(8),
        "the padded image has 2147483656 rows: it must have at most 2147483647");
    refused(() -> Window.of(1, MAX).withDilation(1, MAX).samePadding(ImageShape.of(1, 9, 1)),
        "the padded image has 4611686011984936971 columns: it must have at most 2147483647");
    Window far = Window.of(2, 1).withDilation(MAX - 1, 1).withStride(MAX, 1).ceil();
    assertThat(far.outputHeight(1)).isEqualTo(1);
    refused(() -> Window.of(2, 1).withStride(MAX - 1, 1).ceil().outputHeight(MAX),
        "the padded image has 2147483648 rows: it must have at most 2147483647");
    refused(() -> ImageShape.of(1 << 11, 1 << 11, 512),
        "the image has 2048 x 2048 pixels of 512 channels: it must have at most 2147483647 words in"
            + " all");
    assertThat(ImageShape.of(1 << 11, 1 << 11, 511).size()).isEqualTo(511 * (1 << 22));
    refused(
        () -> Window.of(1, 1).withPadding(0, 0, 0, 1 << 20).output(ImageShape.of(1 << 20, 1, 2)),
        "the padded image has 1048576 x 1048577 pixels of 2 channels: it must have at most"
            + " 2147483647 words in all");
  }

  @Test
  void poolingMeetsAPixelAtEveryPlace() {
    Window window = Window.of(2, 3);
    refused(() -> window.withPadding(2, 0, 0, 0).requirePooling(),
        "paddingTop is 2: it must be smaller than kernelHeight, 2, in a pooling");
    refused(() -> window.withPadding(0, 2, 0, 0).requirePooling(),
        "paddingBottom is 2: it must be smaller than kernelHeight, 2, in a pooling");
    refused(() -> window.withPadding(0, 0, 3, 0).requirePooling(),
        "paddingLeft is 3: it must be smaller than kernelWidth, 3, in a pooling");
    refused(() -> window.withPadding(0, 0, 0, 3).requirePooling(),
        "paddingRight is 3: it must be smaller than kernelWidth, 3, in a pooling");
    refused(() -> window.withDilation(1, 2).requirePooling(),
        "the window is 2 x 3, dilation 1 x 2: pooling takes no dilation");
    window.withPadding(1, 2).requirePooling();
  }

  @Test
  void whatIsNullIsNamed() {
    assertThatNullPointerException().isThrownBy(() -> new ImageShape(1, 1, 1, null))
        .withMessage("layout");
    for (ThrowingCallable call : new ThrowingCallable[] {() -> Window.of(1, 1).output(null),
      () -> Window.of(1, 1).samePadding(null), () -> Window.of(1, 1).samePaddingLower(null),
      () -> Window.of(1, 1).leaves(null)}) {
      assertThatNullPointerException().isThrownBy(call).withMessage("image");
    }
  }
}
