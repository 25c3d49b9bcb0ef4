package io.fixlane.autograd.fixed;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.KHot;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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
 * @param formats by what they are for: of all but addends, which are optional
 * @param accumulator what sums are cast into at every step; null for exact sums
 * @param weightKHot what makes weights K-hot; null to leave them
 * @param scaleKHot what makes the scales of batch normalisations K-hot; null to leave them
 * @param byChannel whether the weights of each output channel have an I of their own: their words
 *     then are words of one format with more bits, of which each channel uses W next to each other
 */
public record QfxOptions(
    Map<Role, TrainableFormat> formats,
    @Nullable FixedFormat accumulator,
    @Nullable KHot weightKHot,
    @Nullable KHot scaleKHot,
    boolean byChannel) {
  private static final int BIAS_BITS = 16;

  /** What the words of a network are. */
  public enum Role {
    /** The network's input. */
    INPUT,
    /** Weights of dense layers and convolutions. */
    WEIGHT,
    /** Their biases. */
    BIAS,
    /** Outputs of dense layers and convolutions. */
    ACTIVATION,
    /**
     * Scale, shift and output of batch normalisations, and outputs of activations, shortcuts and
     * poolings; also of the layers that a ReLU follows.
     */
    ELEMENT,
    /**
     * What ends a branch of a shortcut, where that is a dense layer, a convolution or a batch
     * normalisation that no ReLU follows. No product takes these words, so that more bits than
     * elsewhere cost an adder alone. Without a format they are as such layers are elsewhere.
     */
    ADDEND,
    /**
     * Outputs of the network's last layer, where that is a dense layer or a convolution that no
     * ReLU follows. Of few bits, several classes often have the same.
     */
    SCORES
  }

  /**
   * Makes options.
   *
   * @throws IllegalArgumentException if a format is missing
   */
  public QfxOptions {
    Map<Role, TrainableFormat> copy = new EnumMap<>(Role.class);
    copy.putAll(formats);
    formats = Collections.unmodifiableMap(copy);
    Set<Role> missing = EnumSet.complementOf(EnumSet.of(Role.ADDEND));
    missing.removeAll(formats.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "formats are " + formats.keySet() + ": there must be one of " + missing + " too");
    }
  }

  /**
   * Makes options of words of one width, and biases of 16 bits: signed, AP_RND_CONV and AP_SAT,
   * each I the smallest that holds the first numbers.
   *
   * @throws IllegalArgumentException if the width is not in 1..24
   */
  public static QfxOptions bits(int width) {
    FixedFormat format =
        FixedFormat.signed(width, 1, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
    return of(TrainableFormat.calibrated(format, new StartRule.Maximum()))
        .withBits(BIAS_BITS, Role.BIAS);
  }

  /** Makes options of one format for everything, biases included. */
  public static QfxOptions of(TrainableFormat format) {
    Map<Role, TrainableFormat> formats = new EnumMap<>(Role.class);
    EnumSet.complementOf(EnumSet.of(Role.ADDEND)).forEach(role -> formats.put(role, format));
    return new QfxOptions(formats, null, null, null, false);
  }

  private QfxOptions withFormats(Map<Role, TrainableFormat> changed) {
    return new QfxOptions(changed, accumulator, weightKHot, scaleKHot, byChannel);
  }

  private QfxOptions map(UnaryOperator<TrainableFormat> change) {
    Map<Role, TrainableFormat> changed = new EnumMap<>(formats);
    changed.replaceAll((_, format) -> change.apply(format));
    return withFormats(changed);
  }

  /**
   * Returns the format of words.
   *
   * @throws IllegalArgumentException if they are addends, which have none of their own
   */
  public TrainableFormat format(Role role) {
    TrainableFormat format = formats.get(role);
    if (format == null) {
      throw new IllegalArgumentException("role is " + role + ": it has no format of its own");
    }
    return format;
  }

  /** Returns these options with another format of some words. */
  public QfxOptions with(Role role, TrainableFormat format) {
    Map<Role, TrainableFormat> changed = new EnumMap<>(formats);
    changed.put(role, format);
    return withFormats(changed);
  }

  /**
   * Returns these options with another width of some words, and all else of their formats as it is;
   * of addends as it is in element-wise layers, where they had none of their own.
   *
   * @throws IllegalArgumentException if the width is not in 1..24, or W is learned and the width
   *     less than its smallest
   */
  public QfxOptions withBits(int width, Role... roles) {
    Map<Role, TrainableFormat> changed = new EnumMap<>(formats);
    for (Role role : roles) {
      changed.put(role, format(formats.containsKey(role) ? role : Role.ELEMENT).withWidth(width));
    }
    return withFormats(changed);
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

  /** Returns these options with sums that are cast at every step. */
  public QfxOptions withAccumulator(FixedFormat format) {
    return new QfxOptions(formats, format, weightKHot, scaleKHot, byChannel);
  }

  /**
   * Returns these options with a W of each format that is learned beside its I, but for biases:
   * from that of the format down to 1, and to 0 for the weights of a channel with a W of its own.
   *
   * @throws IllegalArgumentException if I is not learned or a format wraps
   */
  public QfxOptions learnWidths() {
    Map<Role, TrainableFormat> changed = new EnumMap<>(formats);
    changed.replaceAll((role, format) -> switch (role) {
      case BIAS -> format;
      case WEIGHT -> format.learnWidth(byChannel ? 0 : 1);
      default -> format.learnWidth(1);
    });
    return withFormats(changed);
  }

  /** Returns these options with K-hot weights in dense layers and convolutions. */
  public QfxOptions withWeightKHot(KHot kHot) {
    return new QfxOptions(formats, accumulator, kHot, scaleKHot, byChannel);
  }

  /** Returns these options with K-hot scales in batch normalisations. */
  public QfxOptions withScaleKHot(KHot kHot) {
    return new QfxOptions(formats, accumulator, weightKHot, kHot, byChannel);
  }

  /** Returns these options with an I of its own for the weights of each output channel. */
  public QfxOptions withChannelPoints() {
    return new QfxOptions(formats, accumulator, weightKHot, scaleKHot, true);
  }

  /** Returns the formats of a layer of sums that are cast into a format. */
  SumFormats sums(TrainableFormat output) {
    return new SumFormats(format(Role.WEIGHT), format(Role.BIAS), accumulator, output, weightKHot,
        Activation.NONE, byChannel);
  }
}
