package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceLookUp;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Random layers that take each word alone, and the same of the reference. */
final class RandomUnary {
  private static final FixedFormat SLOPE = FixedFormat.signed(8, 2);
  private static final int WIDEST_SUM = 128;

  private RandomUnary() {}

  /** Adds a layer; returns what it makes of a word. */
  static UnaryOperator<Fixed> add(
      NetworkBuilder builder, String name, RandomWords draw, Random random) {
    FixedFormat x = builder.resultFormat();
    FixedFormat result = random.nextInt(4) == 0 ? x : draw.format();
    int kind = random.nextInt(5);
    if (kind == 0 && x.width() <= draw.draws().widestTable()) {
      FixedTensor table = draw.words(result, 1 << x.width());
      builder.lookUp(name, table);
      return new ReferenceLookUp(x, RandomNetwork.fixed(table))::apply;
    }
    if (kind == 1 && x.times(SLOPE).plus(x).width() <= WIDEST_SUM) {
      Fixed slope = new Fixed(SLOPE, BigInteger.valueOf(random.nextInt(-128, 128)));
      builder.leakyRelu(name, slope, result);
      return word -> leaky(word, slope).cast(result);
    }
    if (kind == 2) {
      int slopeShift = random.nextInt(5);
      builder.leakyRelu(name, slopeShift, result);
      return word -> leaky(word, slopeShift).cast(result);
    }
    if (kind == 3) {
      builder.relu(name, result);
      return word -> relu(word).cast(result);
    }
    builder.cast(name, result);
    return word -> word.cast(result);
  }

  static Fixed relu(Fixed word) {
    return word.raw().signum() < 0 ? Fixed.ofRaw(word.format(), 0) : word;
  }

  /** Word and product in one format, that of their sum. */
  private static Fixed leaky(Fixed word, Fixed slope) {
    FixedFormat exact = word.format().times(slope.format()).plus(word.format());
    return (word.raw().signum() < 0 ? word.times(slope) : word).cast(exact);
  }

  /** The word times the slope is a word with its binary point moved. */
  private static Fixed leaky(Fixed word, int slopeShift) {
    FixedFormat format = word.format();
    FixedFormat moved = new FixedFormat(format.signed(), format.width(),
        format.integerBits() - slopeShift, QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 0);
    // The exact value has a format of its own: a cast into the very same one would be a copy.
    FixedFormat exact = format.signed() ? format.plus(moved) : format;
    return word.raw().signum() < 0 ? new Fixed(moved, word.raw()) : word.cast(exact);
  }
}
