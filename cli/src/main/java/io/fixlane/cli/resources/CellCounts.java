package io.fixlane.cli.resources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The cells of each module, as {@code stat -json} of yosys writes them, and what they come to with
 * those of the modules inside.
 */
final class CellCounts {
  private final FpgaFamily family;
  private final Map<String, Map<String, Long>> modules;
  private final Map<String, Counts> counts = new HashMap<>();

  private CellCounts(FpgaFamily family, Map<String, Map<String, Long>> modules) {
    this.family = family;
    this.modules = modules;
  }

  /**
   * Reads the file. What follows the modules is not read: yosys 0.23 writes none of JSON there.
   *
   * @throws IOException if it is none of yosys
   */
  static CellCounts read(FpgaFamily family, Path file) throws IOException {
    Map<String, Map<String, Long>> modules = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), file)) {
      while (!"modules".equals(json.nextName())) {
        if (json.currentToken() == null) {
          throw new IOException(file + " has no modules");
        }
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String module = json.currentName();
        json.nextToken();
        modules.put(plain(module), cells(json));
      }
    } catch (tools.jackson.core.JacksonException e) {
      throw new IOException(file + " cannot be read: " + e.getOriginalMessage(), e);
    }
    return new CellCounts(family, modules);
  }

  private static Map<String, Long> cells(JsonParser json) {
    Map<String, Long> cells = new HashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean types = json.currentName().equals("num_cells_by_type");
      json.nextToken();
      if (types) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String type = plain(json.currentName());
          json.nextToken();
          cells.put(type, json.getLongValue());
        }
      } else {
        json.skipChildren();
      }
    }
    return cells;
  }

  /** Returns a name as the source has it: yosys marks it with a backslash. */
  private static String plain(String name) {
    return name.startsWith("\\") ? name.substring(1) : name;
  }

  /** Returns what a module comes to, with all inside of it; nothing where it is not there. */
  Counts of(String module) {
    Counts known = counts.get(module);
    if (known != null) {
      return known;
    }
    Counts sum = Counts.NONE;
    for (Map.Entry<String, Long> cell : modules.getOrDefault(module, Map.of()).entrySet()) {
      Counts one = modules.containsKey(cell.getKey())
          ? of(cell.getKey())
          : family.cell(cell.getKey());
      sum = sum.plus(one.times(cell.getValue()));
    }
    counts.put(module, sum);
    return sum;
  }
}
