package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.KHot;
import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Train, deploy: every output word of the whole test set is that of the training network. */
class DeploymentTest {
  private static final DataSplit DIGITS = Digits.readSplit();
  /** An accuracy that only a network has that has learned: guessing gives 0.1. */
  private static final double LEARNED = 0.6;

  @Nested
  class Examples extends DeployExample {}

  private static Sequential mlp() {
    RandomGenerator random = new SplittableRandom(1);
    return new Sequential(
        new Flatten(), new Linear(64, 24, random), new ReLU(), new Linear(24, 10, random));
  }

  private static Sequential cnn() {
    RandomGenerator random = new SplittableRandom(2);
    Window same = Window.of(3, 3).withPadding(1, 1);
    Window half = Window.of(3, 3).withStride(2, 2).samePadding(ImageShape.of(8, 8, 6));
    return new Sequential(
        new FloatConv2d(1, 6, same, Bias.NONE, random), new BatchNorm2d(6), new ReLU(),
        new Residual(new Sequential(
            new DepthwiseConv2d(6, same, Bias.LEARNED, random), new LeakyReLU(0.125f))),
        new ReLU(),
        new MaxPool2d(Window.of(2, 2).withPadding(0, 1, 1, 0)),
        new FloatConv2d(6, 8, half, Bias.NONE, random), new BatchNorm2d(8), new ReLU(),
        new AvgPool2d(2), new Residual(new ReLU()), new Flatten(), new Linear(32, 10, random));
  }

  /** A binarised network: only the first convolution and the last layer are not binary. */
  private static Sequential bnn() {
    RandomGenerator random = new SplittableRandom(3);
    Window same = Window.of(3, 3).withPadding(1, 1);
    return new Sequential(
        new FloatConv2d(1, 8, same, Bias.NONE, random), new BatchNorm2d(8),
        new FloatBinaryConv2d(8, 8, same.withStride(2, 2), random), new BatchNorm2d(8),
        new Residual(new Sequential(
            new FloatBinaryConv2d(8, 8, same, 2, random), new BatchNorm2d(8))),
        new Flatten(), new Linear(128, 10, random));
  }

  /** Binary convolutions one after the other, whose signs alone count. */
  private static Sequential plainBnn() {
    RandomGenerator random = new SplittableRandom(5);
    Window same = Window.of(3, 3).withPadding(1, 1);
    return new Sequential(
        new FloatConv2d(1, 16, same, Bias.NONE, random), new BatchNorm2d(16),
        new Sequential(
            new FloatBinaryConv2d(16, 16, same, random), new BatchNorm2d(16),
            new FloatBinaryConv2d(16, 32, same.withStride(2, 2), random), new BatchNorm2d(32)),
        new MaxPool2d(Window.of(2, 2)),
        new FloatBinaryConv2d(32, 32, same, 2, random), new BatchNorm2d(32),
        new FloatBinaryConv2d(32, 32, Window.of(2, 2), random), new BatchNorm2d(32),
        new Flatten(), new Linear(128, 10, random));
  }

  static Stream<Arguments> networks() {
    QfxOptions eight = QfxOptions.bits(8).learnBinaryPoints();
    KHot two = KHot.of(2, KHotRule.NEAREST);
    FixedFormat stepping = FixedFormat.parse("ap_fixed<16,8,AP_RND,AP_SAT>");
    return Stream.of(
        Arguments.of("MLP, 8 bits", mlp(), eight),
        Arguments.of("MLP, truncating and wrapping", mlp(),
            pinned(QuantizationMode.AP_TRN, OverflowMode.AP_WRAP)),
        Arguments.of("MLP, 2-hot, symmetric", mlp(), eight.withWeightKHot(two)
            .withModes(QuantizationMode.AP_RND_INF, OverflowMode.AP_SAT_SYM)),
        Arguments.of("MLP, sums cast at every step", mlp(), eight.withAccumulator(stepping)),
        Arguments.of("CNN, 8 bits", cnn(), eight),
        Arguments.of("CNN, truncating and wrapping", cnn(),
            pinned(QuantizationMode.AP_TRN, OverflowMode.AP_WRAP)),
        Arguments.of("CNN, 6 bits, 2-hot, to zero", cnn(), QfxOptions.bits(6).learnBinaryPoints()
            .withWeightKHot(two).withScaleKHot(two)
            .withModes(QuantizationMode.AP_RND_ZERO, OverflowMode.AP_SAT)),
        Arguments.of("BNN, 8 bits", bnn(), eight),
        Arguments.of("BNN, 6 bits, 2-hot scales", bnn(), QfxOptions.bits(6).withScaleKHot(two)),
        Arguments.of("plain BNN, 8 bits", plainBnn(), eight),
        Arguments.of("plain BNN, 8 bits, symmetric", plainBnn(), QfxOptions.bits(8)
            .withModes(QuantizationMode.AP_RND_INF, OverflowMode.AP_SAT_SYM)),
        Arguments.of("plain BNN, truncating and wrapping", plainBnn(),
            pinned(QuantizationMode.AP_TRN, OverflowMode.AP_WRAP)),
        Arguments.of("CNN, sign-magnitude wrap", cnn(),
            pinned(QuantizationMode.AP_TRN_ZERO, OverflowMode.AP_WRAP_SM)));
  }

