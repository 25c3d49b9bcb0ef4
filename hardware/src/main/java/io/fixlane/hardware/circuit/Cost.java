package io.fixlane.hardware.circuit;

import io.fixlane.hardware.circuit.Operation.Add;
import io.fixlane.hardware.circuit.Operation.Agree;
import io.fixlane.hardware.circuit.Operation.Cast;
import io.fixlane.hardware.circuit.Operation.Constant;
import io.fixlane.hardware.circuit.Operation.Count;
import io.fixlane.hardware.circuit.Operation.DivideStep;
import io.fixlane.hardware.circuit.Operation.Dividend;
import io.fixlane.hardware.circuit.Operation.Input;
import io.fixlane.hardware.circuit.Operation.LookUp;
import io.fixlane.hardware.circuit.Operation.Max;
import io.fixlane.hardware.circuit.Operation.Multiply;
import io.fixlane.hardware.circuit.Operation.Negative;
import io.fixlane.hardware.circuit.Operation.Quotient;
import io.fixlane.hardware.circuit.Operation.Relu;
import io.fixlane.hardware.circuit.Operation.Select;

/**
 * What a circuit takes of an FPGA with look-up tables of six inputs, by estimate.
 *
 * @param adders the adders of sums
 * @param luts look-up tables
 * @param multipliers multipliers, each a DSP slice or several
 * @param registers flip-flops, those of the outputs included
 */
public record Cost(int adders, long luts, int multipliers, long registers) {
  /** The words that a look-up table of six inputs holds. */
  private static final int TABLE_WORDS = 64;

  /** Returns what a circuit takes in a schedule. */
  public static Cost of(Circuit circuit, Schedule schedule) {
    int adders = 0;
    int multipliers = 0;
    long luts = 0;
    for (Value value : schedule.values()) {
      adders += value.operation() instanceof Add ? 1 : 0;
      multipliers += value.operation() instanceof Multiply ? 1 : 0;
      luts += luts(circuit, value);
    }
    long registers = circuit.outputBits() + schedule.latency();
    for (var kept : schedule.registers(circuit).entrySet()) {
      registers += (long) kept.getKey().width() * kept.getValue();
    }
    return new Cost(adders, luts, multipliers, registers);
  }

  private static long luts(Circuit circuit, Value value) {
    int bits = value.width();
    return switch (value.operation()) {
      case Input _,Constant _,Agree _,Negative _,Multiply _ -> 0;
      case Add add -> Math.max(bits - add.passed(), 0);
      case Cast cast -> cast(value, cast);
      case Relu _,Select _,Dividend _ -> bits;
      case Max _ -> bits + (bits + 1) / 2;
      case LookUp _ -> (long) circuit.tableWidth()
          * Math.ceilDiv(circuit.table().size(), TABLE_WORDS);
      case Count count -> count.bits().size() > 2 ? 3 : 2;
      case DivideStep step -> 2L * step.divisor().width() + 1;
      case Quotient quotient -> quotient.bits() + (quotient.divisor().width() + 2) / 3;
    };
  }

  /** A rounding adds a bit to those kept; a word that overflows may be another in every bit. */
  private static long cast(Value value, Cast cast) {
    if (cast.free()) {
      return 0;
    }
    int bits = cast.target().width();
    boolean rounds = cast.fractionBits() > cast.target().fractionBits()
        && cast.target().quantization() != io.fixlane.format.QuantizationMode.AP_TRN;
    int above = Math.max(cast.a().width() - bits, 0);
    return (rounds ? bits + above : 0)
        + (cast.target().isModular() ? 0 : value.width() + above / 4);
  }
}
