package io.fixlane.hardware.verilog;

import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Circuit.Output;
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
import io.fixlane.hardware.circuit.Operation.Signs;
import io.fixlane.hardware.circuit.Schedule;
import io.fixlane.hardware.circuit.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The text of a circuit: a wire or an instance for each value, and the registers between. */
final class CircuitText {
  private final Circuit circuit;
  private final Schedule schedule;
  private final String table;
  private final Set<String> library = new TreeSet<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins the text.
   *
   * @param table the module of the circuit's table
   */
  CircuitText(Circuit circuit, Schedule schedule, String table) {
    this.circuit = circuit;
    this.schedule = schedule;
    this.table = table;
  }

  /** Returns the modules of the library that the text has instances of, once it is written. */
  Set<String> library() {
    return library;
  }

  /** Returns what stands in a module with the wires {@code taken}, {@code go} and aclk. */
  String write() {
    Map<Value, Integer> registers = schedule.registers(circuit);
    for (Value value : schedule.values()) {
      if (!(value.operation() instanceof Constant)) {
        text.append("  wire ").append(Names.range(value.width())).append(Names.of(value, 0))
            .append(";\n");
        define(value);
        register(value, registers.getOrDefault(value, 0));
      }
    }
    return text.toString();
  }

  private void register(Value value, int count) {
    if (count == 0) {
      return;
    }
    StringBuilder names = new StringBuilder();
    StringBuilder moves = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      names.append(i == 1 ? "" : ", ").append(Names.of(value, i));
      moves.append("      ").append(Names.of(value, i)).append(" <= ")
          .append(Names.of(value, i - 1)).append(";\n");
    }
    text.append("  reg ").append(Names.range(value.width())).append(names).append(";\n")
        .append("  always @(posedge aclk) begin\n    if (go) begin\n").append(moves)
        .append("    end\n  end\n");
  }

  /** Returns the words that go out as one vector, the lowest last. */
  String outputs() {
    List<String> words = new ArrayList<>();
    for (Output output : circuit.outputs().reversed()) {
      Value value = output.value();
      words.add("\n      "
          + Names.bits(value, schedule.lastStage() - schedule.stage(value), 0, output.bits()));
    }
    return "{" + String.join(",", words) + "}";
  }

  private void define(Value value) {
    switch (value.operation()) {
      case Constant _ -> {
      }
      case Input input -> assign(value,
          "taken[" + (input.offset() + value.width() - 1) + ":" + input.offset() + "]");
      case Add add -> add(value, add);
      case Multiply multiply -> multiply(value, multiply);
      case Cast cast -> cast(value, cast);
      case Relu relu -> assign(value, all(relu.a(), value) + " & {" + value.width() + "{~"
          + sign(value, relu.a()) + "}}");
      case Select select -> assign(value, sign(value, select.condition()) + " ? "
          + all(select.negative(), value) + " : " + all(select.other(), value));
      case Max max -> max(value, max);
      case LookUp look -> instance(table, "", value, "y",
          ".a(" + bits(value, look.a(), 0, look.a().width()) + ")");
      case Agree agree -> assign(value, (agree.negative() ? "" : "~")
          + bits(value, agree.sign(), 0, 1)
          + (agree.mask() == null ? "" : " & " + bits(value, agree.mask(), 0, 1)));
      case Count count -> count(value, count);
      case Negative negative -> assign(value, sign(value, negative.a()));
      case Dividend dividend -> dividend(value, dividend);
      case DivideStep step -> instance("fixlane_divide_step",
          ".BITS(" + step.bits() + "), .DIVISOR_BITS(" + step.divisor().width() + ")", value, "y",
          ".state(" + all(step.state(), value) + "), .divisor("
              + bits(value, step.divisor(), 0, step.divisor().width()) + ")");
      case Quotient quotient -> quotient(value, quotient);
    }
  }

  private void assign(Value value, String expression) {
    text.append("  assign ").append(Names.of(value, 0)).append(" = ").append(expression)
        .append(";\n");
  }

  /** Writes an instance, whose result is a value, or a wire of another width. */
  private void instance(
      String module, String parameters, Value value, String port, String operands) {
    instance(module, parameters, "u" + value.id(), operands + ", ." + port + "("
        + Names.of(value, 0) + ")");
  }

  private void instance(String module, String parameters, String name, String ports) {
    if (module.startsWith("fixlane_")) {
      library.add(module);
    }
    text.append("  ").append(module).append(parameters.isEmpty() ? "" : " #(" + parameters + ")")
        .append(" ").append(name).append(" (").append(ports).append(");\n");
  }

  /** Returns bits of an operand, in the clock in which a value is computed. */
  private String bits(Value value, Value operand, int low, int bits) {
    return Names.bits(operand, schedule.stage(value) - schedule.stage(operand), low, bits);
  }

  /** Returns an operand in the bits of a value. */
  private String all(Value operand, Value value) {
    return bits(value, operand, 0, value.width());
  }

  /** Returns the sign bit of an operand. */
  private String sign(Value value, Value operand) {
    return operand.range().signed() ? bits(value, operand, operand.width() - 1, 1) : "1'b0";
  }

  private void add(Value value, Add add) {
    int low = Math.min(add.passed(), value.width());
    int bits = value.width() - low;
    if (low > 0) {
      text.append("  assign ").append(Names.of(value, 0));
      text.append(value.width() == 1 ? "" : "[" + (low - 1) + ":0]").append(" = ")
          .append(bits(value, add.a(), 0, low)).append(";\n");
    }
    if (bits == 0) {
      return;
    }
    String a = bits(value, add.a(), low, bits);
    String b = add.signs() == Signs.FROM ? shifted(value, add) : bits(value, add.b(), 0, bits);
    String sum = value.width() == 1
        ? Names.of(value, 0)
        : Names.of(value, 0) + "[" + (value.width() - 1) + ":" + low + "]";
    boolean from = add.signs() == Signs.FROM;
    instance(add.signs() == Signs.PLUS ? "fixlane_add" : "fixlane_subtract",
        ".BITS(" + bits + ")", "u" + value.id(), ".a(" + (from ? b : a) + "), .b("
            + (from ? a : b) + "), .y(" + sum + ")");
  }

  private String shifted(Value value, Add add) {
    int bits = value.width();
    if (add.shift() >= bits) {
      return bits + "'d0";
    }
    String high = bits(value, add.b(), 0, bits - add.shift());
    return add.shift() == 0 ? high : "{" + high + ", " + add.shift() + "'d0}";
  }

  private void multiply(Value value, Multiply multiply) {
    Value a = multiply.a();
    int bits = multiply.factor().bitLength();
    instance("fixlane_multiply", ".BITS(" + a.width() + "), .FACTOR_BITS(" + bits
        + "), .RESULT_BITS(" + value.width() + "), .SIGNED(" + (a.range().signed() ? 1 : 0)
        + "), .FACTOR(" + Names.constant(multiply.factor(), bits) + ")", value, "y",
        ".a(" + bits(value, a, 0, a.width()) + ")");
  }

  private void cast(Value value, Cast cast) {
    Value a = cast.a();
    int width = cast.target().width();
    String word = Names.of(value, 0);
    if (width != value.width()) {
      word += "_word";
      text.append("  wire ").append(Names.range(width)).append(word).append(";\n");
      assign(value, word + "[" + (value.width() - 1) + ":0]");
    }
    instance("fixlane_cast", CastParameters.of(a, cast), "u" + value.id(),
        ".a(" + bits(value, a, 0, a.width()) + "), .y(" + word + ")");
  }

  private void max(Value value, Max max) {
    instance("fixlane_max",
        ".BITS(" + value.width() + "), .SIGNED(" + (value.range().signed() ? 1 : 0) + ")", value,
        "y", ".a(" + all(max.a(), value) + "), .b(" + all(max.b(), value) + ")");
  }

  private void count(Value value, Count count) {
    List<String> bits = new ArrayList<>();
    for (Value bit : count.bits()) {
      bits.add(bits(value, bit, 0, 1));
    }
    while (bits.size() < Count.MOST) {
      bits.add("1'b0");
    }
    String word = Names.of(value, 0);
    if (value.width() < 3) {
      word += "_count";
      text.append("  wire [2:0] ").append(word).append(";\n");
      assign(value, word + "[" + (value.width() - 1) + ":0]");
    }
    instance("fixlane_count", "", "u" + value.id(),
        ".a({" + String.join(", ", bits) + "}), .y(" + word + ")");
  }

  private void dividend(Value value, Dividend dividend) {
    int bits = value.width() - dividend.zeros();
    String word = bits(value, dividend.a(), dividend.dropped(), bits);
    word = dividend.zeros() == 0 ? word : "{" + word + ", " + dividend.zeros() + "'d0}";
    assign(value, dividend.a().range().signed()
        ? word + " ^ {" + value.width() + "{" + sign(value, dividend.a()) + "}}"
        : word);
  }

  private void quotient(Value value, Quotient quotient) {
    Value a = quotient.a();
    int divisor = quotient.divisor().width();
    String word = Names.of(value, 0);
    if (value.width() <= quotient.bits()) {
      word += "_signed";
      text.append("  wire ").append(Names.range(quotient.bits() + 1)).append(word).append(";\n");
      assign(value, word + "[" + (value.width() - 1) + ":0]");
    }
    String dropped = quotient.dropped() == 0
        ? "1'b0"
        : "|" + bits(value, a, 0, quotient.dropped());
    instance("fixlane_quotient",
        ".BITS(" + quotient.bits() + "), .DIVISOR_BITS(" + divisor + ")", "u" + value.id(),
        ".state(" + bits(value, quotient.state(), 0, divisor + quotient.bits()) + "), .divisor("
            + bits(value, quotient.divisor(), 0, divisor) + "), .negative(" + sign(value, a)
            + "), .dropped(" + dropped + "), .y(" + word + ")");
  }
}
