package io.fixlane.hardware.circuit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which clock the values of a circuit are computed: a register lies behind every so many levels
 * of adders, and one behind the outputs.
 */
public final class Schedule {
  private final Map<Value, Integer> stages = new HashMap<>();
  private final List<Value> used;
  private final int last;

  /**
   * Makes a schedule.
   *
   * @param levels the levels of adders between registers; 0 for no register but that behind the
   *     outputs
   */
  public Schedule(Circuit circuit, int levels) {
    this.used = circuit.used();
    Map<Value, Integer> depths = new HashMap<>();
    for (Value value : used) {
      List<Value> operands = value.operation().operands();
      int stage = operands.stream().mapToInt(stages::get).max().orElse(0);
      int depth = operands.stream().filter(operand -> stages.get(operand) == stage)
          .mapToInt(depths::get).max().orElse(0) + value.operation().levels();
      boolean late = levels > 0 && depth > levels;
      stages.put(value, late ? stage + 1 : stage);
      depths.put(value, late ? value.operation().levels() : depth);
    }
    this.last = circuit.outputs().stream().mapToInt(output -> stages.get(output.value())).max()
        .orElse(0);
  }

  /** Returns the values that outputs depend on, in the order of computation. */
  public List<Value> values() {
    return used;
  }

  /** Returns how many registers lie before a value. */
  public int stage(Value value) {
    return stages.get(value);
  }

  /** Returns how many registers lie before the outputs, without the one behind them. */
  public int lastStage() {
    return last;
  }

  /** Returns the clocks from a vector that comes in to the one that goes out. */
  public int latency() {
    return last + 1;
  }

  /** Returns in how many registers each value is kept for those that need it later. */
  public Map<Value, Integer> registers(Circuit circuit) {
    Map<Value, Integer> registers = new HashMap<>();
    for (Value value : used) {
      for (Value operand : value.operation().operands()) {
        registers.merge(operand, stage(value) - stage(operand), Math::max);
      }
    }
    circuit.outputs().forEach(output -> registers.merge(
        output.value(), last - stage(output.value()), Math::max));
    registers.keySet().removeIf(value -> value.operation() instanceof Operation.Constant);
    return registers;
  }
}
