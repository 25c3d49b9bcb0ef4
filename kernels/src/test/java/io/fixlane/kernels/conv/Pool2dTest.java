package io.fixlane.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferencePool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Pooling gives the reference's words, in both layouts, wherever its kernel lies. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class Pool2dTest {
  /** What words under the kernel come to. */
  enum Kind {
    MAX, AVERAGE, AVERAGE_OF_PADDED;

    Pool2d plan(FixedFormat x, ImageShape image, Window window, FixedFormat result) {
      return switch (this) {
        case MAX -> Pool2d.max(x, image, window);
        case AVERAGE -> Pool2d.average(x, image, window, result);
        case AVERAGE_OF_PADDED -> Pool2d.averageOfPadded(x, image, window, result);
      };
    }

    List<Fixed> expected(ReferencePool2d reference, List<Fixed> x, FixedFormat result) {
      return switch (this) {
        case MAX -> reference.max(x);
        case AVERAGE -> reference.average(x, result);
        case AVERAGE_OF_PADDED -> reference.averageOfPadded(x, result);
      };
    }
  }

  /** The format of an image, and one of results whose binary point is not far from it. */
  record ImageAndResult(FixedFormat x, FixedFormat result) {}

  @Provide
  Arbitrary<ImageAndResult> formats() {
    return Combinators.combine(
        Formats.formats(1, 32), Formats.formats(1, 32), Arbitraries.integers().between(-9, 9))
        .as((x, r, apart) -> new ImageAndResult(x, new FixedFormat(
            r.signed(), r.width(), r.width() - x.fractionBits() + apart, r.quantization(),
            r.overflow(), r.saturationBits())));
  }

  /** How the kernel lies along one side of the image. */
  record Side(int size, int kernel, int stride, int before, int after) {
    boolean fits(boolean ceil) {
      return kernel <= size + before + after + (ceil ? stride - 1 : 0);
    }
  }

  /** An image and a window that fits. */
  record Pooling(ImageShape image, Window window) {}

  private static Arbitrary<Side> sides() {
    return Arbitraries.integers().between(1, 5).flatMap(kernel -> Combinators.combine(
        Arbitraries.integers().between(1, 12), Arbitraries.just(kernel),
        Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, kernel - 1),
        Arbitraries.integers().between(0, kernel - 1)).as(Side::new));
  }

  @Provide
  Arbitrary<Pooling> poolings() {
    Arbitrary<Integer> channels = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 9), Arbitraries.integers().between(1, 40));
    return Arbitraries.of(true, false).flatMap(ceil -> Combinators.combine(
        sides().filter(side -> side.fits(ceil)), sides().filter(side -> side.fits(ceil)), channels,
        Arbitraries.of(Layout.class), Arbitraries.of(true, true, false))
        .as((y, x, c, layout, own) -> {
          ImageShape image = new ImageShape(y.size, x.size, c, layout);
          Window window = Window.of(y.kernel, x.kernel).withStride(y.stride, x.stride);
          window = own
              ? window.withPadding(y.before, y.after, x.before, x.after)
              : window.samePadding(image);
          return new Pooling(image, ceil ? window.ceil() : window);
        }));
  }

  @Property(tries = 700)
  void everyWordIsTheReferences(
      @ForAll Kind kind, @ForAll("formats") ImageAndResult formats,
      @ForAll("poolings") Pooling pooling, @ForAll Random random) {
    FixedFormat result = kind == Kind.MAX ? formats.x : formats.result;
    int images = random.nextInt(3);
    Pool2d plan = kind.plan(formats.x, pooling.image, pooling.window, result);
    FixedTensor x = Words.tensor(formats.x, random, images, pooling.image.size());
    FixedTensor target = FixedTensor.allocate(result, images, plan.output().size());
    plan.run(x, target);
    ReferencePool2d reference = new ReferencePool2d(pooling.image, pooling.window);
    for (int i = 0; i < images; i++) {
      assertThat(GemmProblem.values(target.row(i))).as("%s: image %d", plan, i)
          .isEqualTo(kind.expected(reference, GemmProblem.values(x.row(i)), result));
    }
  }

  @Test
  void channelsThatArePooledInGroups() {
    FixedFormat s8 = FixedFormat.signed(8, 4);
    ImageShape pixels = ImageShape.of(70, 66, 100);
    ImageShape planes = pixels.withLayout(Layout.NCHW);
    Window window = Window.of(3, 2).withStride(1, 2).withPadding(1, 1);
    for (Kind kind : Kind.values()) {
      Pool2d plan = kind.plan(s8, planes, window, s8);
      Pool2d twin = kind.plan(s8, pixels, window, s8);
      FixedTensor x = Words.tensor(s8, new Random(1), 2, planes.size());
      FixedTensor target = FixedTensor.allocate(s8, 2, plan.output().size());
      plan.run(x, target);
      FixedTensor expected = FixedTensor.allocate(s8, 2, twin.output().size());
      twin.run(moved(x, planes, pixels), expected);
      assertThat(GemmProblem.values(target)).as(kind.name())
          .isEqualTo(GemmProblem.values(moved(expected, twin.output(), plan.output())));
    }
  }

  /** Returns images in another layout. */
  private static FixedTensor moved(FixedTensor images, ImageShape from, ImageShape to) {
    FixedTensor moved = FixedTensor.allocate(images.format(), (int) images.size());
    for (long first = 0; first < images.size(); first += from.size()) {
      for (int row = 0; row < from.height(); row++) {
        for (int column = 0; column < from.width(); column++) {
          for (int c = 0; c < from.channels(); c++) {
            moved.setRaw(first + to.index(row, column, c),
                images.raw(first + from.index(row, column, c)));
          }
        }
      }
    }
    return moved;
  }

  /** Returns a window as large as the image. */
  private static Window all(ImageShape image) {
    return Window.of(image.height(), image.width());
  }

  @Test
  void sumsOfExtremeWordsDoNotOverflow() {
    for (FixedFormat x : List.of(FixedFormat.signed(32, 4), FixedFormat.unsigned(32, 4))) {
      for (ImageShape shape : List.of(
          ImageShape.of(7, 9, 3), ImageShape.of(8, 8, 3), ImageShape.of(1, 1, 20))) {
        for (long extreme : LongStream.of(x.minRaw().longValue(), x.maxRaw().longValue())
            .toArray()) {
          FixedTensor image = FixedTensor.allocate(x, shape.size());
          for (int i = 0; i < image.size(); i++) {
            image.setRaw(i, extreme);
          }
          FixedTensor average = FixedTensor.allocate(x, shape.channels());
          Pool2d.average(x, shape, all(shape), x).run(image, average);
          Words.assertWords(shape, average, _ -> image.value(0).raw());
        }
      }
    }
  }

  @Test
  void quotientsThatAreTiesOrNextToThem() {
    // Sums of nine words, from -9 x 5 to 9 x 5: thirds and ninths of half a unit.
    FixedFormat x = FixedFormat.signed(4, 4);
    ImageShape shape = ImageShape.of(3, 3, 1);
    for (String mode : List.of("AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF",
        "AP_RND_CONV", "AP_TRN", "AP_TRN_ZERO")) {
      for (int integerBits = 2; integerBits <= 8; integerBits++) {
        FixedFormat result =
            FixedFormat.parse("ap_fixed<6," + integerBits + "," + mode + ",AP_SAT>");
        Pool2d plan = Pool2d.average(x, shape, all(shape), result);
        for (int sum = -45; sum <= 45; sum++) {
          FixedTensor image = FixedTensor.allocate(x, 9);
          for (int i = 0; i < 9; i++) {
            image.setRaw(i, Math.floorDiv(sum + i, 9));
          }
          FixedTensor average = FixedTensor.allocate(result, 1);
          plan.run(image, average);
          assertThat(average.value(0)).as("%d / 9 in %s", sum, result).isEqualTo(
              new ReferencePool2d(shape, all(shape)).average(
                  IntStream.range(0, 9).mapToObj(image::value).toList(), result).getFirst());
        }
      }
    }
  }

  @Test
  void whatIsRefused() {
    FixedFormat s8 = FixedFormat.signed(8, 4);
    ImageShape small = ImageShape.of(4, 4, 1);
    for (Kind kind : Kind.values()) {
      assertRefused(() -> kind.plan(s8, small, Window.of(2, 2).withPadding(0, 2, 0, 0), s8),
          "paddingBottom is 2: it must be smaller than kernelHeight, 2, in a pooling");
      assertRefused(() -> kind.plan(s8, small, Window.of(2, 2).withDilation(1, 2), s8),
          "the window is 2 x 2, dilation 1 x 2: pooling takes no dilation");
      assertRefused(() -> kind.plan(s8, small, Window.of(2, 5), s8),
          "the kernel spans 5 columns: it must fit in the padded image, which has 4");
    }
    assertRefused(() -> Pool2d.max(
        s8, ImageShape.of(40_000, 10_000, 5), Window.of(1, 1_000).withPadding(0, 0, 0, 999)),
        "the padded image has 40000 x 10999 pixels of 5 channels: it must have at most 2147483647"
            + " words in all");
    ImageShape six = ImageShape.of(3, 2, 1);
    assertRefused(() -> Pool2d.average(FixedFormat.signed(62, 4), six, all(six), s8),
        "the exact sum of 6 words of ap_fixed<62,4> is ap_fixed<65,7>: kernels compute in at most"
            + " 64 bits");
    ImageShape three = ImageShape.of(3, 1, 1);
    assertRefused(() -> Pool2d.average(FixedFormat.signed(32, 32), three, all(three),
        FixedFormat.signed(40, 8)),
        "the quotient of a sum of ap_fixed<34,34>, to as many bits as ap_fixed<40,8> needs, has 69:"
            + " kernels compute in at most 64 bits");
    assertRefused(() -> Pool2d.max(FixedFormat.signed(65, 4), small, Window.of(1, 1)),
        "ap_fixed<65,4> is wider than 64 bits: kernels hold words of at most 64 bits");

    Pool2d plan = Pool2d.max(s8, small.withChannels(2), Window.of(2, 2).withStride(2, 2));
    FixedTensor image = FixedTensor.allocate(s8, 32);
    FixedTensor target = FixedTensor.allocate(s8, 8);
    assertRefused(() -> plan.run(FixedTensor.allocate(s8, 33), target),
        "images has 33 words: it must be images of 32");
    assertRefused(() -> plan.run(image, image), "target has 32 words: it must have 8");
    assertRefused(() -> plan.run(FixedTensor.allocate(FixedFormat.signed(8, 3), 32), target),
        "images has the format ap_fixed<8,3>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> plan.run(image, FixedTensor.allocate(FixedFormat.signed(8, 3), 8)),
        "target has the format ap_fixed<8,3>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> plan.run(image, image.slice(3, 11)),
        "images and target overlap: they must be apart");
    MemorySegment readOnly = MemorySegment.ofArray(new byte[8]).asReadOnly();
    assertRefused(() -> plan.run(image, FixedTensor.of(s8, readOnly, 8)),
        "target is read-only: it must be writable");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void explainSaysHow() {
    FixedFormat s8 = FixedFormat.signed(8, 4);
    ImageShape image = ImageShape.of(9, 6, 2);
    Window window = Window.of(3, 2).withStride(3, 2);
    assertThat(Pool2d.max(s8, image, window).explain())
        .startsWith("largest of words under 3 x 2, stride 3 x 2 of images of 9 x 6 x 2 NHWC in"
            + " ap_fixed<8,4>, ")
        .endsWith(", ap_fixed<8,4> -> ap_fixed<8,4>, copied");
    assertThat(Pool2d.average(s8, image, window, s8).explain())
        .startsWith("sum of words under 3 x 2, stride 3 x 2 of images of 9 x 6 x 2 NHWC in"
            + " ap_fixed<11,7>, ")
        .contains(", ap_fixed<8,4> -> ap_fixed<8,4>, divided and cast once, ");
    ImageShape planes = ImageShape.of(9, 6, 40).withLayout(Layout.NCHW);
    assertThat(Pool2d.max(s8, planes, window).explain())
        .startsWith("largest of words under 3 x 2, stride 3 x 2 of images of 9 x 6 x 40 NCHW in ")
        .contains(", 40 channels at a time brought into pixels, ");
    Window edges = Window.of(2, 2).withStride(2, 2);
    assertThat(Pool2d.average(s8, image, edges.withPadding(1, 0), s8).explain())
        .contains(", cast with the binary point moved, ").contains(", at the edges divided, ");
    assertThat(Pool2d.averageOfPadded(s8, image, edges.withPadding(1, 0), s8).explain())
        .contains(", cast with the binary point moved, ").doesNotContain("divided");
    assertThat(Pool2d.averageOfPadded(s8, image, edges.ceil(), s8).explain())
        .contains(", cast with the binary point moved, ").contains(", at the edges divided, ");
  }
}