  /** Formats with integer bits enough for training never to wrap around. */
  private static QfxOptions pinned(QuantizationMode quantization, OverflowMode overflow) {
    return QfxOptions.of(
        TrainableFormat.pinned(FixedFormat.signed(16, 7, quantization, overflow)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void aTrainedNetworkDeploysWordForWord(
      String name, Sequential floats, QfxOptions options) throws IOException {
    Sequential network = Qfx.convert(floats, options);
    train(network);
    assertThat(assertSameWords(network, DIGITS.test())).isGreaterThan(LEARNED);
  }

  private static void train(TapeLayer network) throws IOException {
    Map<String, Tensor> integerBits = Qfx.integerBits(network);
    ParameterGroup weights = ParameterGroup.of(Qfx.weights(network), 0.01f);
    Adam optimizer = integerBits.isEmpty()
        ? new Adam(weights)
        : new Adam(weights, ParameterGroup.of(integerBits, 0.01f).withRange(-8, 8));
    new Trainer(network, optimizer, TrainingPlan.ofEpochs(2).withBatchSize(32))
        .train(new DataSplit(DIGITS.train().first(800), DIGITS.test().first(100)));
  }

  /** Compares all words; returns the accuracy of the deployed network. */
  private static double assertSameWords(Sequential network, Dataset images) {
    Network deployed = Qfx.deploy(network, 8, 8, 1);
    Tensor batch = Tensor.of(images.images(), images.size(), 8, 8, 1);
    Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), batch);
    FixedTensor input =
        FixedTensor.quantize(deployed.inputFormat(), images.images(), batch.shape());
    FixedTensor words = deployed.run(input);
    assertThat(words.format()).isEqualTo(logits.format());
    assertThat(words.contentEquals(FixedWords.of(logits))).isTrue();
    int[] classes = deployed.classify(input);
    int right = 0;
    for (int i = 0; i < classes.length; i++) {
      right += classes[i] == images.label(i) ? 1 : 0;
    }
    return (double) right / classes.length;
  }

  @Test
  void globalPoolingAndAShortcutOfItsOwnDeploy() {
    RandomGenerator random = new SplittableRandom(4);
    Window one = Window.of(1, 1);
    Sequential network = Qfx.convert(new Sequential(
        new Residual(
            new FloatConv2d(1, 4, one, random), new FloatConv2d(1, 4, one, Bias.NONE, random)),
        new GlobalAveragePool(), new Linear(4, 10, random)), QfxOptions.bits(5));
    Dataset images = DIGITS.test().first(50);
    Qfx.calibrate(network, Tensor.of(images.images(), 50, 8, 8, 1), new StartRule.LeastSquares());
    assertSameWords(network, images);
  }

  @Test
  void tablesAndSlopesDeploy() {
    FixedFormat word = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    TrainableFormat format = TrainableFormat.pinned(word);
    RandomGenerator random = new SplittableRandom(6);
    Sequential network = new Sequential(new FixedCast(format), new Flatten(),
        new FixedLookUp(StrictMath::tanh, _ -> 1, format),
        new FixedLinear(new Linear(64, 10, random), SumFormats.of(format, format, format)),
        new FixedLeakyReLU(Fixed.from(FixedFormat.signed(6, 0), 0.3), format));
    assertSameWords(network, DIGITS.test().first(50));
  }

  /** Norms between binary convolutions become thresholds, and their products are no products. */
  @Test
  void binaryConvolutionsDeployAsProductsOfSigns() throws IOException {
    Sequential network = Qfx.convert(plainBnn(), QfxOptions.bits(8));
    // A falling norm: the weights of its output are negated.
    network.parameters().get("2.1.gamma").data()[3] *= -1;
    Dataset images = DIGITS.test().first(50);
    Qfx.calibrate(network, Tensor.of(images.images(), 50, 8, 8, 1), new StartRule.Maximum());
    assertSameWords(network, images);
    Network deployed = Qfx.deploy(network, 8, 8, 1);
    assertThat(deployed.layers().stream().filter(layer -> layer instanceof BinaryConvLayer conv
        && conv.result() instanceof BinaryResult.Signs).map(layer -> layer.name()))
        .containsExactly("2.0", "2.2", "4");
    assertThat(deployed.cost().signProducts()).isEqualTo(
        64 * 9 * 16 * 16 + 16 * 9 * 16 * 32 + 9 * 9 * 16 * 32 + 4 * 4 * 32 * 32);
    assertThat(deployed.cost().multiplications())
        .isEqualTo(64 * 9 * 16 + 64 * 16 + 4 * 32 + 128 * 10);
  }

  @Test
  void trainingThatDivergesNamesTheCast() {
    Sequential network = Qfx.convert(mlp(), QfxOptions.bits(8));
    network.parameters().get("1.weight").data()[3] = Float.NaN;
    assertThatThrownBy(() -> train(network)).isInstanceOf(DivergedException.class).hasMessage(
        "training diverged in epoch 1, batch 1: cast 1.weightCast: number 3 is NaN: the binary "
            + "point is chosen from finite numbers alone");
  }

  @Test
  void whatCannotBeDeployedIsNamed() {
    Sequential network = Qfx.convert(mlp(), QfxOptions.bits(8));
    assertThatThrownBy(() -> Qfx.deploy(network, 8, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cast input has no binary point yet: evaluate a batch first");
    assertThatThrownBy(() -> Qfx.deploy(mlp(), 8, 8, 1))
        .hasMessage("network begins with a Flatten: it must begin with a FixedCast");
  }
}
