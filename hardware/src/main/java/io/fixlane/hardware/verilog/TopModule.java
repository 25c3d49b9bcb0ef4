package io.fixlane.hardware.verilog;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.hardware.verilog.Wiring.Edge;
import io.fixlane.network.layer.BlockLayer;
import java.util.ArrayList;
import java.util.List;

/** The text of the module that has all layers, and whose streams have whole bytes. */
final class TopModule {
  private static final String INPUT = "input_stream";

  private final String name;
  private final Wiring wiring;
  private final Graph graph;
  private final List<LayerDesign> designs;
  private final Timing timing;
  private final StringBuilder text = new StringBuilder();

  private TopModule(String name, Wiring wiring, List<LayerDesign> designs, Timing timing) {
    this.name = name;
    this.wiring = wiring;
    this.graph = wiring.graph();
    this.designs = designs;
    this.timing = timing;
  }

  static String of(String name, Wiring wiring, List<LayerDesign> designs, Timing timing) {
    return new TopModule(name, wiring, designs, timing).write();
  }

  /** Returns the bits of a stream of whole bytes. */
  static int wholeBytes(int bits) {
    return Math.ceilDiv(bits, Byte.SIZE) * Byte.SIZE;
  }

  private String write() {
    int inputBits = LayerDesign.pixelBits(graph.input());
    int outputBits = designs.getLast().circuit().outputBits();
    text.append("// A sample of ").append(graph.input())
        .append(" comes in as ").append(LayerDesign.pixels(graph.input()))
        .append(" vectors of ").append(inputBits).append(" bits, the first word in the lowest,\n")
        .append("// and ").append(graph.nodes().getLast().result()).append(" goes out as ")
        .append(LayerDesign.pixels(graph.nodes().getLast().result())).append(" of ")
        .append(outputBits).append(" bits: ").append(timing.latency())
        .append(" clocks later, and every ").append(timing.interval()).append(".\n")
        .append("module ").append(name)
        .append(" (\n  input wire aclk,\n  input wire aresetn,\n  input wire ")
        .append(Names.range(wholeBytes(inputBits)))
        .append("s_axis_tdata,\n  input wire s_axis_tvalid,\n  output wire s_axis_tready,\n"
            + "  output wire ")
        .append(Names.range(wholeBytes(outputBits)))
        .append("m_axis_tdata,\n  output wire m_axis_tvalid,\n  input wire m_axis_tready\n);\n");
    source(Node.INPUT, inputBits);
    text.append("  assign ").append(INPUT).append("_tdata = s_axis_tdata[").append(inputBits - 1)
        .append(":0];\n  assign ").append(INPUT).append("_tvalid = s_axis_tvalid;\n")
        .append("  assign s_axis_tready = ").append(INPUT).append("_tready;\n");
    for (int place = 0; place < designs.size(); place++) {
      layer(place);
    }
    String last = stream(designs.size() - 1);
    int more = wholeBytes(outputBits) - outputBits;
    text.append("\n  assign m_axis_tdata = ")
        .append(more == 0 ? last + "_tdata" : "{" + more + "'d0, " + last + "_tdata}")
        .append(";\n  assign m_axis_tvalid = ").append(last).append("_tvalid;\n  assign ")
        .append(last).append("_tready = m_axis_tready;\nendmodule\n");
    return text.toString();
  }

  private String stream(int source) {
    return source == Node.INPUT ? INPUT : graph.nodes().get(source).identifier();
  }

  /** Declares what comes from a source, and forks it where several read it. */
  private void source(int source, int bits) {
    String stream = stream(source);
    declare(stream, bits);
    int readers = graph.readers(source);
    if (readers > 1) {
      String range = Names.range(readers);
      text.append("  wire ").append(range).append(stream).append("_fork_tvalid;\n  wire ")
          .append(range).append(stream).append("_fork_tready;\n");
      text.append("  fixlane_fork #(.READERS(").append(readers).append(")) ").append(stream)
          .append("_fork (\n");
      ports(List.of("aclk", "aclk", "aresetn", "aresetn", "s_axis_tvalid", stream + "_tvalid",
          "s_axis_tready", stream + "_tready", "m_axis_tvalid", stream + "_fork_tvalid",
          "m_axis_tready", stream + "_fork_tready"));
    }
  }

  private void declare(String stream, int bits) {
    text.append("\n  wire ").append(Names.range(bits)).append(stream).append("_tdata;\n  wire ")
        .append(stream).append("_tvalid;\n  wire ").append(stream).append("_tready;\n");
  }

  private void ports(List<String> ports) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ports.size(); i += 2) {
      lines.add("    ." + ports.get(i) + "(" + ports.get(i + 1) + ")");
    }
    text.append(String.join(",\n", lines)).append("\n  );\n");
  }

  /** Returns the handshake of a reader of a stream: {@code tvalid} or {@code tready}. */
  private String handshake(Edge edge, String signal) {
    return graph.readers(edge.source()) == 1
        ? stream(edge.source()) + "_" + signal
        : stream(edge.source()) + "_fork_" + signal + "[" + edge.reader() + "]";
  }

  private void layer(int place) {
    LayerDesign design = designs.get(place);
    Node node = design.node();
    source(place, design.circuit().outputBits());
    List<String> ports = new ArrayList<>(List.of("aclk", "aclk", "aresetn", "aresetn"));
    for (Edge edge : wiring.to(place)) {
      String port = edge.port() == 0 ? "s_axis_" : "t_axis_";
      List<String> stream = List.of(stream(edge.source()) + "_tdata", handshake(edge, "tvalid"),
          handshake(edge, "tready"));
      stream = wiring.isBuffered(edge) ? buffer(edge, stream) : stream;
      ports.addAll(List.of(port + "tdata", stream.get(0), port + "tvalid", stream.get(1),
          port + "tready", stream.get(2)));
    }
    String stream = node.identifier();
    ports.addAll(List.of("m_axis_tdata", stream + "_tdata", "m_axis_tvalid", stream + "_tvalid",
        "m_axis_tready", stream + "_tready"));
    text.append("  ").append(name).append("_").append(node.identifier()).append(" ")
        .append(node.identifier()).append("_module (\n");
    ports(ports);
  }

  /** Puts a memory on an edge, and returns data, valid and ready behind it. */
  private List<String> buffer(Edge edge, List<String> stream) {
    Node node = graph.nodes().get(edge.node());
    BlockLayer block = (BlockLayer) node.layer();
    String buffer = node.identifier() + "_" + block.branches().get(edge.port()).role();
    int bits = LayerDesign.pixelBits(graph.type(edge.source()));
    List<String> behind =
        List.of(buffer + "_tdata", buffer + "_tvalid", buffer + "_tready");
    declare(buffer, bits);
    text.append("  fixlane_fifo #(.BITS(").append(bits).append("), .DEPTH(")
        .append(timing.depths().get(edge)).append(")) ").append(buffer).append("_fifo (\n");
    ports(List.of("aclk", "aclk", "aresetn", "aresetn", "s_axis_tdata", stream.get(0),
        "s_axis_tvalid", stream.get(1), "s_axis_tready", stream.get(2), "m_axis_tdata",
        behind.get(0), "m_axis_tvalid", behind.get(1), "m_axis_tready", behind.get(2)));
    return behind;
  }
}
