package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.ConvProblem;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever binary points lie, up to the ends of I, a plan gives the reference's words or refuses
 * the formats, and does either at once: nothing that it computes has as many bits as they lie
 * apart.
 */
class FarPointsTest {
  private static final int HIGHEST = Integer.MAX_VALUE;
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat SATURATING =
      FixedFormat.signed(8, 3, QuantizationMode.AP_RND, OverflowMode.AP_SAT);

  /** Returns a format with its binary point moved to I, or as near to it as it can be. */
  private static FixedFormat moved(FixedFormat format, int integerBits) {
    return new FixedFormat(format.signed(), format.width(),
        Math.max(lowest(format.width()), integerBits), format.quantization(), format.overflow(),
        format.saturationBits());
  }

  /** Returns the smallest I of a format of so many bits. */
  private static int lowest(int width) {
    return width - HIGHEST;
  }

  /** Formats from one end of I to the other. */
  static List<FixedFormat> formats() {
    return Stream.concat(words(), Stream.of(FixedFormat.unsigned(1, 1),
        FixedFormat.unsigned(24, 0), FixedFormat.signed(64, 0))
        .flatMap(format -> IntStream.of(lowest(1), 3, HIGHEST)
            .mapToObj(integerBits -> moved(format, integerBits))))
        .toList();
  }

  private static Stream<FixedFormat> words() {
    return IntStream.of(lowest(8), lowest(8) + 1, -30_000_000, -5_000, -200, 0, 3, 200, 5_000,
        30_000_000, HIGHEST - 1, HIGHEST)
        .mapToObj(integerBits -> moved(SATURATING, integerBits));
  }

  /** Asserts that a plan gives words, or refuses to; where there are none, it must refuse. */
  private static void assertWordsOrRefusal(
      Object plan, Supplier<List<Fixed>> words, Supplier<FixedTensor> run) {
    FixedTensor actual;
    try {
      actual = run.get();
    } catch (IllegalArgumentException _) {
      return;
    }
    List<BigInteger> expected = words.get().stream().map(Fixed::raw).toList();
    Words.assertWords(plan, actual, expected::get);
  }

