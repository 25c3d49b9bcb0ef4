package io.fixlane.cli.bench;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.Json;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of {@code fixlane bench}: results, and what measured them when.
 *
 * @param date when they were measured, in ISO 8601; nothing where that is unknown
 * @param machine what measured them; null where that is unknown, as in JMH's own files
 * @param results what was measured
 */
public record BenchFile(String date, @Nullable Machine machine, List<BenchResult> results) {
  private static final JsonMapper MAPPER =
      Json.mapper().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Reads a file, or JMH's own.
   *
   * @throws UserError if it cannot be read, or is not that
   */
  public static BenchFile read(String option, Path file) {
    // What is no JSON is known by its first characters, also if it is a device without end.
    try (InputStream in = Files.newInputStream(file)) {
      return of(MAPPER.readTree(in));
    } catch (JacksonException e) {
      throw new UserError(option + " is " + file + ": no results of benchmarks are there: "
          + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserError(option + " is " + file + ": it cannot be read: " + Failure.reason(e), e);
    } catch (UserError e) {
      throw new UserError(option + " is " + file + ": " + e.getMessage(), e);
    }
  }

  static BenchFile of(byte[] json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw new UserError("no results of benchmarks are there: " + e.getOriginalMessage(), e);
    }
  }

  private static BenchFile of(JsonNode root) {
    JsonNode array = root.isArray() ? root : root.path("results");
    if (!array.isArray()) {
      throw new UserError("no results of benchmarks are there");
    }
    List<BenchResult> results = new ArrayList<>();
    for (JsonNode node : array) {
      results.add(BenchResult.of(node));
    }
    return new BenchFile(root.path("date").asString(""),
        root.has("machine") ? Machine.of(root.path("machine")) : null, results);
  }

  byte[] bytes() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("date", date);
    if (machine != null) {
      machine.json(root.putObject("machine"));
    }
    ArrayNode array = root.putArray("results");
    for (BenchResult result : results) {
      ObjectNode node = ((ObjectNode) result.json()).deepCopy();
      // The folder of the JVM means nothing on another machine.
      node.remove("jvm");
      array.add(node);
    }
    return MAPPER.writeValueAsBytes(root);
  }

  /**
   * Returns these results and newer ones, which take the place of those of the same benchmark and
   * parameters. Of another machine or JVM, nothing is kept.
   */
  public BenchFile with(BenchFile newer) {
    if (machine != null && newer.machine != null && !machine.equals(newer.machine)) {
      return newer;
    }
    Map<String, BenchResult> merged = new LinkedHashMap<>();
    results.forEach(result -> merged.put(result.key(), result));
    newer.results.forEach(result -> merged.put(result.key(), result));
    return new BenchFile(newer.date.isEmpty() ? date : newer.date,
        newer.machine == null ? machine : newer.machine, List.copyOf(merged.values()));
  }
}
