package io.fixlane.autograd.fixed;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.KHot;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The formats that layers get when a network is converted.
 *
 * <p>What a ReLU gives is never negative, so that its format is the
 * {@link TrainableFormat#unsigned} twin of the one for element-wise layers: with as many bits, and
 * twice as many levels. It reaches its levels because there is one cast alone: where a ReLU follows
 * a dense layer, a convolution, a batch normalisation or a shortcut, that layer's exact result goes
 * through the ReLU before it is cast, as in {@code ap_ufixed<8,2> y = max(x * s + b, 0)}, and is
 * nowhere held in fewer bits. After any other layer a ReLU is a {@link FixedReLU}, which sees what
 * has been cast. Poolings after a ReLU have unsigned formats too.
 *
 * <p>A binary convolution needs no format: its weights and inputs are signs, and its outputs the
 * exact sums.
 *
 * {@snippet class="io.fixlane.autograd.fixed.QfxExample" region="convert"}
 *
 * @param input of the network's input
 * @param weight of the weights of dense layers and convolutions
 * @param bias of their biases
 * @param activation of the outputs of dense layers and convolutions
 * @param addend of what ends a branch of a shortcut, where that is a dense layer, a convolution or
 *     a batch normalisation that no ReLU follows; null to leave it that of such layers elsewhere
 * @param scores of the output of the network's last layer, where that is a dense layer or a
 *     convolution that no ReLU follows
 * @param element of the element-wise layers: scale, shift and output of batch normalisations, and
 *     outputs of activations, shortcuts and poolings; also of the layers that a ReLU follows
 * @param accumulator what sums are cast into at every step; null for exact sums
 * @param weightKHot what makes weights K-hot; null to leave them
 * @param scaleKHot what makes the scales of batch normalisations K-hot; null to leave them
 * @param byChannel whether the weights of each output channel have an I of their own: their words
 *     then are words of one format with more bits, of which each channel uses W next to each other
 */
public record QfxOptions(
    TrainableFormat input,
    TrainableFormat weight,
    TrainableFormat bias,
    TrainableFormat activation,
    @Nullable TrainableFormat addend,
    TrainableFormat scores,
    TrainableFormat element,
    @Nullable FixedFormat accumulator,
    @Nullable KHot weightKHot,
    @Nullable KHot scaleKHot,
    boolean byChannel) {
  private static final int BIAS_BITS = 16;

  /**
   * Makes options of words of one width, and biases of 16 bits: signed, AP_RND_CONV and AP_SAT,
   * each I the smallest that holds the first numbers.
   *
   * @throws IllegalArgumentException if the width is not in 1..24
   */
  public static QfxOptions bits(int width) {
    TrainableFormat format = calibrated(width);
    return new QfxOptions(
        format, format, calibrated(BIAS_BITS), format, null, format, format, null, null, null,
        false);
  }

  private static TrainableFormat calibrated(int width) {
    FixedFormat format =
        FixedFormat.signed(width, 1, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
    return TrainableFormat.calibrated(format, new StartRule.Maximum());
  }

  private QfxOptions map(UnaryOperator<TrainableFormat> change) {
    return new QfxOptions(change.apply(input), change.apply(weight), change.apply(bias),
        change.apply(activation), addend == null ? null : change.apply(addend),
        change.apply(scores), change.apply(element),
        accumulator, weightKHot, scaleKHot, byChannel);
  }

  /** Returns these options with an I of each format that is learned. */
  public QfxOptions learnBinaryPoints() {
    return map(TrainableFormat::learnBinaryPoint);
  }

  /** Returns these options with another rule for the start value of each I. */
  public QfxOptions withStart(StartRule start) {
    return map(f -> f.withStart(start));
  }

  /** Returns these options with one I for all formats, which no calibration changes. */
  public QfxOptions withIntegerBits(int bits) {
    return map(f -> f.withFormat(f.format().withIntegerBits(bits))
        .withStart(new StartRule.Given()));
  }

  /** Returns these options with other modes of each format. */
  public QfxOptions withModes(QuantizationMode quantization, OverflowMode overflow) {
    return map(f -> f.withFormat(f.format().withModes(quantization, overflow)));
  }

  /** Returns these options with another rule for gradients. */
  public QfxOptions withGradient(GradientMode mode) {
    return map(f -> f.withGradient(mode));
  }

  /** Returns these options with other words in the element-wise layers. */
  public QfxOptions withElement(TrainableFormat format) {
    return new QfxOptions(
        input, weight, bias, activation, addend, scores, format, accumulator, weightKHot, scaleKHot,
        byChannel);
  }

  /** Returns these options with other words of the network's input. */
  public QfxOptions withInput(TrainableFormat format) {
    return new QfxOptions(
        format, weight, bias, activation, addend, scores, element, accumulator, weightKHot,
        scaleKHot, byChannel);
  }

  /**
   * Returns these options with other words of what shortcuts add, as more bits than elsewhere: they
   * are in no product, and in hardware cost an adder alone.
   */
  public QfxOptions withAddends(TrainableFormat format) {
    return new QfxOptions(
        input, weight, bias, activation, format, scores, element, accumulator, weightKHot,
        scaleKHot, byChannel);
  }

  /**
   * Returns these options with other words of the network's result, as more bits than elsewhere: of
   * few, several classes often have the same.
   */
  public QfxOptions withScores(TrainableFormat format) {
    return new QfxOptions(
        input, weight, bias, activation, addend, format, element, accumulator, weightKHot,
        scaleKHot, byChannel);
  }

  /** Returns these options with sums that are cast at every step. */
  public QfxOptions withAccumulator(FixedFormat format) {
    return new QfxOptions(
        input, weight, bias, activation, addend, scores, element, format, weightKHot, scaleKHot,
        byChannel);
  }

  /**
   * Returns these options with a W of each format that is learned beside its I, but for biases:
   * from that of the format down to 1, and to 0 for the weights of a channel with a W of its own.
   *
   * @throws IllegalArgumentException if I is not learned or a format wraps
   */
  public QfxOptions learnWidths() {
    return new QfxOptions(
        input.learnWidth(1), weight.learnWidth(byChannel ? 0 : 1), bias, activation.learnWidth(1),
        addend == null ? null : addend.learnWidth(1), scores.learnWidth(1), element.learnWidth(1),
        accumulator, weightKHot, scaleKHot, byChannel);
  }

  /** Returns these options with K-hot weights in dense layers and convolutions. */
  public QfxOptions withWeightKHot(KHot kHot) {
    return new QfxOptions(
        input, weight, bias, activation, addend, scores, element, accumulator, kHot, scaleKHot,
        byChannel);
  }

  /** Returns these options with K-hot scales in batch normalisations. */
  public QfxOptions withScaleKHot(KHot kHot) {
    return new QfxOptions(
        input, weight, bias, activation, addend, scores, element, accumulator, weightKHot, kHot,
        byChannel);
  }

  /** Returns these options with an I of its own for the weights of each output channel. */
  public QfxOptions withChannelPoints() {
    return new QfxOptions(
        input, weight, bias, activation, addend, scores, element, accumulator, weightKHot,
        scaleKHot, true);
  }

  /** Returns the formats of a layer of sums that are cast into a format. */
  SumFormats sums(TrainableFormat output) {
    return new SumFormats(
        weight, bias, accumulator, output, weightKHot, Activation.NONE, byChannel);
  }
}
