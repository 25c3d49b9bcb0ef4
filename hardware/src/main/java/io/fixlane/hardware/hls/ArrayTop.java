package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The top function of arrays: layers one after the other. */
final class ArrayTop {
  private ArrayTop() {}

  static String of(Design design) {
    Wiring wiring = design.wiring();
    int result = wiring.result();
    StringBuilder text = new StringBuilder("""
        void %s(%s) {
        #pragma HLS INTERFACE mode=ap_vld port=x
        #pragma HLS INTERFACE mode=ap_vld port=y
        #pragma HLS ARRAY_PARTITION variable=x complete
        #pragma HLS ARRAY_PARTITION variable=y complete
        """.formatted(design.name(), design.parameters(List.of(Node.INPUT), result)));
    for (int place : wiring.functions()) {
      if (place != result) {
        text.append("  ").append(wiring.type(place)).append(' ').append(words(design, place))
            .append('[').append(wiring.size(place)).append("];\n");
        design.options().reuse().ifPresent(reuse -> text.append(
            "#pragma HLS ARRAY_PARTITION variable=%s cyclic factor=%d\n".formatted(
                words(design, place), Reuse.channels(
                    wiring.graph().type(place).channels(), OptionalInt.of(reuse)))));
      }
      text.append("  ").append(wiring.name(place)).append('(')
          .append(wiring.origins(place).stream().map(origin -> words(design, origin))
              .collect(Collectors.joining(", ")))
          .append(", ").append(words(design, place)).append(");\n");
    }
    if (result == Node.INPUT) {
      text.append("""
            for (int i = 0; i < %d; i++) {
              y[i] = x[i];
            }
          """.formatted(wiring.size(result)));
    }
    return text.append("}\n").toString();
  }

  private static String words(Design design, int origin) {
    Wiring wiring = design.wiring();
    return origin == wiring.result() && origin != Node.INPUT
        ? "y"
        : origin == Node.INPUT ? "x" : wiring.name(origin) + "_words";
  }
}
