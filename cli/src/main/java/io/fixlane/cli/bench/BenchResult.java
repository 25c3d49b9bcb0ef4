package io.fixlane.cli.bench;

import io.fixlane.cli.console.UserError;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A measured benchmark.
 *
 * @param name the class and the method
 * @param parameters its parameters
 * @param score how fast it is
 * @param error half the interval that holds the mean with 99.9 % confidence; NaN where there are
 *     too few iterations
 * @param unit GMAC/s, Gwords/s or GB/s, where more is faster; ms, or what JMH counts
 * @param intensity the operations on each byte that a call must read or write; NaN where it is
 *     unknown
 * @param json what JMH wrote
 */
public record BenchResult(String name, SortedMap<String, String> parameters, double score,
    double error, String unit, double intensity, JsonNode json) {

  /**
   * Reads one of JMH's results.
   *
   * @throws UserError if it is not that
   */
  static BenchResult of(JsonNode node) {
    String name = name(node.path("benchmark").asString(""));
    if (name.isEmpty()) {
      throw new UserError("a result has no benchmark");
    }
    SortedMap<String, String> parameters = new TreeMap<>();
    node.path("params").properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
    JsonNode counters = node.path("secondaryMetrics");
    String counter = counter(counters);
    JsonNode metric = counter.isEmpty() ? node.path("primaryMetric") : counters.path(counter);
    // Operations in a nanosecond are thousand millions in a second.
    String unit = switch (counter) {
      case "macs" -> "GMAC/s";
      case "words" -> "Gwords/s";
      case "bytes" -> "GB/s";
      case "milliseconds" -> "ms";
      default -> metric.path("scoreUnit").asString("");
    };
    double score = number(metric.path("score"));
    double bytes = number(counters.path("bytes").path("score"));
    boolean operations = counter.equals("macs") || counter.equals("words");
    return new BenchResult(name, Collections.unmodifiableSortedMap(parameters), score,
        number(metric.path("scoreError")), unit,
        operations && bytes > 0 ? score / bytes : Double.NaN, node);
  }

  /** Returns the class and the method of a path; nothing where it has not both. */
  static String name(String path) {
    String[] parts = path.split("[.]");
    return parts.length < 2 ? "" : parts[parts.length - 2] + "." + parts[parts.length - 1];
  }

  private static String counter(JsonNode counters) {
    for (String name : new String[] {"macs", "words", "bytes", "milliseconds"}) {
      if (counters.has(name)) {
        return name;
      }
    }
    return "";
  }

  /** Reads a number, or NaN, which JMH writes as text. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }

  /** Returns the name of the class. */
  public String type() {
    return name.substring(0, name.indexOf('.'));
  }

  /** Returns the name of the method. */
  public String method() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** Returns a parameter; nothing where the benchmark has none of that name. */
  public String parameter(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /**
   * Returns a parameter that is a whole number above 0.
   *
   * @throws UserError if it is not that
   */
  public int count(String parameter) {
    String text = parameter(parameter);
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new UserError(key() + ": " + parameter + " is '" + text + "': it must be a whole number"
          + " from 1 to 999999999");
    }
    return Integer.parseInt(text);
  }

  /** Returns the parameters, {@code name=value}, in the order of their names. */
  public String parameterText() {
    return text(parameters);
  }

  private static String text(Map<String, String> parameters) {
    return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Returns which words of a peer are wrong; null where none are. */
  public @Nullable WrongWords wrong() {
    return WrongWords.of(json);
  }

  /** Returns this with what is wrong of it, in the JSON too. */
  BenchResult with(WrongWords words) {
    ObjectNode marked = ((ObjectNode) json).deepCopy();
    words.json(marked);
    return new BenchResult(name, parameters, score, error, unit, intensity, marked);
  }

  /** Returns whether more is faster. */
  public boolean throughput() {
    return !unit.endsWith("/op") && !unit.equals("ms");
  }

  /** Returns what tells a benchmark from others. */
  String key() {
    return key(name, parameters);
  }

  /** Returns the key of a name and parameters, which are in the order of their names. */
  static String key(String name, Map<String, String> parameters) {
    return (name + " " + text(parameters)).strip();
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
