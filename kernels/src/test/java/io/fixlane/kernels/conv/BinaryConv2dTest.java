package io.fixlane.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.BinaryConv2d;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Signs;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.Convolutions;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** Convolutions of signs are those of the words +1 and -1, whatever the shape. */
@Domain(Formats.class)
@Domain(Convolutions.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class BinaryConv2dTest {
  private static final FixedFormat X = FixedFormat.signed(8, 3);
  private static final FixedFormat UNIT = FixedFormat.signed(2, 2);

  /** Returns +1 and -1, as words that are multiplied. */
  private static FixedTensor units(FixedTensor words) {
    FixedTensor units = FixedTensor.allocate(UNIT, words.shape());
    for (long i = 0; i < words.size(); i++) {
      units.setRaw(i, words.format().signed() && words.raw(i) < 0 ? -1 : 1);
    }
    return units;
  }

  private static FixedTensor images(Convolution conv, FixedFormat format, int count,
      Random random) {
    return Words.tensor(
        format, random, count, conv.image().height(), conv.image().width(),
        conv.image().channels());
  }

  private static FixedTensor weights(Convolution conv, FixedFormat format, Random random) {
    return Words.tensor(format, random, conv.weights());
  }

  private static FixedTensor results(Convolution conv, FixedFormat format, int images) {
    ImageShape output = conv.output();
    return FixedTensor.allocate(
        format, images, output.height(), output.width(), output.channels());
  }

  private static FixedTensor products(
      Convolution conv, FixedTensor x, FixedTensor weights, FixedFormat result) {
    FixedTensor target = results(conv, result, x.dimension(0));
    Conv2d.of(UNIT, units(weights), conv.image(), conv.window(), conv.groups(),
        OutputStage.to(result)).run(units(x), target);
    return target;
  }

  @Property(tries = 300)
  void sumsAreThoseOfProducts(@ForAll Convolution any, @ForAll FixedFormat result,
      @ForAll FixedFormat activations, @ForAll @IntRange(max = 20) int images,
      @ForAll Random random) {
    Convolution conv = any.withLayout(Layout.NHWC);
    FixedTensor x = images(conv, activations, images, random);
    FixedTensor weights = weights(conv, X, random);
    FixedTensor target = results(conv, result, images);
    BinaryConv2d plan = BinaryConv2d.of(activations, weights, conv.image(), conv.window(),
        conv.groups(), result);
    plan.run(x, target);
    assertThat(target.contentEquals(products(conv, x, weights, result))).as("%s", plan).isTrue();
  }

  @Property(tries = 300)
  void signsSayWhetherSumsReachTheirThreshold(@ForAll Convolution any,
      @ForAll @IntRange(max = 20) int images, @ForAll Random random) {
    Convolution conv = any.withLayout(Layout.NHWC);
    FixedTensor x = images(conv, X, images, random);
    FixedTensor weights = weights(conv, Signs.WORD, random);
    FixedTensor sums = products(conv, x, weights, FixedFormat.signed(16, 16));
    int[] thresholds = new int[conv.outputs()];
    for (int n = 0; n < thresholds.length; n++) {
      thresholds[n] = random.nextInt(10) == 0
          ? random.nextInt()
          : sums.size() == 0
              ? 0
              : (int) sums.raw(random.nextInt((int) sums.size())) + random.nextInt(2);
    }
    FixedTensor signs = results(conv, Signs.WORD, images);
    BinaryConv2d plan = BinaryConv2d.of(X, weights, conv.image(), conv.window(),
        conv.groups(), thresholds);
    plan.run(x, signs);
    for (int i = 0; i < signs.size(); i++) {
      long expected = sums.raw(i) >= thresholds[i % conv.outputs()] ? 0 : -1;
      if (signs.raw(i) != expected) {
        assertThat(signs.raw(i)).as("%s: sign %s of %s", plan, i, sums.raw(i))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void anyNumberOfPartsGivesTheSameWords() {
    Random random = new Random(1);
    Convolution conv = Convolution.of(
        9, 11, 70, 33, Window.of(3, 3).withPadding(1, 1).withStride(2, 1));
    FixedTensor x = images(conv, X, 5, random);
    FixedTensor weights = weights(conv, X, random);
    FixedFormat sum = FixedFormat.signed(11, 11);
    FixedTensor expected = products(conv, x, weights, sum);
    BinaryConv2d plan = BinaryConv2d.of(X, weights, conv.image(), conv.window(),
        conv.groups(), sum);
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      for (int parts = 1; parts < 9; parts++) {
        FixedTensor target = results(conv, sum, 5);
        plan.run(x, target, executor, parts);
        assertThat(target.contentEquals(expected)).isTrue();
      }
    }
    assertThat(plan.explain()).startsWith("binary conv2d of the signs of ap_fixed<8,3>, ");
  }

  /** A kernel may reach so far over the image that places see none of it. */
  @Test
  void paddingIsNeitherOneSignNorTheOther() {
    Convolution conv = Convolution.of(1, 1, 1, 1, Window.of(1, 2).withPadding(0, 3));
    FixedTensor x = FixedTensor.of(X, new byte[] {-1}, 1, 1, 1, 1);
    FixedTensor weights = FixedTensor.of(Signs.WORD, new byte[] {0, -1}, 1, 1, 1, 2);
    FixedTensor target = results(conv, X, 1);
    BinaryConv2d.of(X, weights, conv.image(), conv.window(), 1, X).run(x, target);
    assertThat(target.reshape(6)).hasToString("""
        ap_fixed<8,3> [6]
           0   0   1  -1   0   0""");
  }

  /** What a plan knows of places does not grow with their number. */
  @Test
  void aPlanOfABillionPlacesIsSmall() {
    ImageShape image = ImageShape.of(1, 5, 1);
    FixedTensor weights = FixedTensor.of(X, new byte[] {1, -1, 1}, 1, 1, 1, 3);
    Window window = Window.of(1, 3).withPadding(0, 1_000_000_000);
    BinaryConv2d plan = BinaryConv2d.of(X, weights, image, window, 1, X);
    assertThat(plan.output().width()).isEqualTo(2_000_000_003);
  }

  @Test
  void wrongArgumentsAreRefused() {
    ImageShape image = ImageShape.of(2, 2, 1);
    Window window = Window.of(1, 1);
    FixedTensor weights = FixedTensor.allocate(X, 1, 1, 1, 1);
    assertRefused(() -> BinaryConv2d.of(
        X, weights, image.withLayout(Layout.NCHW), window, 1, X),
        "image has the layout NCHW: signs are taken in the layout NHWC");
    assertRefused(() -> BinaryConv2d.of(X, weights.reshape(1, 1), image, window, 1, X),
        "weights have the shape [1, 1]: they must be outputs x channels of a group x kernelHeight"
            + " x kernelWidth, outputs x 1 x 1 x 1");
    assertRefused(() -> BinaryConv2d.of(X, weights, image, window, 1, new int[2]),
        "thresholds has 2 numbers: it must have 1, one for each output");
    BinaryConv2d plan = BinaryConv2d.of(X, weights, image, window, 1, X);
    FixedTensor x = FixedTensor.allocate(X, 1, 2, 2, 1);
    assertRefused(() -> plan.run(FixedTensor.allocate(UNIT, 4), x),
        "x has the format ap_fixed<2,2>: the plan's is ap_fixed<8,3>");
    assertRefused(() -> plan.run(FixedTensor.allocate(X, 3), x),
        "x has 3 words: it must be images of 4");
    assertRefused(() -> plan.run(x, FixedTensor.allocate(X, 8)),
        "target has 8 words: it must have 4");
    assertRefused(() -> plan.run(x, x), "x and target overlap: they must be apart");
    assertRefused(() -> plan.run(x, FixedTensor.allocate(X, 4), Runnable::run, 0),
        "parts is 0: it must be positive");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }
}
