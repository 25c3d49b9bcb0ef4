package io.fixlane.hardware.verilog;

import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Operation.LookUp;
import io.fixlane.hardware.verilog.Front.Accumulated;
import io.fixlane.hardware.verilog.Front.Direct;
import io.fixlane.hardware.verilog.Front.Gathered;
import io.fixlane.hardware.verilog.Front.Joined;
import io.fixlane.hardware.verilog.Front.Mask;
import io.fixlane.hardware.verilog.Front.Repeated;
import io.fixlane.hardware.verilog.Front.Windowed;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The text of a layer's module. Its pipeline moves on when what comes out of it is taken, or
 * nothing does.
 *
 * @param name the name of the module
 * @param text the text
 * @param library the modules of the library that it has instances of
 */
record LayerModule(String name, String text, Set<String> library) {
  /** Returns the module of a layer. */
  static LayerModule of(String name, LayerDesign design) {
    Set<String> library = new TreeSet<>();
    String front = front(design.front(), library);
    CircuitText circuit = new CircuitText(design.circuit(), design.schedule(), name + "_table");
    String body = circuit.write();
    library.addAll(circuit.library());
    String text = header(name, design) + front + pipeline(design) + "\n" + body + "\n"
        + output(circuit) + "endmodule\n" + table(name + "_table", design.circuit());
    return new LayerModule(name, text, library);
  }

  private static String header(String name, LayerDesign design) {
    StringBuilder text = new StringBuilder();
    text.append("// The layer \"").append(design.node().path()).append("\": of ")
        .append(design.node().input()).append(", ").append(design.node().result()).append(".\n")
        .append("module ").append(name)
        .append(" (\n  input wire aclk,\n  input wire aresetn,\n");
    input(text, "s", design.front().bits());
    if (design.front() instanceof Joined joined) {
      input(text, "t", joined.otherBits());
    }
    return text.append("  output reg ").append(Names.range(design.circuit().outputBits()))
        .append("m_axis_tdata,\n  output wire m_axis_tvalid,\n  input wire m_axis_tready\n);\n")
        .toString();
  }

  private static void input(StringBuilder text, String stream, int bits) {
    text.append("  input wire ").append(Names.range(bits)).append(stream)
        .append("_axis_tdata,\n  input wire ").append(stream)
        .append("_axis_tvalid,\n  output wire ").append(stream).append("_axis_tready,\n");
  }

  private static String front(Front front, Set<String> library) {
    String wires = "  wire go;\n  wire " + Names.range(front.takenBits()) + "taken;\n"
        + "  wire taken_valid;\n";
    return wires + switch (front) {
      case Direct _ -> "  assign taken = s_axis_tdata;\n  assign taken_valid = s_axis_tvalid;\n"
          + "  assign s_axis_tready = go;\n";
      case Joined _ -> "  assign taken = {t_axis_tdata, s_axis_tdata};\n"
          + "  assign taken_valid = s_axis_tvalid & t_axis_tvalid;\n"
          + "  assign s_axis_tready = go & t_axis_tvalid;\n"
          + "  assign t_axis_tready = go & s_axis_tvalid;\n";
      case Gathered gathered -> instance("fixlane_gather", List.of(
          "BITS", gathered.bits(), "PIXELS", gathered.pixels()), "s_axis_tdata", library);
      case Accumulated sums -> instance("fixlane_accumulate", List.of(
          "CHANNELS", sums.channels(), "BITS", sums.wordBits(), "SIGNED", sums.signed() ? 1 : 0,
          "SUM_BITS", sums.sumBits(), "PIXELS", sums.pixels()), "s_axis_tdata", library);
      case Repeated repeated -> instance("fixlane_upsample", List.of(
          "BITS", repeated.bits(), "COLUMNS", repeated.columns(), "FACTOR_ROWS",
          repeated.factorY(), "FACTOR_COLUMNS", repeated.factorX()), "s_axis_tdata", library);
      case Windowed windowed -> window(windowed, library);
    };
  }

