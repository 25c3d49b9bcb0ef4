package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.TensorType;
import java.util.stream.Collectors;

/** {@code NAME_test.cpp}: every word of every sample and layer, compared. */
final class BenchFile {
  private final Design design;
  private final Wiring wiring;
  private final StringBuilder text = new StringBuilder();

  private BenchFile(Design design) {
    this.design = design;
    this.wiring = design.wiring();
  }

  static String of(Design design) {
    return new BenchFile(design).text();
  }

  private String text() {
    String include = design.streams() ? "bench_streams.h" : "bench.h";
    text.append(
        """
            // Compares every word that %1$s and each of its layers compute with those of tb_data. Layers
            // are given the words that they should be, so that each is judged by itself.
            #include "%2$s"
            #include "firmware/%1$s.h"

            int main(int argc, char **argv) {
              const std::string folder = argc > 1 ? argv[1] : "tb_data";
              const int samples = %3$d;
            """
            .formatted(design.name(), include, design.options().samples()));
    expected(Node.INPUT);
    wiring.functions().forEach(this::expected);
    text.append("""

          bench::%s comparison;
          for (int sample = 0; sample < samples; sample++) {
        """.formatted(design.streams() ? "stream_comparison" : "comparison"));
    declare(Node.INPUT);
    text.append("    input_expected.put(sample, input_words);\n");
    top();
    wiring.functions().forEach(this::layer);
    return text.append("""
          }
          return comparison.report(samples);
        }
        """).toString();
  }

  /** Reads the words that a layer should give. */
  private void expected(int origin) {
    TensorType type = wiring.graph().type(origin);
    FixedFormat format = type.format();
    String title = origin == Node.INPUT ? "input" : wiring.node(origin).path();
    text.append("""
          const bench::expected %1$s_expected(
              folder, "%1$s", "%2$s", {%3$d, %4$d, %5$b}, samples, %6$d);
        """.formatted(wiring.name(origin), title, format.width(),
        format.fractionBits(), format.signed(), type.size()));
  }

  private void declare(int origin) {
    text.append("    static ").append(wiring.type(origin)).append(' ')
        .append(wiring.name(origin)).append("_words[").append(wiring.size(origin))
        .append("];\n");
  }

  private void top() {
    int result = wiring.result();
    text.append("    static ").append(wiring.type(result)).append(" result_words[")
        .append(wiring.size(result)).append("];\n");
    call(design.name(), "input_words", Node.INPUT, "result_words", result);
    text.append("    comparison.compare(\"").append(design.name()).append(", the whole network\", ")
        .append(wiring.name(result)).append("_expected, sample, result_words);\n");
  }

  private void call(String function, String from, int origin, String to, int result) {
    if (design.streams()) {
      text.append("""
              {
                hls::stream<%1$s> x;
                hls::stream<%2$s> y;
                bench::write(%3$s, x);
                %4$s(x, y);
                comparison.require_empty("%4$s", x);
                comparison.read("%4$s", y, %5$s);
              }
          """.formatted(
          design.beat(origin), design.beat(result), from, function, to));
    } else {
      text.append("    ").append(function).append('(').append(from).append(", ").append(to)
          .append(");\n");
    }
  }

  private void layer(int place) {
    String name = wiring.name(place);
    text.append('\n');
    declare(place);
    if (wiring.origins(place).size() == 1) {
      int origin = wiring.origins(place).getFirst();
      call(name, wiring.name(origin) + "_words", origin, name + "_words", place);
    } else {
      sum(place);
    }
    text.append("""
            comparison.compare("%2$s", %1$s_expected, sample, %1$s_words);
            %1$s_expected.put(sample, %1$s_words);
        """.formatted(name, wiring.node(place).path()));
  }

  private void sum(int place) {
    String name = wiring.name(place);
    int body = wiring.origins(place).getFirst();
    int shortcut = wiring.origins(place).getLast();
    if (design.streams()) {
      text.append("""
              {
                hls::stream<%1$s> x;
                hls::stream<%2$s> shortcut;
                hls::stream<%3$s> y;
                bench::write(%4$s_words, x);
                bench::write(%5$s_words, shortcut);
                %6$s(x, shortcut, y);
                comparison.require_empty("%6$s", x);
                comparison.require_empty("%6$s", shortcut);
                comparison.read("%6$s", y, %6$s_words);
              }
          """.formatted(design.beat(body), design.beat(shortcut), design.beat(place),
          wiring.name(body), wiring.name(shortcut), name));
    } else {
      text.append("    ").append(name).append('(')
          .append(wiring.origins(place).stream().map(origin -> wiring.name(origin) + "_words")
              .collect(Collectors.joining(", ")))
          .append(", ").append(name).append("_words);\n");
    }
  }
}
