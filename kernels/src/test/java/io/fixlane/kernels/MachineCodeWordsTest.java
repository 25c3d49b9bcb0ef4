package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The words of each unit in machine code that the processor can run, forced whether or not it would
 * be chosen: those of plain arithmetic on longs, for sizes, strides and words at their ends.
 */
@ExtendWith(NativeAccess.class)
class MachineCodeWordsTest {
  private static final FixedFormat LOW32 = FixedFormat.signed(32, 32);
  private static final int LARGEST = 40;

  static Stream<Unit> units() {
    Processor processor = Processor.own();
    return Stream.of(DotInstructions.values()).filter(processor::has)
        .flatMap(each -> DotProducts.of(each).stream());
  }

  /** Returns formats that a unit multiplies: activations, and then weights. */
  private static List<FixedFormat[]> formats(Unit unit) {
    FixedFormat s8 = FixedFormat.signed(8, 8);
    FixedFormat u8 = FixedFormat.unsigned(8, 8);
    FixedFormat s16 = FixedFormat.signed(16, 16);
    FixedFormat s3 = FixedFormat.signed(3, 3);
    if (unit.label().equals("vpmaddubsw")) {
      // Two products of these have 16 bits.
      FixedFormat s7 = FixedFormat.signed(7, 7);
      return List.of(new FixedFormat[] {s8, s7}, new FixedFormat[] {u8, s7},
          new FixedFormat[] {s3, FixedFormat.unsigned(5, 5)},
          new FixedFormat[] {FixedFormat.unsigned(7, 7), s8});
    }
    return unit.activation().bits() == 8
        ? List.of(new FixedFormat[] {s8, s8}, new FixedFormat[] {u8, s8},
            new FixedFormat[] {s3, s8}, new FixedFormat[] {u8, s3})
        : List.of(new FixedFormat[] {s16, s16}, new FixedFormat[] {u8, s16},
            new FixedFormat[] {FixedFormat.unsigned(15, 15), s8}, new FixedFormat[] {s8, u8});
  }

  @ParameterizedTest
  @MethodSource("units")
  void productsOfMatricesOfAllSizes(Unit unit) {
    Random random = new Random(1);
    List<FixedFormat[]> formats = formats(unit);
    for (int i = 1; i <= LARGEST; i++) {
      int other = 1 + random.nextInt(LARGEST);
      checkGemm(unit, formats.get(i % formats.size()), other, i, 1 + i * 7 % LARGEST, random);
      checkGemm(unit, formats.get(i % formats.size()), i, other, i, random);
      checkGemm(unit, formats.get(i % formats.size()), 5, other, 3 * i, random);
    }
    checkGemm(unit, formats.getFirst(), 3, 5000, 70, random);
  }

  /**
   * Weights beyond a mebibyte that fit in half of the bits are stored so: several panels and
   * chunks, of which few rows and many read the words differently.
   */
  @ParameterizedTest
  @MethodSource("units")
  void largeWeightsOfHalfTheBits(Unit unit) {
    int bits = unit.activation().bits();
    FixedFormat s8 = FixedFormat.signed(8, 8);
    FixedFormat half = FixedFormat.signed(bits / 2, bits / 2);
    Random random = new Random(3);
    int k = 8_203;
    int n = 192;
    String plan = Gemm.forced(s8, Words.withEnds(half, random, k, n),
        OutputStage.to(LOW32).withAccumulator(LOW32), unit).explain();
    if (unit.label().equals("tdpbusd")) {
      assertThat(plan).containsPattern("tdpbusd +a weight .* vpdpbusd reads in half the memory");
      return;
    }
    boolean halved = !unit.label().equals("sdot");
    assertThat(plan).contains(halved ? "bytes, 2 a word, in " : "bytes, 4 a word, in ");
    for (int m = 1; m <= 5; m++) {
      checkGemm(unit, new FixedFormat[] {s8, half}, m, k, n, random);
    }
  }

