package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of QONNX: casts of floats into what words of a format stand for. */
final class QuantNodes {
  static final String DOMAIN = "qonnx.custom_op.general";
  private static final int MOST_EXPONENT = Float.MAX_EXPONENT - 1;

  private final GraphText graph;
  private final Map<Float, String> scalars = new HashMap<>();

  QuantNodes(GraphText graph) {
    this.graph = graph;
  }

  private String scalar(float value) {
    return scalars.computeIfAbsent(value, v -> graph.floats(new float[] {v}));
  }

  /**
   * Casts numbers into a format.
   *
   * @param x the numbers, and the bounds that they have
   * @param name the name of the node that casts
   * @param output what its result is named
   * @param isAny whether numbers beyond the bounds may come too
   * @throws OnnxException if QONNX has no name for what the format does
   */
  Words cast(Words x, FixedFormat to, String name, String output, boolean isAny)
      throws OnnxException {
    if (to.signed() && to.width() == 1) {
      throw new OnnxException("its words are " + to + ": one bit with a sign is a sign in QONNX, "
          + "+1 or -1, and no word");
    }
    if (!saturates(to) && (isAny || !keeps(x, to))) {
      throw new OnnxException("its words are " + to + ", which overflows by " + to.overflow()
          + ": QONNX saturates, as AP_SAT and AP_SAT_SYM do, and nothing else");
    }
    String tensor = switch (to.quantization()) {
      case AP_RND -> graph.node("Add", x.tensor(), scalar(power(-to.fractionBits() - 1)));
      case AP_RND_MIN_INF -> graph.node("Sub", x.tensor(), scalar(power(-to.fractionBits() - 1)));
      case AP_RND_ZERO, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO -> x.tensor();
    };
    String mode = switch (to.quantization()) {
      case AP_RND_MIN_INF -> "CEIL";
      case AP_RND, AP_TRN -> "FLOOR";
      case AP_RND_ZERO, AP_RND_INF, AP_RND_CONV, AP_TRN_ZERO -> plain(to.quantization());
    };
    quant(name, output, tensor, to, mode, to.overflow() == OverflowMode.AP_SAT_SYM);
    return Words.of(output, to);
  }

  private void quant(
      String name, String output, String x, FixedFormat to, String mode, boolean narrow)
      throws OnnxException {
    AttributeProto[] attributes = {GraphText.attribute("narrow", narrow && to.signed() ? 1 : 0),
      GraphText.attribute("rounding_mode", mode),
      GraphText.attribute("signed", to.signed() ? 1 : 0)};
    graph.add(name, output, "Quant", List.of(x, scalar(power(-to.fractionBits())), scalar(0),
        scalar(to.width())), attributes).setDomain(DOMAIN);
  }

  /** Returns the name of a rounding that needs no sum before it. */
  private static String plain(QuantizationMode mode) {
    return switch (mode) {
      case AP_TRN -> "FLOOR";
      case AP_TRN_ZERO -> "DOWN";
      case AP_RND_INF -> "HALF_UP";
      case AP_RND_ZERO -> "HALF_DOWN";
      case AP_RND, AP_RND_MIN_INF, AP_RND_CONV -> "ROUND";
    };
  }

  private static boolean saturates(FixedFormat format) {
    return switch (format.overflow()) {
      case AP_SAT, AP_SAT_SYM -> true;
      case AP_SAT_ZERO, AP_WRAP, AP_WRAP_SM -> false;
    };
  }

  /** Returns whether a format holds all numbers between bounds, however they are rounded. */
  private static boolean keeps(Words x, FixedFormat to) {
    long dropped = (long) x.fractionBits() - to.fractionBits();
    if (dropped < -Long.SIZE) {
      return false;
    }
    int bits = (int) Math.min(dropped, x.bits() + 1L);
    BigInteger low = bits > 0 ? x.low().shiftRight(bits) : x.low().shiftLeft(-bits);
    BigInteger high = bits > 0
        ? x.high().shiftRight(bits).add(BigInteger.ONE)
        : x.high().shiftLeft(-bits);
    return to.keeps(low) && to.keeps(high);
  }

