package io.fixlane.onnx.read.numbers;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Reading;
import io.fixlane.reference.Fixed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node of QONNX makes of numbers: clamp(round(x / scale)) scale, or the sign of x times a
 * scale.
 *
 * @param node the node
 * @param signed whether words are signed
 * @param bits the bits of a word; one that is signed is a sign
 * @param narrow whether the most negative word is left out
 * @param rounding the name of the rounding, in capitals
 * @param scale positive numbers: one, or some along one dimension
 */
public record Quantizer(ModelNode node, boolean signed, int bits, boolean narrow, String rounding,
    ModelTensor scale) {
  /** The format that holds the sign of every number: 0 for +1 and -1 for -1. */
  public static final FixedFormat SIGN =
      FixedFormat.signed(1, 1, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);
  private static final Set<String> DOMAINS = Set.of(
      "", "qonnx.custom_op.general", "onnx.brevitas", "finn.custom_op.general");
  private static final int MOST_BITS = 64;

  /** Returns whether a domain has the operators of QONNX. */
  public static boolean isDomain(String domain) {
    return DOMAINS.contains(domain);
  }

  /** Reads a Quant or an IntQuant. */
  public static Quantizer quant(Reading<?> reading, ModelNode node) throws OnnxException {
    node.requireInputs(4, 4);
    node.requireAttributes("narrow", "rounding_mode", "signed");
    for (String name : new String[] {"narrow", "signed"}) {
      if (!node.has(name)) {
        throw node.refuse("it has no attribute '" + name + "': it must say it");
      }
    }
    requireZero(node, reading.constant(node, 2));
    return checked(new Quantizer(node, node.integer("signed", 1) != 0,
        bits(node, reading.constant(node, 3)), node.integer("narrow", 0) != 0,
        node.text("rounding_mode", "ROUND").toUpperCase(Locale.ROOT),
        scale(node, reading.constant(node, 1))));
  }

  /** Reads a BipolarQuant. */
  public static Quantizer bipolar(Reading<?> reading, ModelNode node) throws OnnxException {
    node.requireInputs(2, 2);
    node.requireAttributes();
    return new Quantizer(
        node, true, 1, false, "FLOOR", scale(node, reading.constant(node, 1)));
  }

  private static Quantizer checked(Quantizer quantizer) throws OnnxException {
    if (!quantizer.signed && quantizer.narrow) {
      throw quantizer.node.refuse(
          "it is unsigned and narrow: no format leaves out the largest word");
    }
    return quantizer;
  }

  /** Returns the quantizer of words of other bits and another scale. */
  public Quantizer with(boolean newSigned, int newBits, boolean newNarrow, ModelTensor newScale)
      throws OnnxException {
    return checked(new Quantizer(node, newSigned, newBits, newNarrow, rounding, newScale));
  }

  /** Requires 0 to stand for 0. */
  public static void requireZero(ModelNode node, ModelTensor zero) throws OnnxException {
    for (double number : doubles(zero)) {
      if (number != 0) {
        throw node.refuse("its zero point is " + number + ": only 0 is a format");
      }
    }
  }

  /** Returns numbers, whether they are floats or integers. */
  public static double[] doubles(ModelTensor tensor) throws OnnxException {
    double[] doubles = new double[tensor.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = tensor.isFloat() ? tensor.floats()[i] : tensor.longs()[i];
    }
    return doubles;
  }

  /** Returns a number of bits, which is one integer. */
  public static int bits(ModelNode node, ModelTensor tensor) throws OnnxException {
    double bits = tensor.size() == 1 ? doubles(tensor)[0] : Double.NaN;
    if (!(bits >= 1 && bits <= MOST_BITS && bits == Math.rint(bits))) {
      throw node.refuse("its bit width is " + (tensor.size() == 1 ? bits : tensor)
          + ": it must be one integer in 1.." + MOST_BITS);
    }
    return (int) bits;
  }

  /** Returns scales, each of which is positive: one, or some along one dimension. */
  public static ModelTensor scale(ModelNode node, ModelTensor scale) throws OnnxException {
    int sizes = Math.max(1, Arrays.stream(scale.shape()).max().orElse(1));
    if (scale.size() == 0 || scale.size() != sizes) {
      throw node.refuse("its scale is " + scale + ": it must be one number, or some along one "
          + "dimension");
    }
    for (float s : scale.floats()) {
      if (!(s >= Float.MIN_NORMAL && s <= Float.MAX_VALUE)) {
        throw node.refuse("its scale is " + s + ": it must be positive and finite");
      }
    }
    return scale;
  }

  /** Returns whether words become signs. */
  public boolean isSign() {
    return signed && bits == 1;
  }

  /**
   * Returns the scale of numbers that are computed.
   *
   * @throws OnnxException if there are several
   */
  public float onlyScale() throws OnnxException {
    float first = scale.floats()[0];
    for (float s : scale.floats()) {
      if (s != first) {
        throw node.refuse("its scales are " + Arrays.toString(scale.floats())
            + ": what is computed must have one scale");
      }
    }
    return first;
  }

  /** Returns whether numbers are a power of two. */
  public static boolean isPowerOfTwo(float number) {
    return (Float.floatToIntBits(number) & (1 << 23) - 1) == 0;
  }

  /**
   * Returns the format that words are cast into, with the fraction bits of the scale where it is a
   * power of two, else with none.
   *
   * @param half what was added before, in steps of a word: 0, or a half that makes a rounding of a
   *     floor, or one that is negative and makes one of a ceiling
   * @throws OnnxException if there is no such format
   */
  public FixedFormat format(double half) throws OnnxException {
    float only = onlyScale();
    int fractionBits = isPowerOfTwo(only) ? -Math.getExponent(only) : 0;
    return new FixedFormat(signed, bits, bits - fractionBits, mode(half),
        narrow && bits > 1 ? OverflowMode.AP_SAT_SYM : OverflowMode.AP_SAT, 0);
  }

  private QuantizationMode mode(double half) throws OnnxException {
    QuantizationMode mode = switch (rounding) {
      case "ROUND", "HALF_EVEN" -> QuantizationMode.AP_RND_CONV;
      case "FLOOR" -> half > 0 ? QuantizationMode.AP_RND : QuantizationMode.AP_TRN;
      case "CEIL" -> half < 0 ? QuantizationMode.AP_RND_MIN_INF : null;
      case "DOWN" -> QuantizationMode.AP_TRN_ZERO;
      case "HALF_UP" -> QuantizationMode.AP_RND_INF;
      case "HALF_DOWN" -> QuantizationMode.AP_RND_ZERO;
      default -> null;
    };
    if (mode == null) {
      throw node.refuse("its attribute 'rounding_mode' is '" + rounding
          + "', which no format has: ROUND, FLOOR, DOWN, HALF_UP and HALF_DOWN are read, and CEIL "
          + "of what half a step has been taken from");
    }
    return mode;
  }

  /**
   * Returns whether a sum with a number makes of this rounding another, as which it is read: half a
   * step more of a floor, half a step less of a ceiling.
   */
  public boolean takes(@Nullable Numbers added) throws OnnxException {
    double half = 0.5 * onlyScale();
    if (added == null || added.format() != null || !isPowerOfTwo(onlyScale()) || isSign()) {
      return false;
    }
    double sign = rounding.equals("FLOOR") ? 1 : rounding.equals("CEIL") ? -1 : 0;
    for (int i = 0; i < added.words().length; i++) {
      double number = Math.scalb(added.words()[i].doubleValue(), -added.fractionBits());
      if (sign == 0 || number != sign * half) {
        return false;
      }
    }
    return true;
  }

  /**
   * Quantizes floats.
   *
   * @throws OnnxException if a scale is of a dimension that they do not have, or there is no format
   */
  public Constant constant(ModelTensor floats) throws OnnxException {
    float[] values = floats.floats();
    float[] scales = scale.floats();
    int[] at = scalesAt(floats);
    boolean exact = true;
    int most = Integer.MIN_VALUE;
    int least = Integer.MAX_VALUE;
    for (float s : scales) {
      exact &= isPowerOfTwo(s);
      most = Math.max(most, -Math.getExponent(s));
      least = Math.min(least, -Math.getExponent(s));
    }
    int width = isSign() ? 2 : bits;
    FixedFormat integers = isSign()
        ? SIGN
        : new FixedFormat(signed, bits, bits, mode(0),
            narrow ? OverflowMode.AP_SAT_SYM : OverflowMode.AP_SAT, 0);
    long[] words = new long[values.length];
    for (int i = 0; i < words.length; i++) {
      Reading.requireFinite(node, floats, values[i]);
      float x = values[i] / scales[at[i]];
      long word = Fixed.from(integers, x).raw().longValue();
      int shift = exact ? most + Math.getExponent(scales[at[i]]) : 0;
      words[i] = (isSign() ? word < 0 ? -1 : 1 : word) << shift;
    }
    int wide = exact ? width + most - least : width;
    if (wide > MOST_BITS) {
      throw node.refuse("its scales lie " + (most - least) + " bits apart: words of all of them "
          + "must take " + MOST_BITS + " at most");
    }
    FixedFormat format = new FixedFormat(signed, wide, exact ? wide - most : wide,
        integers.quantization(), isSign() ? OverflowMode.AP_SAT : integers.overflow(), 0);
    return new Constant(floats.withLongs(words), format, exact ? null : spread(floats.rank()));
  }

  /** Returns the scale with as many dimensions as numbers have. */
  private ModelTensor spread(int rank) {
    if (scale.size() == 1) {
      return scale;
    }
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    int[] own = scale.shape();
    System.arraycopy(own, 0, shape, rank - own.length, own.length);
    return scale.reshaped(scale.name(), shape);
  }

  /** Returns which scale is each number's. */
  private int[] scalesAt(ModelTensor floats) throws OnnxException {
    int[] at = new int[floats.size()];
    if (scale.size() == 1) {
      return at;
    }
    int[] shape = floats.shape();
    int[] own = scale.shape();
    int axis = 0;
    while (own[axis] != scale.size()) {
      axis++;
    }
    int dimension = shape.length - own.length + axis;
    if (dimension < 0 || shape[dimension] != scale.size()) {
      throw node.refuse("its scale is " + scale + ": it must have a number for each place along a "
          + "dimension of " + floats);
    }
    int inner = 1;
    for (int i = dimension + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    int stride = inner;
    Arrays.setAll(at, i -> i / stride % scale.size());
    return at;
  }
}
