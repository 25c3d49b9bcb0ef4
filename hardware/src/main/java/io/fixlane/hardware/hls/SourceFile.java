package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.ResidualLayer;
import java.util.List;

/** {@code firmware/NAME.cpp}: a function for each layer, and the top function. */
final class SourceFile {
  private SourceFile() {}

  static String of(Design design) {
    StringBuilder text = new StringBuilder("""
        // The network %1$s: a function for each layer, and the top function.
        #include "%1$s.h"

        """.formatted(design.name()));
    design.codes().forEach((place, code) -> {
      if (!code.constants().isEmpty()) {
        text.append("#include \"weights/").append(design.wiring().name(place)).append(".h\"\n");
      }
    });
    design.codes().forEach((place, code) -> layer(design, place, code, text));
    text.append('\n').append(design.streams() ? StreamTop.of(design) : ArrayTop.of(design));
    return text.toString();
  }

  private static void layer(Design design, int place, LayerCode code, StringBuilder text) {
    Node node = design.wiring().node(place);
    List<Integer> origins = design.wiring().origins(place);
    text.append('\n').append(LayerNote.comment(node))
        .append(code.config()).append('\n')
        .append("void ").append(node.identifier()).append('(')
        .append(design.parameters(origins, place)).append(") {\n  fixlane::")
        .append(loops(design, node, origins, code))
        .append('<').append(node.identifier()).append("_config>(x, ")
        .append(origins.size() > 1 ? "shortcut, " : "").append("y);\n}\n");
  }

  private static String loops(
      Design design, Node node, List<Integer> origins, LayerCode code) {
    if (!design.streams()) {
      return code.loops();
    }
    boolean uneven = node.layer() instanceof ResidualLayer
        && origins.stream().map(origin -> design.wiring().lanes(origin)).distinct().count() > 1;
    return code.loops() + (uneven ? "_uneven_stream" : "_stream");
  }
}
