package io.fixlane.cli.bench;

import io.fixlane.cli.console.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A measured benchmark.
 *
 * @param name the class and the method
 * @param parameters its parameters, {@code name=value}, in order of their names
 * @param score how fast it is
 * @param error half the interval that holds the mean with 99.9 % confidence; NaN where there are
 *     too few iterations
 * @param unit GMAC/s, Gwords/s or GB/s, where more is faster, or what JMH counts
 * @param json what JMH wrote
 */
record BenchResult(
    String name, String parameters, double score, double error, String unit, JsonNode json) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * Reads JMH's results, or a file of {@code fixlane bench --json}.
   *
   * @throws UserError if they are not that
   */
  static List<BenchResult> read(byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      JsonNode array = root.isArray() ? root : root.path("results");
      if (!array.isArray()) {
        throw new UserError("no results of benchmarks are there");
      }
      List<BenchResult> results = new ArrayList<>();
      for (JsonNode node : array) {
        results.add(of(node));
      }
      return results;
    } catch (JacksonException e) {
      throw new UserError("no results of benchmarks are there: " + e.getOriginalMessage(), e);
    }
  }

  private static BenchResult of(JsonNode node) {
    String[] path = node.path("benchmark").asString("").split("[.]");
    if (path.length < 2) {
      throw new UserError("a result has no benchmark");
    }
    String name = path[path.length - 2] + "." + path[path.length - 1];
    TreeMap<String, String> parameters = new TreeMap<>();
    node.path("params").properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
    List<String> texts = new ArrayList<>();
    parameters.forEach((key, value) -> texts.add(key + "=" + value));
    JsonNode counters = node.path("secondaryMetrics");
    String counter = counters.has("macs")
        ? "macs"
        : counters.has("words") ? "words" : counters.has("bytes") ? "bytes" : "";
    JsonNode metric = counter.isEmpty() ? node.path("primaryMetric") : counters.path(counter);
    // Operations in a nanosecond are thousand millions in a second.
    String unit = switch (counter) {
      case "macs" -> "GMAC/s";
      case "words" -> "Gwords/s";
      case "bytes" -> "GB/s";
      default -> metric.path("scoreUnit").asString("");
    };
    return new BenchResult(name, String.join(" ", texts), number(metric.path("score")),
        number(metric.path("scoreError")), unit, node);
  }

  /** Reads a number, or NaN, which JMH writes as text. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }

  /** Returns whether more is faster. */
  boolean throughput() {
    return !unit.endsWith("/op");
  }

  /** Returns what tells a benchmark from others. */
  String key() {
    return name + " " + parameters;
  }

  /** Returns the lowest score that the error leaves possible. */
  double low() {
    return Double.isNaN(error) ? score : score - error;
  }

  /** Returns the highest score that the error leaves possible. */
  double high() {
    return Double.isNaN(error) ? score : score + error;
  }
}
