package io.fixlane.cli.bench;

import io.fixlane.cli.console.Child;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What measured: figures of different machines say nothing of each other.
 *
 * @param processor its name, or its architecture where no name can be read
 * @param processors how many the JVM may use
 * @param vectorBits how wide its vectors are; 0 where that is unknown
 * @param system the operating system
 * @param jvm the version and the name of the JVM
 */
public record Machine(
    String processor, int processors, int vectorBits, String system, String jvm) {
  private static final String VECTOR_BITS = "io.fixlane.jmh.VectorBits";

  /** Returns this machine; the benchmarks' jar tells how wide its vectors are. */
  static Machine here(Path jar) {
    return new Machine(processorName(), Runtime.getRuntime().availableProcessors(), vectorBits(jar),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version() + " " + System.getProperty("java.vm.name"));
  }

  /** Reads what {@link #json} wrote. */
  static Machine of(JsonNode json) {
    return new Machine(json.path("processor").asString("?"), json.path("processors").asInt(0),
        json.path("vectorBits").asInt(0), json.path("system").asString("?"),
        json.path("jvm").asString("?"));
  }

  void json(ObjectNode node) {
    node.put("processor", processor);
    node.put("processors", processors);
    node.put("vectorBits", vectorBits);
    node.put("system", system);
    node.put("jvm", jvm);
  }

  private static int vectorBits(Path jar) {
    String bits = Child.firstLine(List.of(Child.java(), "--add-modules", "jdk.incubator.vector",
        "-cp", jar.toString(), VECTOR_BITS));
    return bits.matches("[0-9]{1,4}") ? Integer.parseInt(bits) : 0;
  }

  /** Asks the system, for Java does not know. */
  private static String processorName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name;
    if (system.startsWith("windows")) {
      name = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
    } else if (system.startsWith("mac")) {
      name = Child.firstLine(List.of("sysctl", "-n", "machdep.cpu.brand_string"));
    } else {
      name = Child.firstLine(List.of("sed", "-n", "s/^model name[^:]*: //p", "/proc/cpuinfo"));
    }
    return name.isBlank() ? System.getProperty("os.arch") : name;
  }
}
