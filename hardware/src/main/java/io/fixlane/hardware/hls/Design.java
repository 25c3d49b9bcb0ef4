package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsInterface;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A network on its way into C++.
 *
 * @param name the name of the top function
 * @param wiring how its layers are connected
 * @param codes the code of each node that is a function, by its place
 * @param options how it is written
 */
record Design(
    String name, Wiring wiring, SequencedMap<Integer, LayerCode> codes, HlsOptions options) {
  static Design of(Graph graph, String name, HlsOptions options) throws HardwareException {
    Wiring wiring = new Wiring(graph);
    SequencedMap<Integer, LayerCode> codes = new LinkedHashMap<>();
    for (int place : wiring.functions()) {
      codes.put(place, LayerCodes.of(wiring, place, options));
    }
    Design design = new Design(name, wiring, codes, options);
    if (!design.streams()) {
      requirePorts("input", wiring.size(Node.INPUT));
      requirePorts("result", wiring.size(wiring.result()));
    }
    return design;
  }

  private static void requirePorts(String what, int words) throws HardwareException {
    if (words > HlsOptions.MOST_PORTS) {
      throw new HardwareException("the " + what + " has " + words
          + " words, each of which is a port of an array: at most " + HlsOptions.MOST_PORTS
          + " are, and streams take any number");
    }
  }

  boolean streams() {
    return options.ports() == HlsInterface.STREAM;
  }

  /** Returns the name of the type of the network's result. */
  String resultType() {
    return wiring.type(wiring.result());
  }

  /** Returns the parameters of a function, from origins to one. */
  String parameters(Iterable<Integer> from, int to) {
    StringBuilder text = new StringBuilder();
    String name = "x";
    for (int origin : from) {
      text.append(parameter(origin, name, true)).append(", ");
      name = "shortcut";
    }
    return text.append(parameter(to, "y", false)).toString();
  }

  private String parameter(int origin, String name, boolean in) {
    return streams()
        ? "hls::stream<" + beat(origin) + "> &" + name
        : (in ? "const " : "") + wiring.type(origin) + " " + name + "[" + wiring.size(origin) + "]";
  }

  /** Returns the name of the type of a beat of an origin's stream. */
  String beat(int origin) {
    return wiring.name(origin) + "_beat";
  }
}
