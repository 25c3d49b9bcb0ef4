package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversion of networks into fixed-point ones, and their calibration. */
class QfxTest {
  private final RandomGenerator random = new SplittableRandom(1);
  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  @Nested
  class Examples extends QfxExample {}

  /** A network with every kind of layer that has a twin. */
  private Sequential network() {
    Window same = Window.of(3, 3).withPadding(1, 1);
    return new Sequential(
        new FloatConv2d(1, 4, same, Bias.NONE, random), new BatchNorm2d(4), new ReLU(),
        new Residual(new Sequential(new DepthwiseConv2d(4, same, Bias.LEARNED, random),
            new LeakyReLU(0.25f))),
        new Residual(new FloatConv2d(4, 4, same, random), new BatchNorm2d(4)), new AvgPool2d(2),
        new MaxPool2d(2), new Residual(new ReLU()), new Flatten(), new Linear(16, 10, random));
  }

  private static Tensor images() {
    float[] images = new float[4 * 8 * 8];
    Random normal = new Random(2);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) normal.nextGaussian();
    }
    return Tensor.of(images, 4, 8, 8, 1);
  }

  @Test
  void aTwinOfManyBitsComputesNearlyTheSame() {
    Sequential floats = network();
    Sequential fixed = Qfx.convert(floats, QfxOptions.bits(18));
    float[] expected = floats.forward(tape, images()).data();
    Tensor actual = fixed.forward(tape, images());
    assertThat(actual.format()).isNotNull();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.data()[i]).isCloseTo(expected[i], within(5e-3f));
    }
    // The names stay, so that weights are found again.
    assertThat(Qfx.weights(fixed).keySet()).isEqualTo(floats.parameters().keySet());
    assertThat(Qfx.integerBits(fixed)).isEmpty();
  }

  @Test
  void aSingleLayerHasATwinToo() {
    Linear linear = new Linear(2, 1, random);
    Sequential fixed = Qfx.convert(linear, QfxOptions.bits(8).learnBinaryPoints());
    assertThat(fixed.parameters().keySet()).containsExactly(
        "input.integerBits", "layer.weight", "layer.bias", "layer.weightCast.integerBits",
        "layer.biasCast.integerBits", "layer.outputCast.integerBits");
    assertThat(Qfx.weights(fixed)).containsOnlyKeys("layer.weight", "layer.bias");
    assertThat(Qfx.integerBits(fixed)).hasSize(4);
    linear.weight().data()[0] = 99;
    assertThat(Qfx.weights(fixed).get("layer.weight").data()[0]).isNotEqualTo(99);
  }

  /** Every step of calibration lowers or keeps the error of what it chooses I for: the weights'. */
  @Test
  void calibrationBySquaredErrorIsNotWorseThanByRange() {
    Sequential fixed = Qfx.convert(network(), QfxOptions.bits(4));
    double[] errors = new double[2];
    StartRule[] rules = {new StartRule.Maximum(), new StartRule.LeastSquares()};
    for (int i = 0; i < rules.length; i++) {
      Qfx.calibrate(fixed, images(), rules[i]);
      assertThat(Qfx.casts(fixed).values()).allMatch(FixedCast::isStarted);
      FixedLinear linear = (FixedLinear) fixed.layers().get("9");
      float[] cast = linear.weightCast().forward(tape, linear.weight()).data();
      for (int j = 0; j < cast.length; j++) {
        errors[i] += Math.pow(cast[j] - linear.weight().data()[j], 2);
      }
    }
    assertThat(errors[1]).isPositive().isLessThanOrEqualTo(errors[0]);
  }

  /** Each place where an infinite or NaN number may come from: images, weights, what sums give. */
  @Test
  void calibrationNamesTheCastAndTheNumberThatIsNotFinite() {
    Sequential floats = network();
    float[] weights = ((Linear) floats.layers().get("9")).weight().data();
    weights[3] = Float.NaN;
    assertCalibrationRefuses(floats, images(),
        "cast 9.weightCast: number 3 is NaN: the binary point is chosen from finite numbers alone");
    weights[3] = 1;
    float[] shifts = ((BatchNorm2d) floats.layers().get("1")).beta().data();
    shifts[2] = Float.NEGATIVE_INFINITY;
    assertCalibrationRefuses(floats, images(), "cast 1.shiftCast: number 2 is -Infinity: ");
    shifts[2] = 0;
    Tensor images = images();
    images.data()[77] = Float.POSITIVE_INFINITY;
    assertCalibrationRefuses(floats, images, "cast input: number 77 is Infinity: ");
  }

  private static void assertCalibrationRefuses(TapeLayer floats, Tensor images, String message) {
    Sequential fixed = Qfx.convert(floats, QfxOptions.bits(8));
    for (StartRule rule : RULES) {
      assertThatThrownBy(() -> Qfx.calibrate(fixed, images, rule))
          .isInstanceOf(NonFiniteException.class).hasMessageStartingWith(message);
    }
  }

  private static final List<StartRule> RULES = List.of(
      new StartRule.Maximum(), new StartRule.Percentile(99.9), new StartRule.LeastSquares());

  /** 8 bits hold 1e7 and -3e28 to within half a step, 1/254 of the largest number. */
  @Test
  void largeWeightsFit() {
    for (float large : new float[] {1e7f, -3e28f}) {
      Linear linear = new Linear(2, 1, random);
      linear.weight().data()[0] = large;
      linear.weight().data()[1] = large / 2;
      Tensor image = Tensor.of(new float[] {1, 0.5f}, 1, 2);
      for (StartRule rule : RULES) {
        Sequential fixed = Qfx.convert(linear, QfxOptions.bits(8));
        Qfx.calibrate(fixed, image, rule);
        Tensor words = ((FixedLinear) fixed.layers().get("layer")).words(tape);
        assertThat(words.data()[0]).isCloseTo(large, withinPercentage(0.5));
        Tensor y = fixed.forward(tape, image);
        assertThat(y.data()[0]).isCloseTo(1.25f * large, withinPercentage(1));
        assertThat(Qfx.deploy(fixed, 2).run(FixedWords.of(fixed.layers().get("input")
            .forward(tape, image))).contentEquals(FixedWords.of(y))).isTrue();
      }
    }
  }

  @Test
  void numbersThatNoWordReachesAreNotSaturatedInSilence() {
    Linear linear = new Linear(2, 1, random);
    linear.weight().data()[0] = 1e30f;
    linear.weight().data()[1] = 0;
    Tensor image = Tensor.of(new float[] {1, 1}, 1, 2);
    Sequential fixed = Qfx.convert(linear, QfxOptions.bits(8));
    for (StartRule rule : RULES) {
      assertThatThrownBy(() -> Qfx.calibrate(fixed, image, rule))
          .isInstanceOf(NonFiniteException.class).hasMessage("cast layer.weightCast: the numbers "
              + "reach from 0.0 to 1.0E30: ap_fixed<8,1,AP_RND_CONV,AP_SAT> has no word for them "
              + "with I in -24..100");
    }
    FixedCast cast = new FixedCast(TrainableFormat.calibrated(
        FixedFormat.parse("ap_fixed<8,1,AP_RND,AP_SAT>"), new StartRule.Maximum())
        .withRange(-8, 3));
    assertThatThrownBy(() -> tape.within("gate", () -> cast.forward(tape, Tensor
        .of(new float[] {-4, 4}, 2)))).hasMessageStartingWith("cast gate: the numbers reach from "
            + "-4.0 to 4.0: ");
    assertThat(cast.forward(tape, Tensor.of(new float[] {-4, 3.9f}, 2)).data())
        .containsExactly(-4, 3.90625f);
  }

  @Test
  void weightsAndScalesBecomeKHot() {
    KHot one = KHot.of(1, KHotRule.NEAREST);
    QfxOptions options = QfxOptions.bits(8).withWeightKHot(one).withScaleKHot(one);
    Sequential fixed = Qfx.convert(network(), options);
    fixed.forward(tape, images());
    float[] words = ((FixedLinear) fixed.layers().get("9")).words(tape).data();
    float[] scales = ((FixedBatchNorm2d) fixed.layers().get("1"))
        .scaleAndShift(tape, Tensor.of(new float[4], 4)).scale().data();
    for (float[] numbers : Arrays.asList(words, scales)) {
      for (float number : numbers) {
        // Powers of two alone have no further ones in their significand.
        assertThat(Float.floatToIntBits(number) & 0x7FFFFF).isZero();
      }
    }
  }

  /** Those of a last layer, however deep it lies, and of no other: a ReLU after it takes them. */
  @Test
  void scoresHaveWordsOfTheirOwn() {
    RandomGenerator random = new SplittableRandom(1);
    QfxOptions options = QfxOptions.bits(4).withBits(9, Role.SCORES);
    Sequential network = new Sequential(
        new Linear(4, 4, random),
        new Sequential(new Linear(4, 4, random), new Linear(4, 3, random)));
    assertThat(outputWidths(Qfx.convert(network, options))).containsExactly(4, 4, 9);
    assertThat(outputWidths(Qfx.convert(new Linear(4, 3, random), options))).containsExactly(9);
    assertThat(outputWidths(Qfx.convert(
        new Sequential(new Linear(4, 3, random), new ReLU()), options))).containsExactly(4);
  }

  /** Those that end a branch of a shortcut, not what comes to it, nor what a ReLU gives. */
  @Test
  void addendsHaveWordsOfTheirOwn() {
    RandomGenerator random = new SplittableRandom(1);
    Sequential network = new Sequential(
        new Linear(4, 4, random),
        new Residual(new Sequential(new Linear(4, 4, random), new ReLU(),
            new Linear(4, 4, random), new BatchNorm2d(4)), new BatchNorm2d(4)),
        new Residual(new Sequential(new Linear(4, 4, random), new ReLU()),
            new Linear(4, 4, random)),
        new Linear(4, 3, random));
    QfxOptions options = QfxOptions.bits(4).withBits(9, Role.ADDEND);
    assertThat(outputWidths(Qfx.convert(network, options)))
        .containsExactly(4, 4, 4, 9, 9, 4, 4, 9, 4, 4);
  }

  @Test
  void theInputHasWordsOfItsOwn() {
    QfxOptions options = QfxOptions.bits(4).withBits(9, Role.INPUT);
    Sequential network =
        Qfx.convert(new Linear(4, 3, new SplittableRandom(1)), options.learnBinaryPoints());
    assertThat(Qfx.casts(network).get(Qfx.INPUT).trainable().format().width()).isEqualTo(9);
    assertThat(Qfx.casts(network).get(Qfx.INPUT).trainable().isLearned()).isTrue();
    assertThat(outputWidths(network)).containsExactly(4);
  }

  /** What changes one part of the formats leaves all others, whatever comes first. */
  @Test
  void widthsKeepTheRestOfTheirFormats() {
    QfxOptions before = QfxOptions.bits(4).withBits(9, Role.ADDEND, Role.SCORES)
        .withGradient(GradientMode.PLAIN).learnBinaryPoints().withIntegerBits(3);
    QfxOptions after = QfxOptions.bits(4).withGradient(GradientMode.PLAIN).learnBinaryPoints()
        .withIntegerBits(3).withBits(9, Role.ADDEND, Role.SCORES);
    assertThat(after).isEqualTo(before);
    assertThat(after.format(Role.SCORES).format())
        .isEqualTo(FixedFormat.parse("ap_fixed<9,3,AP_RND_CONV,AP_SAT>"));
    assertThat(after.format(Role.BIAS).format().width()).isEqualTo(16);
    assertThatThrownBy(() -> QfxOptions.bits(4).format(Role.ADDEND))
        .hasMessage("role is ADDEND: it has no format of its own");
    assertThatThrownBy(() -> QfxOptions.bits(4).withBits(25, Role.INPUT))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ap_fixed<25,1");
    assertThatThrownBy(() -> new QfxOptions(
        Map.of(Role.INPUT, after.format(Role.INPUT)), null, null, null, false))
        .hasMessage("formats are [INPUT]: there must be one of "
            + "[WEIGHT, BIAS, ACTIVATION, ELEMENT, SCORES] too");
  }

  private static List<Integer> outputWidths(Sequential network) {
    return Qfx.casts(network).entrySet().stream()
        .filter(cast -> cast.getKey().endsWith("outputCast"))
        .map(cast -> cast.getValue().format().width()).toList();
  }

  /** A ReLU is part of the layer before, whose exact result it sees, and unsigned. */
  @Test
  void whatAReluGivesIsUnsigned() {
    Sequential fixed = Qfx.convert(network(), QfxOptions.bits(8));
    Tensor y = fixed.forward(tape, images());
    assertThat(fixed.layers()).containsOnlyKeys(
        "input", "0", "1", "3", "4", "5", "6", "7", "8", "9");
    Map<String, FixedCast> casts = Qfx.casts(fixed);
    assertThat(((FixedBatchNorm2d) fixed.layers().get("1")).activation())
        .isEqualTo(Activation.RELU);
    // The shortcut takes what the leaky ReLU gives too, which can be negative.
    assertThat(signs(casts)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
        entry("input", true), entry("0.weightCast", true), entry("0.outputCast", true),
        entry("1.scaleCast", true), entry("1.shiftCast", true), entry("1.outputCast", false),
        entry("3.body.0.weightCast", true), entry("3.body.0.biasCast", true),
        entry("3.body.0.outputCast", true), entry("3.body.1.outputCast", true),
        entry("3.outputCast", true), entry("4.body.weightCast", true),
        entry("4.body.biasCast", true), entry("4.body.outputCast", true),
        entry("4.shortcut.scaleCast", true), entry("4.shortcut.shiftCast", true),
        entry("4.shortcut.outputCast", true), entry("4.outputCast", true),
        entry("5.outputCast", true), entry("7.body.outputCast", false),
        entry("7.outputCast", true), entry("9.weightCast", true), entry("9.biasCast", true),
        entry("9.outputCast", true)));
    assertThat(y.format()).isEqualTo(casts.get("9.outputCast").format());
  }

  private static Map<String, Boolean> signs(Map<String, FixedCast> casts) {
    Map<String, Boolean> signs = new TreeMap<>();
    casts.forEach((path, cast) -> signs.put(path, cast.format().signed()));
    return signs;
  }

  @Test
  void aReluReachesIntoBlocksAndPoolingsStayUnsigned() {
    Window one = Window.of(1, 1);
    Sequential fixed = Qfx.convert(new Sequential(
        new Sequential(new Flatten(), new Linear(4, 4, random)), new ReLU(), new ReLU(),
        new Residual(new Linear(4, 4, random)), new ReLU(), new Residual(new ReLU())),
        QfxOptions.bits(4));
    assertThat(fixed.layers()).containsOnlyKeys("input", "0", "2", "3", "5");
    fixed.forward(tape, Tensor.of(new float[] {1, -2, 3, -4}, 1, 4));
    assertThat(signs(Qfx.casts(fixed)))
        .containsEntry("0.1.outputCast", false).containsEntry("2.outputCast", false)
        .containsEntry("3.body.outputCast", true).containsEntry("3.outputCast", false)
        .containsEntry("5.body.outputCast", false).containsEntry("5.outputCast", false);
    Sequential images = Qfx.convert(new Sequential(
        new DepthwiseConv2d(1, one, Bias.NONE, random), new ReLU(), new MaxPool2d(2),
        new AvgPool2d(2), new GlobalAveragePool(), new LeakyReLU(0.5f)), QfxOptions.bits(4));
    images.forward(tape, images());
    assertThat(signs(Qfx.casts(images))).containsEntry("0.outputCast", false)
        .containsEntry("3.outputCast", false).containsEntry("4.outputCast", false)
        .containsEntry("5.outputCast", true);
  }

  /** 4 bits of 0..1 in steps of 1/16: casting to signed ones first would leave 1/8. */
  @Test
  void aReluHasAllLevelsOfItsBits() {
    BatchNorm2d norm = new BatchNorm2d(1, 0.1f, 1e-30f);
    Sequential fixed = Qfx.convert(new Sequential(norm, new ReLU()),
        QfxOptions.bits(4).with(Role.ELEMENT,
            TrainableFormat.calibrated(
                FixedFormat.parse("ap_fixed<4,1,AP_RND,AP_SAT>"), new StartRule.Maximum())));
    float[] numbers = new float[31];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i - 15) / 16f;
    }
    // The input is cast into 4 bits too, so that a network of 8 bits gives the numbers.
    Sequential wide = new Sequential(
        new FixedCast(TrainableFormat.pinned(FixedFormat.parse("ap_fixed<8,2,AP_RND,AP_SAT>"))),
        fixed.layers().get("0"));
    Tensor y = wide.forward(tape, Tensor.of(numbers, 31, 1));
    assertThat(y.format()).isEqualTo(FixedFormat.parse("ap_ufixed<4,0,AP_RND,AP_SAT>"));
    for (int i = 0; i < numbers.length; i++) {
      assertThat(y.data()[i]).isEqualTo(Math.max(numbers[i], 0));
    }
  }

  @Test
  void theUnsignedTwinOfAFormat() {
    TrainableFormat format = TrainableFormat.learned(
        FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_WRAP,2>"), new StartRule.Maximum());
    assertThat(format.unsigned()).isEqualTo(TrainableFormat.learned(
        FixedFormat.parse("ap_ufixed<8,2,AP_RND,AP_WRAP,2>"), new StartRule.Maximum())
        .withRange(-25, 99));
    assertThat(format.unsigned().unsigned()).isEqualTo(format.unsigned());
    TrainableFormat magnitude =
        TrainableFormat.pinned(FixedFormat.parse("ap_fixed<8,3,AP_TRN,AP_WRAP_SM>"));
    assertThat(magnitude.unsigned()).isSameAs(magnitude);
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      0.25,   1, 'ap_ufixed<1,-1>'
      1,      1, 'ap_ufixed<1,1>'
      0.3,   77, 'ap_fixed<8,0,AP_RND_CONV,AP_SAT>'
      -0.7, -90, 'ap_fixed<8,1,AP_RND_CONV,AP_SAT>'
      5,     80, 'ap_fixed<8,4,AP_RND_CONV,AP_SAT>'
      0,      0, 'ap_fixed<8,1,AP_RND_CONV,AP_SAT>'
      """)
  void slopesAreConstants(float slope, long word, String format) {
    Sequential fixed =
        Qfx.convert(new Sequential(new LeakyReLU(slope)), QfxOptions.bits(8));
    assertThat(fixed.layers().values()).filteredOn(FixedLeakyReLU.class::isInstance)
        .singleElement().extracting(layer -> ((FixedLeakyReLU) layer).slope())
        .isEqualTo(Fixed.ofRaw(FixedFormat.parse(format), word));
  }

  @Test
  void whatHasNoTwinIsNamed() {
    TapeLayer twice = Qfx.convert(new Linear(1, 1, random), QfxOptions.bits(8));
    assertThatThrownBy(() -> Qfx.convert(twice, QfxOptions.bits(8)))
        .hasMessage("layer input is a FixedCast: it has no fixed-point twin");
  }
}
