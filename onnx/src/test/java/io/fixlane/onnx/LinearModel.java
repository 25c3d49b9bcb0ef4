package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** A model for tests whose numbers are quantized between all layers, with scales and zeros. */
final class LinearModel {
  /** How far weights go: sums of two of their products with bytes fit 16 bits everywhere. */
  private static final int MOST = 63;

  /**
   * A scale and a zero of quantized numbers.
   *
   * @param value the scale
   * @param zero what stands for 0
   * @param type INT8 or UINT8
   */
  record Scale(float value, int zero, DataType type) {
    static Scale bytes(float value, int zero) {
      return new Scale(value, zero, DataType.UINT8);
    }

    static Scale signed(float value, int zero) {
      return new Scale(value, zero, DataType.INT8);
    }

    /** Returns what is taken off a quantized number to make a word of it. */
    int offset() {
      return zero == (type == DataType.UINT8 ? 128 : -128) ? zero : 0;
    }
  }

  private final ModelBuilder builder;
  private final Random random;
  private float[] scales = {};
  private Scale first = Scale.bytes(1, 0);
  private Scale last = first;

  LinearModel(long seed, int... shape) {
    this.random = new Random(seed);
    this.builder =
        new ModelBuilder(13, seed, IntStream.of(shape).mapToLong(d -> d).toArray());
  }

  ModelBuilder builder() {
    return builder;
  }

  Scale first() {
    return first;
  }

  Scale last() {
    return last;
  }

  /** Adds a constant of integers, and returns its name. */
  String integers(DataType type, int[] shape, int... values) {
    String name = builder.numbers(shape);
    var tensor = builder.graph()
        .getInitializerBuilder(builder.graph().getInitializerCount() - 1)
        .setDataType(type.getNumber());
    IntStream.of(values).forEach(tensor::addInt32Data);
    return name;
  }

  /** Returns the names of something and its scale and zero. */
  String[] inputs(String x, Scale scale) {
    return new String[] {x, builder.number(scale.value),
      integers(scale.type, new int[0], scale.zero)};
  }

  /** Returns the names of a scale and its zero. */
  String[] scale(Scale scale) {
    return Arrays.copyOfRange(inputs("", scale), 1, 3);
  }

  LinearModel quantize(Scale scale) {
    builder.node("QuantizeLinear", inputs(builder.last(), scale));
    first = builder.graph().getNodeCount() == 1 ? scale : first;
    last = scale;
    return this;
  }

  LinearModel dequantize() {
    builder.node("DequantizeLinear", inputs(builder.last(), last));
    return this;
  }

  /** Says what scale and zero the result has. */
  LinearModel ending(Scale scale) {
    last = scale;
    return this;
  }

  /** Quantizes what the last node gives, and takes it as numbers again. */
  LinearModel cast(Scale scale) {
    return quantize(scale).dequantize();
  }

  int[] words(int most, int... shape) {
    return random.ints(IntStream.of(shape).reduce(1, (a, b) -> a * b), -most, most + 1).toArray();
  }

  /** Adds weights of one scale, or of one for each place along a dimension. */
  String weights(int axis, float scale, int... shape) {
    scales = new float[axis < 0 ? 1 : shape[axis]];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = scale * (1 + i * 0.37f);
    }
    return constant(DataType.INT8, axis, shape, words(MOST, shape));
  }

  /** Adds a bias in the scale of the sums of products with the last weights. */
  String bias(int outputs) {
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= last.value;
    }
    return constant(DataType.INT32, scales.length == 1 ? -1 : 0, new int[] {outputs},
        words(9000, outputs));
  }

  private String constant(DataType type, int axis, int[] shape, int... words) {
    String before = builder.last();
    int[] several = axis < 0 ? new int[0] : new int[] {scales.length};
    builder.node("DequantizeLinear", new String[] {integers(type, shape, words),
      builder.numbers(several, scales), integers(type, several, new int[scales.length])},
        attribute("axis", Math.max(axis, 0)));
    String constant = builder.last();
    builder.from(before);
    return constant;
  }

  LinearModel then(String operator, AttributeProto... attributes) {
    builder.then(operator, attributes);
    return this;
  }

  LinearModel with(String operator, String one, AttributeProto... attributes) {
    builder.with(operator, one, attributes);
    return this;
  }

  LinearModel with(
      String operator, String one, String other, AttributeProto... attributes) {
    builder.with(operator, one, other, attributes);
    return this;
  }

  /** Returns what words stand for. */
  static Numbers numbers(FixedTensor words, Scale scale) {
    double[] numbers = new double[(int) words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = scale.value * (float) (words.raw(i) + scale.offset() - scale.zero);
    }
    return new Numbers(numbers, words.shape());
  }
}
