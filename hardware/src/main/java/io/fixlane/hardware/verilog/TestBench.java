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
    StringBuilder checks = new StringBuilder();
    List<String> done = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Node node : graph.nodes()) {
      checks.append(check(node));
      done.add("count_" + node.identifier() + " == " + vectors(node.result()));
      errors.add("errors_" + node.identifier());
    }
    return Library.template("sim/bench.v")
        .replace("@NAME@", name)
        .replace("@SAMPLES@", Integer.toString(samples))
        .replace("@INPUT_VECTORS@", Integer.toString(LayerDesign.pixels(input)))
        .replace("@OUTPUT_VECTORS@", Integer.toString(LayerDesign.pixels(result)))
        .replace("@LATENCY@", Integer.toString(timing.latency()))
        .replace("@INTERVAL@", Integer.toString(timing.interval()))
        .replace("@IDLE@", Integer.toString(timing.idle()))
        .replace("@MEASURED_SAMPLES@", Integer.toString(Timing.SAMPLES))
        .replace("@INPUT_RANGE@", range(input))
        .replace("@OUTPUT_RANGE@", range(result))
        .replace("@INPUT_FILE@", DATA + "input.hex")
        .replace("@LAYERS@", Integer.toString(graph.nodes().size()))
        .replace("@CHECKS@\n", checks)
        .replace("@DONE@", String.join("\n      && ", done))
        .replace("@ERRORS@", String.join("\n      + ", errors));
  }

  private static String range(TensorType type) {
    return Names.range(TopModule.wholeBytes(LayerDesign.pixelBits(type))).trim();
  }

  private int vectors(TensorType type) {
    return LayerDesign.pixels(type) * samples;
  }

  /** Returns what looks on at the stream of a layer. */
  private String check(Node node) {
    return """
          wire [31:0] count_@STREAM@;
          wire [31:0] errors_@STREAM@;
          fixlane_check #(
            .BITS(@BITS@),
            .WORD_BITS(@WORD_BITS@),
            .VECTORS(@VECTORS@),
            .FILE("@FILE@"),
            .STREAM("@PATH@")
          ) check_@STREAM@ (
            .aclk(aclk),
            .aresetn(aresetn),
            .tdata(dut.@STREAM@_tdata),
            .tvalid(dut.@STREAM@_tvalid),
            .tready(dut.@STREAM@_tready),
            .count(count_@STREAM@),
            .errors(errors_@STREAM@)
          );
        """
        .replace("@STREAM@", node.identifier())
        .replace("@BITS@", Integer.toString(LayerDesign.pixelBits(node.result())))
        .replace("@WORD_BITS@", Integer.toString(node.result().format().width()))
        .replace("@VECTORS@", Integer.toString(vectors(node.result())))
        .replace("@FILE@", file(node))
        .replace("@PATH@", node.path());
  }
}