  static float power(int exponent) throws OnnxException {
    if (exponent < Float.MIN_EXPONENT || exponent > MOST_EXPONENT) {
      throw new OnnxException("it has numbers of 2^" + exponent
          + ": QONNX has floats, of 2^" + Float.MIN_EXPONENT + " to 2^" + MOST_EXPONENT);
    }
    return Math.scalb(1f, exponent);
  }

  /** Returns words as a constant of floats that a Quant casts. */
  String constant(FixedTensor words, long... shape) throws OnnxException {
    FixedFormat format = words.format();
    // A sign would be made of one bit with a sign.
    FixedFormat wide = format.signed() && format.width() == 1
        ? format.withBits(2, format.integerBits() + 1)
        : format;
    float[] values = new float[Math.toIntExact(words.size())];
    boolean narrow = format.overflow() == OverflowMode.AP_SAT_SYM;
    for (int i = 0; i < values.length; i++) {
      BigInteger raw = words.value(i).raw();
      values[i] = exact(raw, format.fractionBits());
      narrow &= wide.keeps(raw);
    }
    String output = graph.fresh();
    quant(output, output, graph.floats(values, shape), wide, plain(format.quantization()), narrow);
    return output;
  }

  /** Returns the signs that words of one bit are, -1 and +1, as a constant. */
  String signs(FixedTensor signs, long... shape) {
    float[] values = new float[Math.toIntExact(signs.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = signs.raw(i) < 0 ? -1 : 1;
    }
    String output = graph.fresh();
    sign(output, output, graph.floats(values, shape));
    return output;
  }

  /** Adds the node of a sign: +1 of what is not negative, else -1. */
  void sign(String name, String output, String x) {
    graph.add(name, output, "BipolarQuant", List.of(x, scalar(1))).setDomain(DOMAIN);
  }

  /**
   * Adds a staircase: a MultiThreshold, which multiplies the number of thresholds that a number
   * reaches by one constant and adds another.
   */
  Words multiThreshold(Words x, TensorType type, ThresholdLayer layer, String path)
      throws OnnxException {
    FixedFormat result = layer.result();
    int lists = layer.perChannel() ? type.channels() : 1;
    float[] thresholds = new float[Math.multiplyExact(lists, layer.count())];
    for (int i = 0; i < thresholds.length; i++) {
      BigInteger first = layer.firstWords(type.format(), i / layer.count()).get(i % layer.count());
      thresholds[i] = exact(first, type.format().fractionBits());
    }
    BigInteger step = BigInteger.valueOf(layer.step());
    BigInteger start = layer.start().raw();
    BigInteger end = start.add(step.multiply(BigInteger.valueOf(layer.count())));
    if (step.signum() == 0) {
      throw new OnnxException("its thresholds add 0: a MultiThreshold needs a scale");
    }
    String words = graph.floats(thresholds, lists, layer.count());
    graph.add(layer.name(), path, "MultiThreshold", List.of(x.tensor(), words),
        GraphText.attribute("data_layout", "NCHW"),
        GraphText.attribute("out_bias", exact(start, result.fractionBits())),
        GraphText.attribute("out_dtype", dataType(result)),
        GraphText.attribute("out_scale", exact(step, result.fractionBits()))).setDomain(DOMAIN);
    return new Words(path, result.fractionBits(), start.min(end), start.max(end));
  }

  /** Returns the name that QONNX has for a type. */
  private static String dataType(FixedFormat format) {
    int bits = format.width();
    return format.fractionBits() == 0
        ? (format.signed() ? "INT" : "UINT") + bits
        : format.signed() && format.integerBits() > 0 && format.fractionBits() > 0
            ? "FIXED<" + bits + "," + format.integerBits() + ">"
            : "FLOAT32";
  }

  /** Returns a number that a float is, exactly. */
  static float exact(BigInteger word, int fractionBits) throws OnnxException {
    float value = word.floatValue() * power(-fractionBits);
    if (word.signum() != 0
        && word.abs().bitLength() - word.getLowestSetBit() > Float.PRECISION) {
      throw new OnnxException("it has the constant word " + word + ", which takes more than "
          + Float.PRECISION + " bits: floats have no more");
    }
    return value;
  }
}
