package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferencePool2d;
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
class Pool2dTest {
  /** What words under the kernel come to. */
  enum Kind {
    MAX, AVERAGE, AVERAGE_OF_PADDED;

    Pool2d plan(FixedFormat x, PoolShape shape, FixedFormat result) {
      return switch (this) {
        case MAX -> Pool2d.max(x, shape);
        case AVERAGE -> Pool2d.average(x, shape, result);
        case AVERAGE_OF_PADDED -> Pool2d.averageOfPadded(x, shape, result);
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

  @Provide
  Arbitrary<PoolShape> shapes() {
    Arbitrary<int[]> kernels = Arbitraries.integers().between(1, 5)
        .flatMap(kernel -> Arbitraries.integers().between(0, kernel - 1)
            .flatMap(padding -> Combinators.combine(
                Arbitraries.integers().between(Math.max(1, kernel - 2 * padding), 12),
                Arbitraries.integers().between(1, 4))
                .as((size, stride) -> new int[] {size, kernel, stride, padding})));
    return Combinators.combine(
        kernels, kernels,
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 9), Arbitraries.integers().between(1, 40)),
        Arbitraries.of(Layout.class))
        .as((y, x, channels, layout) -> new PoolShape(
            channels, y[0], x[0], y[1], x[1], y[2], x[2], y[3], x[3], layout));
  }

  @Property(tries = 700)
  void everyWordIsTheReferences(
      @ForAll Kind kind, @ForAll("formats") ImageAndResult formats,
      @ForAll("shapes") PoolShape shape, @ForAll Random random) {
    FixedFormat result = kind == Kind.MAX ? formats.x : formats.result;
    int images = random.nextInt(3);
    FixedTensor x = Words.tensor(formats.x, random, images, shape.imageSize());
    FixedTensor target = FixedTensor.allocate(result, images, shape.resultSize());
    Pool2d plan = kind.plan(formats.x, shape, result);
    plan.run(x, target);
    ReferencePool2d reference = new ReferencePool2d(
        shape.channels(), shape.height(), shape.width(), shape.kernelHeight(),
        shape.kernelWidth(), shape.strideY(), shape.strideX(), shape.paddingY(),
        shape.paddingX());
    for (int i = 0; i < images; i++) {
      FixedTensor image = x.row(i);
      int[] places = channelsFirst(shape, shape.height() * shape.width());
      List<Fixed> expected = kind.expected(
          reference, IntStream.of(places).mapToObj(image::value).toList(), result);
      int[] resultPlaces =
          channelsFirst(shape, shape.outputHeight() * shape.outputWidth());
      for (int j = 0; j < resultPlaces.length; j++) {
        assertThat(target.row(i).value(resultPlaces[j])).as("%s: word %d of image %d", plan, j, i)
            .isEqualTo(expected.get(j));
      }
    }
  }

  /** Returns where the words lie that are channels x pixels in row-major order. */
  private static int[] channelsFirst(PoolShape shape, int pixels) {
    int channels = shape.channels();
    return IntStream.range(0, channels * pixels)
        .map(i -> shape.layout() == Layout.NCHW ? i : i % pixels * channels + i / pixels)
        .toArray();
  }

  @Test
  void sumsOfExtremeWordsDoNotOverflow() {
    for (FixedFormat x : List.of(FixedFormat.signed(32, 4), FixedFormat.unsigned(32, 4))) {
      for (PoolShape shape : List.of(
          PoolShape.global(3, 7, 9), PoolShape.global(3, 8, 8), PoolShape.global(20, 1, 1))) {
        for (long extreme : LongStream.of(x.minRaw().longValue(), x.maxRaw().longValue())
            .toArray()) {
          FixedTensor image = FixedTensor.allocate(x, shape.imageSize());
          for (int i = 0; i < image.size(); i++) {
            image.setRaw(i, extreme);
          }
          FixedTensor average = FixedTensor.allocate(x, shape.channels());
          Pool2d.average(x, shape, x).run(image, average);
          Words.assertWords(shape, average, _ -> image.value(0).raw());
        }
      }
    }
  }