  private static FixedTensor ends(FixedFormat format) {
    FixedTensor ends = FixedTensor.allocate(format, 4);
    ends.setRaw(0, format.minRaw().longValue());
    ends.setRaw(1, format.maxRaw().longValue());
    ends.setRaw(2, 1);
    return ends;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void castsAreNeverRefused(FixedFormat source) {
    FixedTensor words = ends(source);
    for (FixedFormat target : formats()) {
      FixedTensor cast = FixedTensor.allocate(target, 4);
      Cast plan = Cast.of(source, target);
      plan.run(words, cast);
      Words.assertWords(plan, cast, i -> words.value(i).cast(target).raw());
    }
  }

  /** An operation of two operands, by the plan and by the reference. */
  enum Binary {
    ADD(Elementwise::add, Fixed::plus),
    SUBTRACT(Elementwise::subtract, Fixed::minus),
    MULTIPLY(Elementwise::multiply, Fixed::times),
    DIVIDE(Elementwise::divide, Fixed::dividedBy),
    MIN(Elementwise::min, (a, b) -> a.compareTo(b) <= 0 ? a : b),
    MAX(Elementwise::max, (a, b) -> a.compareTo(b) >= 0 ? a : b);

    /** Plans the operation. */
    interface PlanOf {
      Elementwise of(FixedFormat a, FixedFormat b, FixedFormat result);
    }

    private final PlanOf plan;
    private final BinaryOperator<Fixed> reference;

    Binary(PlanOf plan, BinaryOperator<Fixed> reference) {
      this.plan = plan;
      this.reference = reference;
    }
  }

  @ParameterizedTest
  @EnumSource
  void operationsOnTwoOperands(Binary operation) {
    for (FixedFormat a : formats()) {
      for (int integerBits : new int[] {lowest(8), -200, 3, 200, HIGHEST}) {
        FixedFormat b = moved(S8, integerBits);
        FixedTensor x = ends(a);
        FixedTensor y = ends(b);
        y.setRaw(0, 1);
        y.setRaw(3, 1);
        FixedFormat result = moved(SATURATING, a.integerBits());
        assertWordsOrRefusal(
            operation + " " + a + " " + b,
            () -> IntStream.range(0, 4).mapToObj(
                i -> operation.reference.apply(x.value(i), y.value(i)).cast(result)).toList(),
            () -> {
              FixedTensor z = FixedTensor.allocate(result, 4);
              operation.plan.of(a, b, result).run(x, y, z);
              return z;
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void operationsOnOneOperand(FixedFormat a) {
    FixedTensor x = ends(a);
    for (FixedFormat result : List.of(S8, a)) {
      assertWordsOrRefusal("-" + a,
          () -> IntStream.range(0, 4).mapToObj(i -> x.value(i).negate().cast(result)).toList(),
          () -> run(Elementwise.negate(a, result), x, result));
      assertWordsOrRefusal("relu " + a,
          () -> IntStream.range(0, 4).mapToObj(i -> x.raw(i) < 0 && a.signed()
              ? Fixed.ofRaw(result, 0)
              : x.value(i).cast(result)).toList(),
          () -> run(Elementwise.relu(a, result), x, result));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.leakyRelu(S8, HIGHEST, S8))
        .withMessage(
            "slopeShift is 2147483647: W + slopeShift must be at most 128, and W is 8");
  }

  private static FixedTensor run(Elementwise plan, FixedTensor x, FixedFormat result) {
    FixedTensor z = FixedTensor.allocate(result, x.shape());
    plan.run(x, z);
    return z;
  }

  /** Products of opposite I have near points, and so does an accumulator that lies with them. */
  @ParameterizedTest
  @MethodSource("formats")
  void layersWithAnAccumulator(FixedFormat far) {
    Random random = new Random(far.hashCode());
    FixedFormat opposite = moved(FixedFormat.signed(6, 0), -far.integerBits());
    for (FixedFormat w : List.of(S8, opposite)) {
      for (FixedFormat accumulator : List.of(
          far, FixedFormat.signed(20, 9), moved(SATURATING, far.integerBits() / 2))) {
        for (FixedFormat a : List.of(S8, far)) {
          FixedTensor x = Words.tensor(a, random, 2, 3);
          GemmProblem problem = new GemmProblem(x, Words.tensor(w, random, 3, 2),
              Words.tensor(far, random, 2), accumulator, false, List.of(S8));
          assertWordsOrRefusal(problem, problem::reference, () -> run(problem.plan(), problem));
          ConvProblem convolution = new ConvProblem(
              Convolution.of(1, 2, 3, 2, Window.of(1, 1)), x.reshape(1, 6), problem);
          assertWordsOrRefusal(convolution, convolution::reference, () -> {
            FixedTensor target = convolution.target();
            convolution.plan().run(convolution.x(), target);
            return target;
          });
          KHot khot = KHot.of(2, KHotRule.TRUNCATE);
          GemmProblem hot = new GemmProblem(
              x, khot.encode(problem.w()), problem.bias(), accumulator, false, List.of(S8));
          assertWordsOrRefusal(hot, hot::reference,
              () -> run(khot.gemm(a, problem.w(), problem.stage(), KHotKernel.SHIFT_ADD), hot));
        }
      }
    }
  }

  private static FixedTensor run(Gemm plan, GemmProblem problem) {
    FixedTensor target =
        FixedTensor.allocate(problem.outputs().getFirst(), problem.m(), problem.n());
    plan.run(problem.a(), target);
    return target;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void aBiasThatIsFarFromTheProducts() {
    FixedFormat w = FixedFormat.signed(8, 1);
    FixedTensor weights = Words.tensor(w, new Random(1), 16, 1);
    for (long[] far : new long[][] {{200, 214}, {30_000_000, 30_000_014},
      {HIGHEST - 1, HIGHEST + 13L}, {HIGHEST, HIGHEST + 14L}}) {
      FixedTensor bias = FixedTensor.of(FixedFormat.signed(8, (int) far[0]), new byte[] {-127}, 1);
      assertRefused(() -> Gemm.of(S8, weights, OutputStage.to(S8).withBias(bias)),
          "the exact sum of 16 products of ap_fixed<8,3> and ap_fixed<8,1> and a bias of"
              + " ap_fixed<8," + far[0] + "> has " + far[1]
              + " bits: kernels compute in at most 128 bits");
    }
    FixedTensor below = FixedTensor.of(FixedFormat.signed(8, lowest(8)), new byte[] {-127}, 1);
    assertRefused(() -> Gemm.of(S8, weights, OutputStage.to(S8).withBias(below)),
        "the exact sum of 16 products of ap_fixed<8,3> and ap_fixed<8,1> and a bias of"
            + " ap_fixed<8,-2147483639> has 2147483658 bits: kernels compute in at most 128 bits");
  }

  @Test
  void anAccumulatorThatIsFarFromTheProducts() {
    FixedFormat a = FixedFormat.unsigned(7, -5_000);
    FixedTensor weights = Words.tensor(FixedFormat.signed(4, 5_000), new Random(1), 3, 2);
    assertRefused(
        () -> Gemm.of(a, weights,
            OutputStage.to(S8).withAccumulator(FixedFormat.unsigned(25, -2_147_483_622))),
        "the exact sum of an accumulator of ap_ufixed<25,-2147483622> and a product of"
            + " ap_ufixed<7,-5000> and ap_fixed<4,5000> has 2147483649 bits: kernels compute in at"
            + " most 128 bits");
  }

  @Test
  void sumsThatHaveNoFormat() {
    FixedFormat a = FixedFormat.signed(8, HIGHEST);
    FixedTensor weights = Words.tensor(FixedFormat.signed(8, 0), new Random(1), 9, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gemm.of(a, weights, OutputStage.to(S8)))
        .withMessageStartingWith("the sum of the products needs W ")
        .withMessageContaining(" and I 21474836");
    assertRefused(() -> Pool2d.average(a, ImageShape.of(2, 2, 1), Window.of(2, 2), S8),
        "the sum of 4 words of ap_fixed<8,2147483647> needs W 10 and I 2147483649: the width must"
            + " lie in 1..4096, and I and W - I must fit in 32 bits");
    assertRefused(
        () -> Pool2d.average(
            FixedFormat.signed(8, lowest(8)), ImageShape.of(2, 2, 1), Window.of(2, 2), S8),
        "the average of words with a sum of ap_fixed<10,-2147483637> needs W 10 and I -2147483639:"
            + " the width must lie in 1..4096, and I and W - I must fit in 32 bits");
  }

  @Test
  void channelsWhoseFormatsLieFarApart() {
    OutputStage stage = OutputStage.toEach(List.of(
        FixedFormat.signed(8, HIGHEST), FixedFormat.signed(8, lowest(8))));
    assertRefused(() -> Gemm.of(S8, FixedTensor.allocate(S8, 3, 2), stage),
        "outputs holds ap_fixed<8,-2147483639> and ap_fixed<8,2147483647>: binary points of"
            + " channels may be at most 63 bits apart");
    assertRefused(
        () -> OutputStage.toEach(List.of(FixedFormat.signed(1, lowest(1)), S8)),
        "outputs holds ap_fixed<1,-2147483646> and ap_fixed<8,3>: formats of channels may differ in"
            + " their integer bits alone");
  }

  /** Words and results that are moved together are the same words. */
  @ParameterizedTest
  @MethodSource("formats")
  void poolings(FixedFormat x) {
    ImageShape shape = ImageShape.of(4, 4, 2);
    Window window = Window.of(2, 2).withStride(2, 2);
    FixedTensor words = Words.tensor(x, new Random(2), shape.size());
    FixedTensor near = FixedTensor.of(moved(x, 0), words.segment(), shape.size());
    List<Fixed> largest = words(Pool2d.max(near.format(), shape, window), near, near.format());
    assertWordsOrRefusal("max " + x, () -> largest,
        () -> run(Pool2d.max(x, shape, window), words, x));
    if (x.width() < 62) {
      List<Fixed> average =
          words(Pool2d.average(near.format(), shape, window, near.format()), near, near.format());
      assertWordsOrRefusal("average " + x, () -> average,
          () -> run(Pool2d.average(x, shape, window, x), words, x));
    }
  }

  private static FixedTensor run(Pool2d plan, FixedTensor x, FixedFormat result) {
    FixedTensor z = FixedTensor.allocate(result, plan.output().size());
    plan.run(x, z);
    return z;
  }

  private static List<Fixed> words(Pool2d plan, FixedTensor x, FixedFormat result) {
    return GemmProblem.values(run(plan, x, result));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void productsWithTermsAndSigns(FixedFormat x) {
    FixedTensor words = ends(x);
    FixedTensor weight = FixedTensor.of(S8, new byte[] {-96}, 1);
    for (KHotKernel kernel : KHotKernel.values()) {
      assertWordsOrRefusal(kernel + " " + x,
          () -> IntStream.range(0, 4)
              .mapToObj(i -> words.value(i).times(weight.value(0)).cast(S8)).toList(),
          () -> {
            FixedTensor z = FixedTensor.allocate(S8, 4);
            KHot.of(2, KHotRule.TRUNCATE).multiply(x, weight, S8, kernel).run(words, z);
            return z;
          });
    }
    BitMatrix signs = BitMatrix.signs(words.reshape(1, 4));
    List<Boolean> negative = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      negative.add(words.value(i).raw().signum() < 0);
      assertThat(signs.sign(0, i)).isEqualTo(negative.get(i) ? -1 : 1);
    }
    FixedTensor sums = FixedTensor.allocate(x, 1, 1);
    BinaryGemm.of(signs.transpose(), x).run(signs, sums);
    assertThat(sums.value(0).raw())
        .isEqualTo(Fixed.ofRaw(FixedFormat.signed(4, 4), 4).cast(x).raw());
  }
}
