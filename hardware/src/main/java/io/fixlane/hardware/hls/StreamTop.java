package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Node;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;

/** The top function of streams: layers as processes, and a fork where words have two readers. */
final class StreamTop {
  private static final int DEPTH = 2;

  private final Design design;
  private final Wiring wiring;
  private final StringBuilder text = new StringBuilder();
  /** The streams of each origin that no process reads yet. */
  private final Map<Integer, Queue<String>> streams = new HashMap<>();

  private StreamTop(Design design) {
    this.design = design;
    this.wiring = design.wiring();
  }

  static String of(Design design) {
    return new StreamTop(design).text();
  }

  private String text() {
    text.append("""
        void %s(%s) {
        #pragma HLS INTERFACE mode=axis port=x
        #pragma HLS INTERFACE mode=axis port=y
        #pragma HLS DATAFLOW
        """.formatted(design.name(),
        design.parameters(List.of(Node.INPUT), wiring.result())));
    give(Node.INPUT, "x");
    for (int place : wiring.functions()) {
      boolean last = place == wiring.result();
      String stream = last ? "y" : wiring.name(place) + "_words";
      if (!last) {
        declare(place, stream, DEPTH);
      }
      text.append("  ").append(wiring.name(place)).append('(')
          .append(wiring.origins(place).stream().map(origin -> streams.get(origin).remove())
              .collect(Collectors.joining(", ")))
          .append(", ").append(stream).append(");\n");
      give(place, stream);
    }
    if (wiring.result() == Node.INPUT) {
      text.append("""
            for (int i = 0; i < %d; i++) {
              y.write(x.read());
            }
          """.formatted(wiring.beats(Node.INPUT)));
    }
    return text.append("}\n").toString();
  }

  private void declare(int origin, String stream, int depth) {
    text.append("  hls::stream<").append(design.beat(origin)).append("> ").append(stream)
        .append(";\n#pragma HLS STREAM variable=").append(stream).append(" depth=").append(depth)
        .append('\n');
  }

  /**
   * Gives a stream to the readers of an origin, a fork to each but the last. One of two branches
   * may need all beats before the other can go on, so a fork's streams hold as many.
   */
  private void give(int origin, String stream) {
    Queue<String> given = new ArrayDeque<>();
    String rest = stream;
    int readers = wiring.readers(origin).size();
    for (int reader = 1; reader < readers; reader++) {
      String one = wiring.name(origin) + "_to_" + reader;
      String other = wiring.name(origin)
          + (reader + 1 == readers ? "_to_" + readers : "_rest_" + reader);
      declare(origin, one, wiring.beats(origin));
      declare(origin, other, wiring.beats(origin));
      text.append("  fixlane::fork<").append(wiring.beats(origin)).append(">(").append(rest)
          .append(", ").append(one).append(", ").append(other).append(");\n");
      given.add(one);
      rest = other;
    }
    given.add(rest);
    streams.put(origin, given);
  }
}