  @Test
  void quotientsThatAreTiesOrNextToThem() {
    // Sums of nine words, from -9 x 5 to 9 x 5: thirds and ninths of half a unit.
    FixedFormat x = FixedFormat.signed(4, 4);
    PoolShape shape = PoolShape.global(1, 3, 3);
    for (String mode : List.of("AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF",
        "AP_RND_CONV", "AP_TRN", "AP_TRN_ZERO")) {
      for (int integerBits = 2; integerBits <= 8; integerBits++) {
        FixedFormat result =
            FixedFormat.parse("ap_fixed<6," + integerBits + "," + mode + ",AP_SAT>");
        Pool2d plan = Pool2d.average(x, shape, result);
        for (int sum = -45; sum <= 45; sum++) {
          FixedTensor image = FixedTensor.allocate(x, 9);
          for (int i = 0; i < 9; i++) {
            image.setRaw(i, Math.floorDiv(sum + i, 9));
          }
          FixedTensor average = FixedTensor.allocate(result, 1);
          plan.run(image, average);
          assertThat(average.value(0)).as("%d / 9 in %s", sum, result).isEqualTo(
              new ReferencePool2d(1, 3, 3, 3, 3, 1, 1, 0, 0).average(
                  IntStream.range(0, 9).mapToObj(image::value).toList(), result).getFirst());
        }
      }
    }
  }

  @Test
  void whatIsRefused() {
    FixedFormat s8 = FixedFormat.signed(8, 4);
    assertRefused(() -> PoolShape.of(1, 4, 4, 2, 2).withPadding(2, 0),
        "paddingY is 2: it must be smaller than kernelHeight, 2");
    assertRefused(() -> PoolShape.of(1, 4, 4, 2, 2).withPadding(0, 2),
        "paddingX is 2: it must be smaller than kernelWidth, 2");
    assertRefused(() -> PoolShape.of(0, 4, 4, 2, 2), "channels is 0: it must be positive");
    assertRefused(() -> PoolShape.of(1, 4, 4, 2, 2).withPadding(-1, 0),
        "paddingY is -1: it must not be negative");
    PoolShape wide = PoolShape.of(1, 4, 4, 2, 5);
    String columns = "the kernel spans 5 columns: it must fit in the padded image, which has 4";
    assertRefused(() -> Pool2d.max(s8, wide), columns);
    assertRefused(() -> Pool2d.average(s8, wide, s8), columns);
    assertRefused(() -> Pool2d.averageOfPadded(s8, wide, s8), columns);
    assertRefused(wide::outputWidth, columns);
    assertThat(wide.withPadding(0, 1).outputWidth()).isEqualTo(1);
    assertRefused(() -> Pool2d.max(s8, PoolShape.of(3, 40_000, 40_000, 1, 1)),
        "the padded image has 3 channels of 40000 x 40000 words: it must have at most 2147483647 in"
            + " all");
    assertRefused(() -> Pool2d.average(FixedFormat.signed(62, 4), PoolShape.global(1, 3, 2), s8),
        "the exact sum of 6 words of ap_fixed<62,4> is ap_fixed<65,7>: kernels compute in at most"
            + " 64 bits");
    assertRefused(() -> Pool2d.average(FixedFormat.signed(32, 32), PoolShape.global(1, 3, 1),
        FixedFormat.signed(40, 8)),
        "the quotient of a sum of ap_fixed<34,34>, to as many bits as ap_fixed<40,8> needs, has 69:"
            + " kernels compute in at most 64 bits");
    assertRefused(() -> Pool2d.max(FixedFormat.signed(65, 4), PoolShape.global(1, 1, 1)),
        "ap_fixed<65,4> is wider than 64 bits: kernels hold words of at most 64 bits");

    Pool2d plan = Pool2d.max(s8, PoolShape.of(2, 4, 4, 2, 2));
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
    PoolShape shape = PoolShape.of(2, 9, 6, 3, 2);
    assertThat(Pool2d.max(s8, shape).explain())
        .startsWith("largest of 3 x 2 words of NHWC images of 9 x 6 x 2 in ap_fixed<8,4>, ")
        .endsWith(", ap_fixed<8,4> -> ap_fixed<8,4>, copied");
    assertThat(Pool2d.average(s8, shape, s8).explain())
        .startsWith("sum of 3 x 2 words of NHWC images of 9 x 6 x 2 in ap_fixed<11,7>, ")
        .contains(", ap_fixed<8,4> -> ap_fixed<8,4>, divided and cast once, ");
    assertThat(Pool2d.average(s8, PoolShape.of(2, 9, 6, 2, 2).withPadding(1, 0), s8).explain())
        .contains(", cast with the binary point moved, ").contains(", at the edges divided, ");
  }
}
