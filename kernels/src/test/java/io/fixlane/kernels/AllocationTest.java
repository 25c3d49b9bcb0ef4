package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.fixture.MixedProfiles;
import io.fixlane.kernels.fixture.NativeWidth;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once it is compiled, a plan runs without allocating, on arrays and on native memory, also in a
 * JVM that has met vectors of other sizes.
 */
@ExtendWith({NativeWidth.class, MixedProfiles.class})
class AllocationTest {
  private static final int CHANNELS = 40;
  private static final int WORDS = 10 * CHANNELS;
  private static final int RUNS = 200;
  private static final int ROUNDS = 50_000;
  private static final FixedFormat SOURCE = FixedFormat.signed(16, 6);
  private static final FixedFormat TARGET = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");

  @ParameterizedTest
  @MethodSource({"runs", "convolutions"})
  void aRunAllocatesNothing(Runnable run, TestInfo test) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = Long.MAX_VALUE;
    // The JIT compiles in the background: the first rounds may still box vectors.
    for (int round = 0; round < ROUNDS && bytes >= RUNS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        run.run();
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(bytes / RUNS).as("bytes per run of %s", test.getDisplayName()).isZero();
  }

  static Stream<Arguments> runs() {
    Random random = new Random(1);
    FixedTensor from = Words.tensor(SOURCE, random, WORDS / CHANNELS, CHANNELS);
    FixedTensor to = FixedTensor.allocate(TARGET, WORDS / CHANNELS, CHANNELS);
    FixedTensor channels = Words.tensor(SOURCE, random, CHANNELS);
    FixedTensor ones = FixedTensor.allocate(TARGET, WORDS / CHANNELS, CHANNELS);
    for (int i = 0; i < WORDS; i++) {
      ones.setRaw(i, 1);
    }
    MemorySegment off = Arena.ofAuto().allocate(8 * WORDS);
    MemorySegment heap = MemorySegment.ofArray(new byte[8 * WORDS + 1]).asSlice(1);
    Cast cast = Cast.of(SOURCE, TARGET);
    Elementwise multiply = Elementwise.multiply(SOURCE, SOURCE, TARGET);
    Elementwise divide = Elementwise.divide(SOURCE, TARGET, TARGET);
    Elementwise normalise = Elementwise.scaleAndShift(SOURCE, channels, channels, TARGET);
    Elementwise largeTable = Elementwise.lookUp(SOURCE, Math::abs, TARGET);
    Elementwise smallTable = Elementwise.lookUp(TARGET, Math::abs, TARGET);
    Threshold staircase = Threshold.of(
        SOURCE, Words.ascending(SOURCE, random, CHANNELS, 7), Fixed.ofRaw(TARGET, -7), 2);
    CastStatistics statistics = cast.newStatistics();
    KHotMultiply shiftAdd = KHot.of(3, KHotRule.TRUNCATE)
        .multiply(SOURCE, channels, TARGET, KHotKernel.SHIFT_ADD);
    FixedFormat wide = FixedFormat.signed(64, 60);
    FixedTensor factors = Words.tensor(wide, random, WORDS / CHANNELS, CHANNELS);
    Elementwise wideMultiply = Elementwise.multiply(wide, wide, TARGET);
    Elementwise wideDivide = Elementwise.divide(wide, TARGET, TARGET);
    Elementwise wideMin = Elementwise.min(wide, FixedFormat.unsigned(64, 64), TARGET);
    FixedTensor others = Words.tensor(
        FixedFormat.unsigned(64, 64), random, WORDS / CHANNELS, CHANNELS);
    CastStatistics wideStatistics = wideMultiply.newStatistics();
    FixedTensor results = FixedTensor.allocate(TARGET, WORDS / CHANNELS, CHANNELS);
    FixedTensor matrix = Words.tensor(TARGET, random, CHANNELS, CHANNELS);
    OutputStage layer = OutputStage.to(TARGET).withBias(channels).withRelu();
    Gemm gemm = Gemm.of(SOURCE, matrix, layer);
    Gemm steps = Gemm.of(SOURCE, matrix,
        layer.withAccumulator(FixedFormat.parse("ap_fixed<24,12,AP_RND_CONV,AP_SAT>")));
    Gemm rounded = Gemm.of(SOURCE, matrix,
        layer.withAccumulator(FixedFormat.parse("ap_fixed<16,6,AP_RND>")));
    Gemm normalised = Gemm.of(SOURCE, matrix, layer.withScaleAndShift(channels, channels, TARGET));
    FixedTensor row = from.row(0);
    FixedTensor resultRow = results.row(0);
    Cast fromFloat = Cast.fromFloat(TARGET);
    Cast fromDouble = Cast.fromDouble(SOURCE);
    Cast toFloat = Cast.toFloat(SOURCE);
    BitMatrix bits = BitMatrix.signs(from);
    BitMatrix bitsOut = BitMatrix.allocate(bits.rows(), 2);
    FixedTensor sums = FixedTensor.allocate(TARGET, bits.rows(), 2);
    BitMatrix weights = BitMatrix.allocate(CHANNELS, 2);
    BinaryGemm binarySums = BinaryGemm.of(weights, TARGET);
    BinaryGemm binarySigns = BinaryGemm.of(weights, 1, 2);
    FixedTensor binaryWeights = Words.tensor(SOURCE, random, 2, 8, 3, 3);
    BinaryConv2d binaryConv = BinaryConv2d.of(SOURCE, binaryWeights, ImageShape.of(10, 5, 8),
        Window.of(3, 3).withPadding(1, 1), 1, new int[] {1, 2});
    FixedTensor convSigns = FixedTensor.allocate(Signs.WORD, 10, 5, 2);
    Signs signs = Signs.of(SOURCE);
    ImageShape image = ImageShape.of(10, 5, 8);
    Window window = Window.of(3, 3).withStride(2, 1).withPadding(1, 1);
    FixedTensor largest = FixedTensor.allocate(SOURCE, window.output(image).size());
    FixedTensor averages = FixedTensor.allocate(TARGET, window.output(image).size());
    Pool2d poolMax = Pool2d.max(SOURCE, image, window);
    Pool2d poolAverage = Pool2d.average(SOURCE, image, window, TARGET);
    ImageShape planes = ImageShape.of(8, 8, 64).withLayout(Layout.NCHW);
    FixedTensor planesIn = Words.tensor(SOURCE, random, planes.size());
    FixedTensor planesOut = FixedTensor.allocate(TARGET, planes.size());
    Pool2d poolPlanes = Pool2d.average(SOURCE, planes, Window.of(3, 3).withPadding(1, 1), TARGET);
    return Stream.of(
        argumentSet("largest under a kernel", (Runnable) () -> poolMax.run(from, largest)),
        argumentSet("averages under a kernel", (Runnable) () -> poolAverage.run(from, averages)),
        argumentSet("averages in planes", (Runnable) () -> poolPlanes.run(planesIn, planesOut)),
        argumentSet("signs", (Runnable) () -> signs.run(from, bits)),
        argumentSet("sums of signs", (Runnable) () -> binarySums.run(bits, sums)),
        argumentSet("signs of sums of signs", (Runnable) () -> binarySigns.run(bits, bitsOut)),
        argumentSet("convolution of signs",
            (Runnable) () -> binaryConv.run(from, convSigns)),
        argumentSet("cast of tensors", (Runnable) () -> cast.run(from, to)),
        argumentSet("counting cast", (Runnable) () -> cast.run(from, to, statistics)),
        argumentSet("cast of unaligned bytes to native memory",
            (Runnable) () -> cast.run(heap, 0, off, 0, WORDS)),
        argumentSet("cast from float", (Runnable) () -> fromFloat.run(off, 0, heap, 0, WORDS)),
        argumentSet("cast from double", (Runnable) () -> fromDouble.run(off, 0, heap, 0, WORDS)),
        argumentSet("cast to float", (Runnable) () -> toFloat.run(heap, 0, off, 0, WORDS)),
        argumentSet("look-up in a large table", (Runnable) () -> largeTable.run(from, to)),
        argumentSet("look-up in a small table", (Runnable) () -> smallTable.run(ones, results)),
        argumentSet("thresholds per channel", (Runnable) () -> staircase.run(from, to)),
        argumentSet("product per channel", (Runnable) () -> multiply.run(from, channels, to)),
        argumentSet("K-hot product per channel", (Runnable) () -> shiftAdd.run(from, to)),
        argumentSet("product of 128 bits, counted",
            (Runnable) () -> wideMultiply.run(factors, factors, to, wideStatistics)),
        argumentSet("quotient of 128 bits", (Runnable) () -> wideDivide.run(factors, ones, to)),
        argumentSet("minimum of 128 bits",
            (Runnable) () -> wideMin.run(factors, others, to)),
        argumentSet("matrix product", (Runnable) () -> gemm.run(from, results)),
        argumentSet("matrix product of one row", (Runnable) () -> gemm.run(row, resultRow)),
        argumentSet("matrix product, step by step", (Runnable) () -> steps.run(from, results)),
        argumentSet("matrix product, of rounded products",
            (Runnable) () -> rounded.run(from, results)),
        argumentSet("matrix product, scaled and shifted",
            (Runnable) () -> normalised.run(from, results)),
        argumentSet("quotient", (Runnable) () -> divide.run(from, ones, to)),
        argumentSet("scale and shift", (Runnable) () -> normalise.run(from, to)));
  }