  private static String window(Windowed front, Set<String> library) {
    Window window = front.window();
    int bits = front.pixelBits();
    BigInteger padding = BigInteger.ZERO;
    for (int c = 0; c < front.image().channels(); c++) {
      BigInteger word = front.padding().mod(BigInteger.ONE.shiftLeft(front.keptBits()));
      padding = padding.or(word.shiftLeft(c * front.keptBits()));
    }
    BigInteger inPadding = front.mask() == Mask.PADDED ? padding.setBit(bits - 1) : padding;
    return "  wire " + Names.range(bits) + "pixel = " + pixel(front) + ";\n"
        + instance("fixlane_window", List.of(
            "BITS", bits, "IMAGE_ROWS", front.image().height(), "IMAGE_COLUMNS",
            front.image().width(), "PADDING_ROWS", window.paddingTop(), "PADDING_COLUMNS",
            window.paddingLeft(), "PADDED_ROWS", front.paddedRows(), "PADDED_COLUMNS",
            front.paddedColumns(), "ROWS", front.rows(), "COLUMNS", front.columns(),
            "KERNEL_ROWS", window.kernelHeight(), "KERNEL_COLUMNS", window.kernelWidth(),
            "STRIDE_ROWS", window.strideY(), "STRIDE_COLUMNS", window.strideX(), "DILATION_ROWS",
            window.dilationY(), "DILATION_COLUMNS", window.dilationX(), "PADDING",
            Names.constant(inPadding, bits), "BEYOND", Names.constant(padding, bits)), "pixel",
            library);
  }

  private static String pixel(Windowed front) {
    List<String> parts = new ArrayList<>();
    if (front.mask() != Mask.NONE) {
      parts.add("1'b1");
    }
    if (front.signs()) {
      for (int c = front.image().channels(); c > 0; c--) {
        parts.add("s_axis_tdata[" + (c * front.wordBits() - 1) + "]");
      }
    } else {
      parts.add("s_axis_tdata");
    }
    return "{" + String.join(", ", parts) + "}";
  }

  /** Returns an instance that takes pixels and gives what the layer computes with. */
  private static String instance(
      String module, List<Object> parameters, String pixel, Set<String> library) {
    library.add(module);
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i += 2) {
      settings.add("    ." + parameters.get(i) + "(" + parameters.get(i + 1) + ")");
    }
    return "  " + module + " #(\n" + String.join(",\n", settings) + "\n  ) front (\n"
        + "    .aclk(aclk),\n    .aresetn(aresetn),\n    .s_axis_tdata(" + pixel + "),\n"
        + "    .s_axis_tvalid(s_axis_tvalid),\n    .s_axis_tready(s_axis_tready),\n"
        + "    .m_axis_tdata(taken),\n    .m_axis_tvalid(taken_valid),\n"
        + "    .m_axis_tready(go)\n  );\n";
  }

  private static String pipeline(LayerDesign design) {
    int latency = design.schedule().latency();
    String next = latency == 1
        ? "taken_valid"
        : "{valid[" + (latency - 2) + ":0], taken_valid}";
    return "\n  reg " + Names.range(latency) + "valid;\n  assign m_axis_tvalid = valid["
        + (latency - 1) + "];\n  assign go = ~m_axis_tvalid | m_axis_tready;\n"
        + "  always @(posedge aclk) begin\n    if (~aresetn) begin\n      valid <= 0;\n"
        + "    end else if (go) begin\n      valid <= " + next + ";\n    end\n  end\n";
  }

  private static String output(CircuitText circuit) {
    return "  always @(posedge aclk) begin\n    if (go) begin\n      m_axis_tdata <= "
        + circuit.outputs() + ";\n    end\n  end\n";
  }

  private static String table(String name, Circuit circuit) {
    if (circuit.used().stream().noneMatch(value -> value.operation() instanceof LookUp)) {
      return "";
    }
    int bits = Integer.numberOfTrailingZeros(circuit.table().size());
    int width = circuit.tableWidth();
    StringBuilder text = new StringBuilder();
    text.append("\n// The words of a table.\nmodule ").append(name).append(" (\n  input wire ")
        .append(Names.range(bits)).append("a,\n  output reg ").append(Names.range(width))
        .append("y\n);\n  always @* begin\n    case (a)\n");
    for (int i = 0; i < circuit.table().size(); i++) {
      text.append("      ").append(Names.constant(BigInteger.valueOf(i), bits)).append(": y = ")
          .append(Names.constant(circuit.table().get(i), width)).append(";\n");
    }
    return text.append("      default: y = ").append(Names.constant(BigInteger.ZERO, width))
        .append(";\n    endcase\n  end\nendmodule\n").toString();
  }
}
