package io.fixlane.hardware.verilog;

import io.fixlane.hardware.circuit.Operation.Constant;
import io.fixlane.hardware.circuit.Value;
import java.math.BigInteger;

/** Expressions for values, as Verilog has them. */
final class Names {
  private Names() {}

  /** Returns the name of a value, or of a register that keeps it for so many clocks. */
  static String of(Value value, int delay) {
    return "v" + value.id() + (delay == 0 ? "" : "_" + delay);
  }

  /** Returns a constant of so many bits: {@code 8'hf3}. */
  static String constant(BigInteger integer, int bits) {
    BigInteger word = integer.mod(BigInteger.ONE.shiftLeft(bits));
    return bits + "'h" + word.toString(16);
  }

  /** Returns the range of a vector of so many bits: {@code [7:0] }. */
  static String range(int bits) {
    return "[" + (bits - 1) + ":0] ";
  }

  /**
   * Returns bits of a value, which its sign or zeros continue.
   *
   * @param delay the clocks for which it is kept
   * @param low the lowest bit
   * @param bits how many
   */
  static String bits(Value value, int delay, int low, int bits) {
    if (value.operation() instanceof Constant constant) {
      return constant(constant.integer().shiftRight(low), bits);
    }
    String name = of(value, delay);
    int width = value.width();
    int there = Math.clamp(width - (long) low, 0, bits);
    String part = there == width ? name : name + slice(low, there);
    if (there == bits) {
      return part;
    }
    int more = bits - there;
    String fill = value.range().signed()
        ? "{" + more + "{" + name + slice(width - 1, 1) + "}}"
        : more + "'d0";
    return there == 0 ? fill : "{" + fill + ", " + part + "}";
  }

  private static String slice(int low, int bits) {
    return bits == 1 ? "[" + low + "]" : "[" + (low + bits - 1) + ":" + low + "]";
  }
}
