package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Digits;
import io.fixlane.hardware.circuit.Operation.Signs;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Staircases. Each threshold is a comparator, whose bit says that a word lies below it; a step for
 * each of these bits is taken back from the last word that the staircase has.
 */
final class ThresholdDesign {
  private ThresholdDesign() {}

  static Front of(Build build, ThresholdLayer layer, TensorType input) throws HardwareException {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    List<Value> words = WordInputs.words(circuit, x, input.channels(), 0);
    Sums below = build.sums();
    for (int c = 0; c < words.size(); c++) {
      below.begin();
      for (Value part : BinaryDesign.count(circuit, below(circuit, words.get(c),
          layer.firstWords(x, c)))) {
        below.term(part, 0, false);
      }
    }
    build.requireBuildable(below);
    BigInteger back = BigInteger.valueOf(layer.step()).negate();
    List<Scaled> counts = below.build(0);
    Sums results = build.elementSums();
    for (int c = 0; c < words.size(); c++) {
      results.begin();
      results.add(last(layer, x, c), 0);
      results.add(counts.get(c).value(), back, Digits.of(back), -counts.get(c).fractionBits());
    }
    build.requireBuildable(results);
    for (Scaled result : results.build(0)) {
      circuit.output(circuit.shiftLeft(result.value(), -result.fractionBits()),
          layer.result().width());
    }
    return new Direct(input.channels() * x.width());
  }

  /** Returns the result of the largest word of a channel. */
  private static BigInteger last(ThresholdLayer layer, FixedFormat x, int channel) {
    long reached = layer.firstWords(x, channel).stream().filter(x::contains).count();
    return layer.start().raw()
        .add(BigInteger.valueOf(layer.step()).multiply(BigInteger.valueOf(reached)));
  }

  /** Returns a bit for each threshold that some words lie below and some reach: the former. */
  private static List<Value> below(Circuit circuit, Value word, List<BigInteger> firstWords) {
    List<Value> bits = new ArrayList<>();
    for (BigInteger first : firstWords) {
      Value bit = circuit.negative(circuit.add(word, circuit.constant(first), 0, Signs.MINUS));
      if (!bit.range().isConstant()) {
        bits.add(bit);
      }
    }
    return bits;
  }
}