  static Stream<Arguments> convolutions() {
    Random random = new Random(2);
    ImageShape shape = ImageShape.of(3, 3, CHANNELS);
    Window window = Window.of(2, 2).withPadding(1, 1);
    FixedTensor image = Words.tensor(SOURCE, random, 3, 3, CHANNELS);
    FixedTensor result = FixedTensor.allocate(TARGET, 4, 4, 4);
    FixedTensor kernel = Words.tensor(TARGET, random, 4, CHANNELS, 2, 2);
    OutputStage stage = OutputStage.to(TARGET).withBias(Words.tensor(SOURCE, random, 4)).withRelu();
    Conv2d dense = Conv2d.of(SOURCE, kernel, shape, window, stage);
    Conv2d planes = Conv2d.of(SOURCE, kernel, shape.withLayout(Layout.NCHW), window,
        stage.withResidualAdd(TARGET, TARGET));
    Conv2d steps = KHot.of(2, KHotRule.TRUNCATE).conv2d(SOURCE, kernel, shape, window, 1,
        stage.withAccumulator(TARGET), KHotKernel.SHIFT_ADD);
    FixedTensor channels = FixedTensor.allocate(TARGET, 4, 4, CHANNELS);
    Conv2d depthwise = Conv2d.of(SOURCE, Words.tensor(TARGET, random, CHANNELS, 1, 2, 2),
        shape, window, CHANNELS, OutputStage.to(TARGET));
    return Stream.of(
        argumentSet("convolution", (Runnable) () -> dense.run(image, result)),
        argumentSet("convolution of planes, and a residual",
            (Runnable) () -> planes.run(image, result, result, Runnable::run, 1)),
        argumentSet("convolution step by step, by shifts and additions",
            (Runnable) () -> steps.run(image, result)),
        argumentSet("depthwise convolution", (Runnable) () -> depthwise.run(image, channels)));
  }
}
