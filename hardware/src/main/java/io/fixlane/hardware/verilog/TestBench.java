package io.fixlane.hardware.verilog;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of the test bench: samples go in, at full speed and then with random pauses on either
 * side, and every word of every layer is compared.
 */
final class TestBench {
  /** The names of files that the bench reads, in the project's folder. */
  static final String DATA = "sim/data/";

  private final String name;
  private final Graph graph;
  private final int samples;
  private final Timing timing;

  TestBench(String name, Graph graph, int samples, Timing timing) {
    this.name = name;
    this.graph = graph;
    this.samples = samples;
    this.timing = timing;
  }

  /** Returns the name of the file of a layer's words. */
  static String file(Node node) {
    return DATA + node.identifier() + ".hex";
  }

  String text() {
    TensorType input = graph.input();
    TensorType result = graph.nodes().getLast().result();
    int inputBits = LayerDesign.pixelBits(input);
    int inputBytes = TopModule.wholeBytes(inputBits);
    int outputBytes = TopModule.wholeBytes(LayerDesign.pixelBits(result));
    List<String> counts = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    StringBuilder checks = new StringBuilder();
    for (Node node : graph.nodes()) {
      String stream = node.identifier();
      int vectors = LayerDesign.pixels(node.result()) * samples;
      counts.add("count_" + stream + " == " + vectors);
      errors.add("errors_" + stream);
      checks.append("  wire [31:0] count_").append(stream).append(";\n  wire [31:0] errors_")
          .append(stream).append(";\n  fixlane_check #(.BITS(")
          .append(LayerDesign.pixelBits(node.result())).append("), .WORD_BITS(")
          .append(node.result().format().width()).append("), .VECTORS(").append(vectors)
          .append("),\n      .FILE(\"").append(file(node)).append("\"), .STREAM(\"")
          .append(node.path()).append("\")) check_").append(stream)
          .append(" (\n    .aclk(aclk), .aresetn(aresetn), .tdata(dut.").append(stream)
          .append("_tdata),\n    .tvalid(dut.").append(stream).append("_tvalid), .tready(dut.")
          .append(stream).append("_tready),\n    .count(count_").append(stream)
          .append("), .errors(errors_").append(stream).append("));\n");
    }
    String inputRange = Names.range(inputBytes);
    return Library.template("sim/bench.v")
        .replace("@NAME@", name)
        .replace("@SAMPLES@", Integer.toString(samples))
        .replace("@INPUT_VECTORS@", Integer.toString(LayerDesign.pixels(input)))
        .replace("@OUTPUT_VECTORS@", Integer.toString(LayerDesign.pixels(result)))
        .replace("@LATENCY@", Integer.toString(timing.latency()))
        .replace("@INTERVAL@", Integer.toString(timing.interval()))
        .replace("@IDLE@", Integer.toString(timing.idle()))
        .replace("@MEASURED_SAMPLES@", Integer.toString(Timing.SAMPLES))
        .replace("@INPUT_RANGE@", inputRange.trim())
        .replace("@OUTPUT_RANGE@", Names.range(outputBytes).trim())
        .replace("@INPUT_FILE@", DATA + "input.hex")
        .replace("@LAYERS@", Integer.toString(graph.nodes().size()))
        .replace("@CHECKS@\n", checks)
        .replace("@DONE@", String.join("\n      && ", counts))
        .replace("@ERRORS@", String.join("\n      + ", errors));
  }
}
