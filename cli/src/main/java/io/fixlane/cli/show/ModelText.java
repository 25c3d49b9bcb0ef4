package io.fixlane.cli.show;

import io.fixlane.autograd.layers.Sequential;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.console.UserError;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.OnnxGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The nodes and constants of an ONNX model. */
final class ModelText {
  private static final int LONGEST = 60;

  private ModelText() {}

  /**
   * Prints them, and whether the model is read as layers.
   *
   * @throws UserError if it is no model
   */
  static void print(Path file, PrintWriter out) {
    OnnxGraph graph;
    try {
      graph = Onnx.readGraph(file);
    } catch (OnnxException e) {
      throw new UserError("FILE is " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("FILE is " + file + ": it cannot be read: " + Failure.reason(e), e);
    }
    out.println("input  " + text(graph.input()) + " " + shape(graph.inputShape()));
    out.println("output  " + text(graph.output()));
    out.println();
    nodes(graph).lines().forEach(out::println);
    if (!graph.constants().isEmpty()) {
      out.println();
      constants(graph).lines().forEach(out::println);
    }
    out.println();
    out.println(readable(file));
  }

  private static TextTable nodes(OnnxGraph graph) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("node", "operator", "takes", "gives"));
    for (OnnxGraph.Node node : graph.nodes()) {
      rows.add(List.of(text(node.name()), text(node.operator()), text(node.inputs()),
          text(node.outputs())));
    }
    return new TextTable(rows.getFirst().size(), rows);
  }

  private static TextTable constants(OnnxGraph graph) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("constant", "of", "shape", "min", "max", "zeros"));
    for (OnnxGraph.Constant constant : graph.constants()) {
      long size =
          constant.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      rows.add(List.of(text(constant.name()), constant.integers() ? "integers" : "floats",
          constant.shape().toString(), size == 0 ? "" : number(constant, constant.min()),
          size == 0 ? "" : number(constant, constant.max()),
          size == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * constant.zeros() / size)));
    }
    return new TextTable(3, rows);
  }

  private static String number(OnnxGraph.Constant constant, double number) {
    return constant.integers()
        ? String.format(Locale.ROOT, "%.0f", number)
        : Float.toString((float) number);
  }

  private static String readable(Path file) {
    try {
      Sequential layers = Onnx.readFloat(file);
      return "train --onnx reads it, as "
          + layers.layers().sequencedEntrySet().stream().map(layer -> layer.getKey() + " ("
              + layer.getValue().getClass().getSimpleName() + ")").collect(Collectors.joining(", "))
          + ".";
    } catch (OnnxException | IOException e) {
      return "train --onnx does not read it: " + text(String.valueOf(e.getMessage()), 1000) + ".";
    }
  }

  private static String shape(List<Long> shape) {
    return shape.stream().map(d -> d == OnnxGraph.UNKNOWN ? "?" : String.valueOf(d))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(List<String> names) {
    return text(String.join(", ", names));
  }

  private static String text(String name) {
    return text(name, LONGEST);
  }

  /** Returns a text of the file, which may hold anything, fit for a line. */
  private static String text(String name, int longest) {
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest) + "...";
  }
}
