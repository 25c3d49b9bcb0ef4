package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import java.util.List;
import java.util.Locale;

/** {@code firmware/NAME.h}: types and functions. */
final class HeaderFile {
  private HeaderFile() {}

  static String of(Design design) {
    Wiring wiring = design.wiring();
    String guard = design.name().toUpperCase(Locale.ROOT) + "_H_";
    StringBuilder text = new StringBuilder("""
        // Types and functions of the network %1$s.
        #ifndef %2$s
        #define %2$s

        #include <cstdint>

        #include "%3$s.h"

        // The input: %4$s
        """.formatted(design.name(), guard, design.streams() ? "streams" : "layers",
        wiring.graph().input()));
    text.append(Cpp.typedef(wiring.graph().input().format(), wiring.type(Node.INPUT)))
        .append(beat(design, Node.INPUT)).append('\n');
    for (int place = 0; place < wiring.graph().nodes().size(); place++) {
      Node node = wiring.node(place);
      text.append(LayerNote.comment(node));
      LayerCode code = design.codes().get(place);
      if (code != null) {
        text.append(code.types())
            .append(Cpp.typedef(node.result().format(), wiring.type(place)))
            .append(beat(design, place))
            .append("void ").append(node.identifier()).append('(')
            .append(design.parameters(wiring.origins(place), place)).append(");\n");
      }
      text.append('\n');
    }
    return text.append("""
        // The network.
        void %s(%s);

        #endif
        """.formatted(design.name(),
        design.parameters(List.of(Node.INPUT), wiring.result()))).toString();
  }

  private static String beat(Design design, int origin) {
    Wiring wiring = design.wiring();
    return design.streams()
        ? "typedef fixlane::beat<" + wiring.type(origin) + ", " + wiring.lanes(origin) + "> "
            + design.beat(origin) + ";\n"
        : "";
  }
}