  private static void checkGemm(
      Unit unit, FixedFormat[] formats, int m, int k, int n, Random random) {
    FixedTensor w = Words.withEnds(formats[1], random, k, n);
    FixedTensor bias = Words.tensor(FixedFormat.signed(20, 20), random, n);
    Gemm plan = Gemm.forced(
        formats[0], w, OutputStage.to(LOW32).withBias(bias).withAccumulator(LOW32), unit);
    assertThat(plan.explain()).contains("unit         " + unit.label());
    // Rows with words between them that are no activations.
    int stride = k + random.nextInt(3);
    FixedTensor a = Words.withEnds(formats[0], random, m, stride);
    int targetStride = n + random.nextInt(2);
    FixedTensor target = FixedTensor.allocate(LOW32, m, targetStride);
    plan.run(m, new MatrixView(a.segment(), 0, stride),
        new MatrixView(target.segment(), 0, targetStride), Runnable::run, 1);
    int[] expected = new int[m * n];
    int[] words = new int[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        words[i * n + j] = (int) target.raw((long) i * targetStride + j);
        expected[i * n + j] = (int) bias.raw(j);
        for (int t = 0; t < k; t++) {
          expected[i * n + j] +=
              (int) (a.raw((long) i * stride + t) * w.raw((long) t * n + j));
        }
      }
    }
    assertThat(words).as("%d x %d x %d", m, k, n).isEqualTo(expected);
  }

  /**
   * Where all that becomes of a sum is one cast, and columns fill vectors, it is done in registers:
   * after several panels and chunks, by rows that lie apart, in images and on several threads; the
   * same words as by loops.
   */
  @ParameterizedTest
  @MethodSource("units")
  void sumsThatAreCastInRegisters(Unit unit) throws Exception {
    Random random = new Random(4);
    QuantizationMode[] quantizations = QuantizationMode.values();
    for (int i = 0; i < 24; i++) {
      int n = 8 * (1 + random.nextInt(20));
      int k = i % 8 == 0 ? 9_000 : 1 + random.nextInt(90);
      List<FixedFormat[]> fit = formats(unit).stream().filter(each -> fits(each, k)).toList();
      FixedFormat[] formats = fit.get(i % fit.size());
      // Sums have about so many bits.
      int bits = formats[0].width() + formats[1].width() + Integer.bitCount(k);
      int width = 1 + random.nextInt(i % 3 == 0 ? 16 : 8);
      FixedFormat target = new FixedFormat(random.nextBoolean(), width,
          width + random.nextInt(bits / 2), quantizations[i % quantizations.length],
          random.nextBoolean() ? OverflowMode.AP_SAT : OverflowMode.AP_WRAP, 0);
      OutputStage stage = OutputStage.to(target)
          .withBias(Words.tensor(FixedFormat.signed(12, 12), random, n));
      checkCast(unit, formats, 1 + random.nextInt(50), k, n,
          random.nextBoolean() ? stage.withRelu() : stage, random);
    }
  }

  /** Returns whether sums of so many products have at most 32 bits, with a bias of 12. */
  private static boolean fits(FixedFormat[] formats, int k) {
    return formats[0].width() + formats[1].width() + Integer.toBinaryString(k).length() < 32;
  }

  private static void checkCast(Unit unit, FixedFormat[] formats, int m, int k, int n,
      OutputStage stage, Random random) throws Exception {
    FixedTensor w = Words.withEnds(formats[1], random, k, n);
    Gemm forced = Gemm.forced(formats[0], w, stage, unit);
    Gemm loops = Gemm.forced(formats[0], w, stage, Unit.INT64);
    boolean fills = n % (unit.vectorBits(0) / Integer.SIZE) == 0;
    assertThat(forced.explain().contains("\n  cast         in registers, before sums are stored"))
        .isEqualTo(fills && !unit.label().equals("sdot"));
    FixedTensor a = Words.withEnds(formats[0], random, m, k);
    FixedTensor expected = FixedTensor.allocate(stage.result(), m, n);
    loops.run(a, expected);
    int stride = n + 3;
    FixedTensor target = Words.tensor(stage.result(), random, m, stride);
    byte[] before = Words.bytes(target.segment());
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      forced.run(m, new MatrixView(a.segment(), 0, k),
          new MatrixView(target.segment(), 2, stride), random.nextBoolean()
              ? threads
              : Runnable::run,
          3);
    }
    byte[] after = Words.bytes(target.segment());
    byte[] words = Words.bytes(expected.segment());
    int bytes = words.length / (m * n);
    for (int i = 0; i < m; i++) {
      System.arraycopy(words, i * n * bytes, before, (i * stride + 2) * bytes, n * bytes);
    }
    assertThat(after).as("%d x %d x %d%n%s", m, k, n, forced).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("units")
  void convolutions(Unit unit) {
    Random random = new Random(2);
    for (FixedFormat[] formats : formats(unit)) {
      for (int i = 0; i < 30; i++) {
        int channels = 1 + random.nextInt(9);
        int kernel = 1 + random.nextInt(3);
        int size = 2 * kernel + 2 + random.nextInt(12);
        ImageShape image = ImageShape.of(size, size + random.nextInt(3), channels)
            .withLayout(random.nextBoolean() ? Layout.NHWC : Layout.NCHW);
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(2);
        int dilation = 1 + random.nextInt(2);
        Window window = Window.of(1 + random.nextInt(kernel), 1 + random.nextInt(kernel))
            .withStride(stride, stride).withPadding(padding, padding).withDilation(dilation, 1);
        int outputs = random.nextBoolean() ? 8 * (1 + random.nextInt(9)) : 1 + random.nextInt(70);
        checkConvolution(unit, formats, image, window, outputs, 1, random);
      }
      // A line of an image has more words than all that becomes of it.
      checkConvolution(unit, formats, ImageShape.of(3, 200, 64).withLayout(Layout.NCHW),
          Window.of(3, 3).withStride(1, 8), 16, 1, random);
    }
  }

  /** So many steps are taken in chunks, and the sums of one are what the next adds to. */
  @ParameterizedTest
  @MethodSource("units")
  void sumsOfManySteps(Unit unit) {
    Random random = new Random(8);
    FixedFormat[] formats = formats(unit).getFirst();
    checkGemm(unit, formats, 21, 66_003, 16, random);
    checkConvolution(unit, formats, ImageShape.of(92, 96, 9), Window.of(91, 91).withPadding(1, 1),
        8, 1, random);
  }

  /** Each channel has sums of its own: kernel rows of fewer taps than a step takes, and of more. */
  @ParameterizedTest
  @MethodSource("units")
  void depthwiseConvolutions(Unit unit) {
    assumeTrue(!List.of("sdot", "tdpbusd").contains(unit.label()), "it has no code for them");
    Random random = new Random(6);
    for (FixedFormat[] formats : formats(unit)) {
      for (int i = 0; i < 24; i++) {
        int channels = i % 3 == 0 ? 2 + random.nextInt(80) : 8 * (1 + random.nextInt(10));
        Window window = Window.of(1 + random.nextInt(4), 1 + i % 9)
            .withStride(1 + random.nextInt(2), 1 + random.nextInt(3))
            .withDilation(1 + random.nextInt(2), 1 + random.nextInt(3))
            .withPadding(random.nextInt(3), random.nextInt(5));
        ImageShape image = ImageShape.of(8 + random.nextInt(20), 25 + random.nextInt(9), channels)
            .withLayout(random.nextBoolean() ? Layout.NHWC : Layout.NCHW);
        checkConvolution(unit, formats, image, window, channels, channels, random);
      }
    }
  }

  /** Several blocks of places; and weights that other products keep in half the memory. */
  @ParameterizedTest
  @MethodSource("units")
  void largeDepthwiseConvolutions(Unit unit) {
    assumeTrue(!List.of("sdot", "tdpbusd").contains(unit.label()), "it has no code for them");
    Random random = new Random(7);
    FixedFormat[] few = {FixedFormat.signed(8, 8), FixedFormat.signed(4, 4)};
    checkConvolution(unit, formats(unit).getFirst(), ImageShape.of(60, 60, 64),
        Window.of(3, 3).withPadding(1, 1), 64, 64, random);
    checkConvolution(
        unit, few, ImageShape.of(92, 91, 128), Window.of(91, 91), 128, 128, random);
  }

  private static void checkConvolution(Unit unit, FixedFormat[] formats, ImageShape image,
      Window window, int outputs, int groups, Random random) {
    FixedTensor w = Words.withEnds(formats[1], random, outputs, image.channels() / groups,
        window.kernelHeight(), window.kernelWidth());
    // The whole sum, or one that is cast into few bits.
    OutputStage stage = random.nextBoolean() || !fits(formats, w.dimension(1) * window.taps())
        ? OutputStage.to(LOW32).withAccumulator(LOW32)
        : OutputStage.to(new FixedFormat(
            true, 8, 14, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT, 0));
    Conv2d forced = Conv2d.forced(formats[0], w, image, window, groups, stage, unit);
    assertThat(forced.explain()).contains("unit         " + unit.label());
    Conv2d scalar = Conv2d.forced(
        formats[0], w, image, window, groups, stage, Unit.INT64);
    FixedTensor a = Words.withEnds(formats[0], random, 2, image.size());
    assertThat(run(forced, a, stage)).as(forced.explain()).isEqualTo(run(scalar, a, stage));
  }

  /** Runs a plan on a thread of its own, whose buffers are as small as they can be. */
  private static List<Long> run(Conv2d plan, FixedTensor a, OutputStage stage) {
    FixedTensor target = FixedTensor.allocate(stage.result(), 2, plan.output().size());
    CompletableFuture.runAsync(() -> plan.run(a, target), task -> new Thread(task).start()).join();
    return LongStream.range(0, target.size()).mapToObj(target::raw).toList();
  }
}
