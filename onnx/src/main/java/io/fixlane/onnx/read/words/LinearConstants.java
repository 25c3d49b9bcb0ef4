package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.onnx.read.numbers.Scales;
import org.jspecify.annotations.Nullable;

/** Constants of quantized numbers, as words less their zeros. */
final class LinearConstants {
  private LinearConstants() {}

  /** Keeps the integers of a constant that a QuantizeLinear makes. */
  static ModelTensor quantized(Reading<?> reading, ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    ModelTensor floats = reading.constant(node, 0);
    ModelTensor zero = WordLinear.zero(reading, node, 2);
    Scales scales = new Scales(node, floats, reading.constant(node, 1), zero);
    float[] values = floats.floats();
    long[] words = new long[values.length];
    for (int i = 0; i < words.length; i++) {
      Reading.requireFinite(node, floats, values[i]);
      words[i] = Math.clamp((long) Math.rint(values[i] / scales.scale(i)) + scales.zero(i),
          zero == null ? 0 : zero.least(), zero == null ? 255 : zero.most());
    }
    return zero == null ? floats.withLongs(words) : zero.like(floats, words);
  }

  /** Returns the words of a constant of integers that a DequantizeLinear takes. */
  static Constant constant(Reading<?> reading, ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    return constant(node, reading.constant(node, 0), reading.constant(node, 1),
        WordLinear.zero(reading, node, 2), node.integer("axis", 1));
  }

  static Constant constant(ModelNode node, ModelTensor integers, ModelTensor scale,
      @Nullable ModelTensor zero, long axis) throws OnnxException {
    Scales scales = new Scales(node, integers, scale, zero, axis);
    long[] given = integers.longs();
    boolean exact = true;
    int most = Integer.MIN_VALUE;
    for (float s : scale.floats()) {
      exact &= Quantizer.isPowerOfTwo(s);
      most = Math.max(most, -Math.getExponent(s));
    }
    long[] words = new long[given.length];
    for (int i = 0; i < words.length; i++) {
      int shift = exact ? most + Math.getExponent(scales.scale(i)) : 0;
      if (shift > Integer.SIZE || Math.abs(given[i]) > Integer.MAX_VALUE) {
        throw node.refuse("its constant " + integers + " has numbers too far apart");
      }
      words[i] = given[i] - scales.zero(i) << shift;
    }
    Numbers numbers = Numbers.of(FixedFormat.integers(Long.SIZE), words);
    FixedFormat narrow;
    try {
      narrow = words.length == 0
          ? FixedFormat.integers(1)
          : new Range(exact ? most : 0, numbers.least(), numbers.most()).format();
    } catch (OnnxException e) {
      throw node.refuse(e.getMessage());
    }
    return new Constant(
        integers.withLongs(words), narrow, exact ? null : scales.spread());
  }

  /** Returns a bias of integers in the unit of the sums. */
  static Constant bias(ModelTensor words, Constant weights, Step x) throws OnnxException {
    int fractionBits = x.format().fractionBits() + weights.required().fractionBits();
    float[] units = weights.units() == null ? new float[] {1} : weights.units().floats();
    float[] products = new float[units.length];
    boolean exact = x.meaning().zero() == 0;
    for (int i = 0; i < products.length; i++) {
      products[i] = (float) (x.meaning().units()[0] * units[i]);
      exact &= products[i] == 1;
    }
    return new Constant(words,
        FixedFormat.signed(Integer.SIZE, Integer.SIZE - fractionBits), exact
            ? null
            : ModelTensor.of("bias", new int[] {products.length}, products));
  }
}
