package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Division;
import io.fixlane.hardware.circuit.Range;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Accumulated;
import io.fixlane.hardware.verilog.Front.Mask;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.shape.ImageShape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Poolings. */
final class PoolDesign {
  private PoolDesign() {}

  static Front pool(Build build, PoolLayer layer, TensorType input) {
    return switch (layer.function()) {
      case Max _ -> max(build, layer, input);
      case Average average -> average(build, layer, average, input);
    };
  }

  private static Front max(Build build, PoolLayer layer, TensorType input) {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    // The smallest word wins against none, and only where all others are the same.
    Windowed front = new Windowed(ProductDesign.image(input), layer.window(), x.width(), false,
        Mask.NONE, x.minRaw());
    for (int c = 0; c < input.channels(); c++) {
      List<Value> words = words(circuit, x, front, c);
      while (words.size() > 1) {
        List<Value> larger = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
          larger.add(i + 1 < words.size()
              ? circuit.max(words.get(i), words.get(i + 1))
              : words.get(i));
        }
        words = larger;
      }
      circuit.output(words.getFirst(), x.width());
    }
    return front;
  }

  private static List<Value> words(Circuit circuit, FixedFormat x, Windowed front, int channel) {
    List<Value> words = new ArrayList<>();
    for (int tap = 0; tap < front.window().taps(); tap++) {
      words.add(WordInputs.word(circuit, x, front, tap, channel));
    }
    return words;
  }

  private static Front average(
      Build build, PoolLayer layer, Average average, TensorType input) {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    Windowed front = new Windowed(ProductDesign.image(input), layer.window(), x.width(), false,
        mask(layer, average, input), BigInteger.ZERO);
    Value divisor = front.mask() == Mask.NONE
        ? circuit.constant(BigInteger.valueOf(layer.window().taps()))
        : aligned(circuit, BinaryDesign.maskCount(build, front));
    Sums sums = build.sums();
    for (int c = 0; c < input.channels(); c++) {
      sums.begin();
      words(circuit, x, front, c).forEach(word -> sums.term(word, 0, false));
    }
    sums.build(x.fractionBits()).forEach(sum -> divide(circuit, sum, divisor, average.result()));
    return front;
  }

  private static Value aligned(Circuit circuit, Scaled integer) {
    return circuit.shiftLeft(integer.value(), -integer.fractionBits());
  }

  private static Mask mask(PoolLayer layer, Average average, TensorType input) {
    ImageShape image = ProductDesign.image(input);
    Windowed plain = new Windowed(image, layer.window(), 1, false, Mask.NONE, BigInteger.ZERO);
    if (!average.paddingCounts()) {
      return layer.window().leaves(image) ? Mask.IMAGE : Mask.NONE;
    }
    boolean beyond =
        plain.rows() > plain.paddedRows() || plain.columns() > plain.paddedColumns();
    return beyond ? Mask.PADDED : Mask.NONE;
  }

  private static void divide(Circuit circuit, Scaled sum, Value divisor, FixedFormat result) {
    Scaled quotient = Division.divide(circuit, sum, divisor, result.fractionBits());
    circuit.output(circuit.cast(quotient, result), result.width());
  }

  static Front global(Build build, GlobalAverageLayer layer, TensorType input) {
    Circuit circuit = build.circuit();
    FixedFormat x = input.format();
    ImageShape image = ProductDesign.image(input);
    BigInteger pixels = BigInteger.valueOf(image.pixels());
    Range range = Range.of(x).times(pixels);
    for (int c = 0; c < image.channels(); c++) {
      Value sum = circuit.input(c * range.width(), range);
      divide(circuit, new Scaled(sum, x.fractionBits()), circuit.constant(pixels),
          layer.result());
    }
    return new Accumulated(
        image.channels(), x.width(), x.signed(), range.width(), image.pixels());
  }
}
