package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Range;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.hardware.verilog.Front.Windowed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The words of a vector that comes to a layer, as values of its circuit. */
final class WordInputs {
  private WordInputs() {}

  /** Returns so many words of a format, the first of them at a bit of the vector. */
  static List<Value> words(Circuit circuit, FixedFormat format, int count, int offset) {
    List<Value> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(circuit.input(offset + i * format.width(), Range.of(format)));
    }
    return words;
  }

  /** Returns the word of a channel under a tap. */
  static Value word(Circuit circuit, FixedFormat format, Windowed front, int tap, int channel) {
    return circuit.input(front.offset(tap, channel), Range.of(format));
  }

  /** Returns the bit of a tap that its mask sets. */
  static Value mask(Circuit circuit, Windowed front, int tap) {
    return circuit.input(front.maskOffset(tap), Range.of(0, 1));
  }

  /** Returns the sign bit at a place of the vector: 0 where the format has none. */
  static Value sign(Circuit circuit, FixedFormat format, int offset) {
    return format.signed()
        ? circuit.input(offset, Range.of(0, 1))
        : circuit.constant(BigInteger.ZERO);
  }
}
