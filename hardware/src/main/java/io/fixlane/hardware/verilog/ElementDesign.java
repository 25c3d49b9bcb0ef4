package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Digits;
import io.fixlane.hardware.circuit.Range;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Joined;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

/** Layers that take each word alone, and what becomes of branches. */
final class ElementDesign {
  private ElementDesign() {}

  static Front scaleAndShift(Build build, ScaleAndShiftLayer layer, TensorType input)
      throws HardwareException {
    FixedFormat x = input.format();
    List<Value> words = WordInputs.words(build.circuit(), x, input.channels(), 0);
    for (Value word : Stages.scaleAndShift(
        build, words, x, layer.scale(), layer.shift(), layer.result())) {
      build.circuit().output(word, layer.result().width());
    }
    return new Direct(input.channels() * x.width());
  }

  static Front unary(Build build, UnaryLayer layer, TensorType input) {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    FixedFormat result = layer.result();
    for (Value word : WordInputs.words(circuit, x, input.channels(), 0)) {
      circuit.output(switch (layer.function()) {
        case Identity _ -> cast(circuit, word, x, result);
        case Relu _ -> cast(circuit, circuit.relu(word), x, result);
        case LeakyRelu leaky -> x.signed()
            ? circuit.cast(leaky(build, word, x, leaky.slope()), result)
            : cast(circuit, word, x, result);
        case LookUp look -> lookUp(circuit, word, x, look.table());
      }, result.width());
    }
    return new Direct(input.channels() * x.width());
  }

  /** A cast into the format that a word has is a copy. */
  private static Value cast(Circuit circuit, Value word, FixedFormat x, FixedFormat result) {
    return result.equals(x) ? word : circuit.cast(new Scaled(word, x.fractionBits()), result);
  }

  private static Scaled leaky(Build build, Value word, FixedFormat x, Fixed slope) {
    Circuit circuit = build.circuit();
    int product = x.fractionBits() + slope.format().fractionBits();
    Sums sums = build.elementSums();
    sums.begin();
    sums.add(word, slope.raw(), Digits.of(slope.raw()), 0);
    Scaled sloped = sums.build(product).getFirst();
    int base = Math.max(sloped.fractionBits(), x.fractionBits());
    return new Scaled(circuit.select(word,
        circuit.shiftLeft(sloped.value(), base - sloped.fractionBits()),
        circuit.shiftLeft(word, base - x.fractionBits())), base);
  }

  private static Value lookUp(Circuit circuit, Value word, FixedFormat x, FixedTensor table) {
    // Words lie in the table from the smallest to the largest, and here by their bits.
    long half = x.signed() ? table.size() / 2 : 0;
    List<BigInteger> words = LongStream.range(0, table.size())
        .mapToObj(bits -> table.value((bits + half) % table.size()).raw()).toList();
    BigInteger low = words.stream().min(BigInteger::compareTo).orElseThrow();
    BigInteger high = words.stream().max(BigInteger::compareTo).orElseThrow();
    return circuit.lookUp(word, words, new Range(low, high));
  }

  static Front sum(Build build, ResidualLayer layer, FixedFormat body, TensorType shortcut) {
    Circuit circuit = build.circuit();
    int channels = shortcut.channels();
    FixedFormat other = shortcut.format();
    List<Value> a = WordInputs.words(circuit, body, channels, 0);
    List<Value> b = WordInputs.words(circuit, other, channels, channels * body.width());
    for (int c = 0; c < channels; c++) {
      Scaled sum = circuit.add(new Scaled(a.get(c), body.fractionBits()),
          new Scaled(b.get(c), other.fractionBits()));
      Value value = layer.relu() ? circuit.relu(sum.value()) : sum.value();
      circuit.output(circuit.cast(new Scaled(value, sum.fractionBits()), layer.result()),
          layer.result().width());
    }
    return new Joined(channels * body.width(), channels * other.width());
  }

  static Front concat(Build build, ConcatLayer layer, TensorType first, TensorType second) {
    int firstBits = LayerDesign.pixelBits(first);
    cast(build.circuit(), first, 0, layer.result());
    cast(build.circuit(), second, firstBits, layer.result());
    return new Joined(firstBits, LayerDesign.pixelBits(second));
  }

  private static void cast(Circuit circuit, TensorType x, int offset, FixedFormat result) {
    for (Value word : WordInputs.words(circuit, x.format(), x.channels(), offset)) {
      circuit.output(cast(circuit, word, x.format(), result), result.width());
    }
  }
}
