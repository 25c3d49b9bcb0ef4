package io.fixlane.hardware.circuit;

/** A value of a circuit: what gives it, and which integers it can be. Equal only to itself. */
public final class Value {
  private final int id;
  private final Operation operation;
  private final Range range;
  private final int level;

  Value(int id, Operation operation, Range range) {
    this.id = id;
    this.operation = operation;
    this.range = range;
    this.level = operation.operands().stream().mapToInt(Value::level).max().orElse(0)
        + operation.levels();
  }

  /** Returns its place among the values of the circuit: operands come before. */
  public int id() {
    return id;
  }

  /** Returns what gives it. */
  public Operation operation() {
    return operation;
  }

  /** Returns which integers it can be. */
  public Range range() {
    return range;
  }

  /** Returns its bits. */
  public int width() {
    return range.width();
  }

  /** Returns how many levels of adders lie between it and the inputs. */
  public int level() {
    return level;
  }
}
