package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Digits;
import io.fixlane.hardware.circuit.Operation.Count;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Mask;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.TensorType;
import io.fixlane.shape.ImageShape;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of products of signs. With p of n products being +1, their sum is 2 p - n; taps in the
 * padding are not among the n.
 */
final class BinaryDesign {
  private static final BigInteger ONE = BigInteger.ONE;

  private BinaryDesign() {}

  static Front dense(Build build, BinaryDenseLayer layer, TensorType input)
      throws HardwareException {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    FixedTensor weights = layer.weights();
    int outputs = weights.dimension(1);
    List<List<Value>> agreements = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      List<Value> bits = new ArrayList<>();
      for (int k = 0; k < input.size(); k++) {
        Value sign = WordInputs.sign(circuit, x, (k + 1) * x.width() - 1);
        bits.add(circuit.agree(sign, weights.raw((long) k * outputs + o) < 0, null));
      }
      agreements.add(bits);
    }
    finish(build, agreements, new Scaled(integer(circuit, input.size()), 0), layer.result());
    return new Direct(input.size() * x.width());
  }

  static Front conv(Build build, BinaryConvLayer layer, TensorType input)
      throws HardwareException {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    FixedTensor weights = layer.weights();
    ImageShape image = ProductDesign.image(input);
    boolean masked = layer.window().leaves(image);
    Windowed front = new Windowed(image, layer.window(), x.width(), true,
        masked ? Mask.IMAGE : Mask.NONE, BigInteger.ZERO);
    int outputs = weights.dimension(0);
    int channels = weights.dimension(1);
    int groups = image.channels() / channels;
    int places = layer.window().taps();
    List<List<Value>> agreements = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      int first = o / (outputs / groups) * channels;
      List<Value> bits = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < places; tap++) {
          Value sign = WordInputs.sign(circuit, x, front.offset(tap, first + c));
          boolean negative = weights.raw(((long) o * channels + c) * places + tap) < 0;
          bits.add(circuit.agree(
              sign, negative, masked ? WordInputs.mask(circuit, front, tap) : null));
        }
      }
      agreements.add(bits);
    }
    Scaled products = masked
        ? times(build, maskCount(build, front), channels)
        : new Scaled(integer(circuit, channels * places), 0);
    finish(build, agreements, products, layer.result());
    return front;
  }

  private static Value integer(Circuit circuit, int integer) {
    return circuit.constant(BigInteger.valueOf(integer));
  }

  /** Returns how many taps have their mask set. */
  static Scaled maskCount(Build build, Windowed front) {
    List<Value> masks = new ArrayList<>();
    for (int tap = 0; tap < front.window().taps(); tap++) {
      masks.add(WordInputs.mask(build.circuit(), front, tap));
    }
    Sums sums = build.sums();
    sums.begin();
    count(build.circuit(), masks).forEach(part -> sums.term(part, 0, false));
    return sums.build(0).getFirst();
  }

  private static Scaled times(Build build, Scaled number, int factor) {
    Sums sums = build.sums();
    BigInteger weight = BigInteger.valueOf(factor);
    sums.begin();
    sums.add(number.value(), weight, Digits.of(weight), 0);
    return sums.build(number.fractionBits()).getFirst();
  }

  /** Returns values whose sum is how many bits are set. */
  static List<Value> count(Circuit circuit, List<Value> bits) {
    List<Value> counts = new ArrayList<>();
    for (int i = 0; i < bits.size(); i += Count.MOST) {
      counts.add(circuit.count(bits.subList(i, Math.min(i + Count.MOST, bits.size()))));
    }
    return counts;
  }

  private static void finish(
      Build build, List<List<Value>> agreements, Scaled products, BinaryResult result)
      throws HardwareException {
    Circuit circuit = build.circuit();
    Sums sums = build.sums();
    for (int o = 0; o < agreements.size(); o++) {
      sums.begin();
      count(circuit, agreements.get(o)).forEach(part -> sums.term(part, 1, false));
      sums.term(products.value(), -products.fractionBits(), true);
      if (result instanceof BinaryResult.Signs signs) {
        sums.add(signs.thresholds().value(o).raw().negate(), 0);
      }
    }
    build.requireBuildable(sums);
    for (Scaled sum : sums.build(0)) {
      switch (result) {
        case BinaryResult.Sums s ->
            circuit.output(circuit.cast(sum, s.format()), s.format().width());
        case BinaryResult.Signs _ -> circuit.output(circuit.negative(sum.value()), 1);
      }
    }
  }
}
