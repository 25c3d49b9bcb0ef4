package io.fixlane.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The main class of a jar that takes the arguments of JMH's, and measures nothing. */
public final class FakeBenchmarks {
  private FakeBenchmarks() {}

  /** Writes results for what the arguments include. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    System.out.println("# Run progress: 50.00% complete, ETA 00:00:01");
    String include = args[0];
    if (include.contains("Conv")) {
      System.out.println("a broken benchmark");
      System.exit(3);
    }
    if (include.contains("Binary")) {
      System.out.println("ERROR: Unable to acquire the JMH lock (/tmp/jmh.lock), exiting.");
      System.exit(1);
    }
    if (include.contains("Elementwise")) {
      System.out.println("""
          # Benchmark: io.fixlane.jmh.ElementwiseBenchmark.run
          # Parameters: (subject = ADD_S8)

          <failure>

          java.lang.IllegalStateException: word 3 is wrong
          \tat io.fixlane.jmh.Check.equal(Check.java:12)
          \t... 3 more

          # Run progress: 100.00% complete, ETA 00:00:00""");
    }
    if (include.contains("CopyBenchmark")) {
      // The name ends as that of no result: whoever waits for it sees it here.
      Files.createFile(Path.of(arguments.get(arguments.indexOf("-rff") + 1) + ".started"));
      Thread.sleep(Duration.ofHours(1));
    }
    String results = include.contains("PeakBenchmark")
        ? result("PeakBenchmark.f32", "", "macs", 60, "1.5")
        : include.contains("GemmBenchmark")
            ? result("GemmBenchmark.run",
                "\"subject\":\"" + arguments.get(2).replaceAll(".*=", "") + "\"", "macs", 45, "2")
            : result("CastBenchmark.cast", "\"words\":\"4\"", "words", 12.3, "\"NaN\"");
    if (include.contains("PeakDot")) {
      results = String.join(",", result("PeakDotBenchmark.vpdpbusd", "", "macs", 90, "1"),
          result("PeakDotBenchmark.vpdpwssd", "", "macs", 0, "0"),
          result("PeakDotBenchmark.vpmaddwd", "", "macs", 30, "1"));
    }
    if (include.contains("Elementwise")) {
      results = result("ElementwiseBenchmark.run", "\"subject\":\"MULTIPLY_S8\"", "words", 20, "1");
    }
    if (include.contains("GemmPeers")) {
      System.out.println("""
          # Benchmark: io.fixlane.jmh.peers.GemmPeers.run
          # Parameters: (library = FIXLANE_S8, shape = 8x8x8)
          # Warmup Iteration   1: 12.3 ops/ns
          # Benchmark: io.fixlane.jmh.peers.GemmPeers.run
          # Parameters: (library = ONEDNN_S8)
          # Warmup Iteration   1:
          wrong: 12,345 of 262,144 words, saturates pairs of products
          3.21 ops/ns
          # Benchmark: io.fixlane.jmh.peers.GemmPeers.run
          # Parameters: (library = ONNXRUNTIME_QLINEARMATMUL_U8)
          # Warmup Iteration   1: wrong: 7 of 262,144 words""");
      results = String.join(",", peer("FIXLANE_S8", 100), peer("FIXLANE_U8", 110),
          peer("ONEDNN_S8", 200), peer("ONNXRUNTIME_QLINEARMATMUL_U8", 55));
    }
    Files.writeString(Path.of(arguments.get(arguments.indexOf("-rff") + 1)), "[" + results + "]");
  }

  private static String peer(String library, double score) {
    return result("peers.GemmPeers.run", "\"library\":\"" + library + "\"", "macs", score, "1");
  }

  private static String result(
      String name, String parameters, String counter, double score, String error) {
    return """
        {"benchmark": "io.fixlane.jmh.%s", "params": {%s},
         "primaryMetric": {"score": 1, "scoreError": 0, "scoreUnit": "ops/ns"},
         "secondaryMetrics": {"%s": {"score": %s, "scoreError": %s, "scoreUnit": "ops/ns"}}}"""
        .formatted(name, parameters, counter, score, error);
  }
}
