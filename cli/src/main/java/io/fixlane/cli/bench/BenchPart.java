package io.fixlane.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A part of the benchmarks, which one run of JMH measures.
 *
 * @param include the names of its benchmarks, as a regular expression
 * @param parameters JMH's parameters, those of the annotations where one is not given
 * @param seconds about how long it takes
 */
record BenchPart(String include, Map<String, String> parameters, int seconds) {
  private static final String PEAK = "PeakBenchmark";
  private static final Map<String, String> CASTS = Map.of("words", "1048576", "quantization",
      "AP_RND_CONV", "overflow", "AP_SAT");
  private static final String[] GEMMS = {"S8_512", "S16_512", "S16_WRAP_512", "S4_512",
    "TERNARY_512", "S8_1_4096_4096", "S8_STEPS_128"};

  /** Returns what shows most in little time, the peak first: all else is compared with it. */
  static List<BenchPart> quick() {
    List<BenchPart> parts = new ArrayList<>();
    parts.add(new BenchPart(PEAK, Map.of(), 13));
    for (String subject : GEMMS) {
      parts.add(new BenchPart("GemmBenchmark.run", Map.of("subject", subject), 9));
    }
    parts.add(new BenchPart("BinaryGemmBenchmark.sums", Map.of("size", "512"), 3));
    parts.add(new BenchPart("ConvBenchmark", Map.of("subject", "S8_64_56_56"), 9));
    parts.add(new BenchPart("PeakCopyBenchmark", Map.of(), 9));
    parts.add(new BenchPart("CastBenchmark.cast", CASTS, 18));
    parts.add(new BenchPart("ElementwiseBenchmark",
        Map.of("subject", "ADD_S8,MULTIPLY_S8", "words", "1048576"), 16));
    return parts;
  }

  /** Returns all benchmarks, with all their parameters. */
  static List<BenchPart> full() {
    List<BenchPart> parts = new ArrayList<>();
    parts.add(new BenchPart(PEAK, Map.of(), 20));
    parts.add(new BenchPart("PeakCopyBenchmark", Map.of(), 16));
    parts.add(new BenchPart("GemmBenchmark", Map.of(), 200));
    parts.add(new BenchPart("BinaryGemmBenchmark", Map.of(), 60));
    parts.add(new BenchPart("ConvBenchmark", Map.of(), 45));
    parts.add(new BenchPart("KHotBenchmark", Map.of(), 110));
    parts.add(new BenchPart("ElementwiseBenchmark", Map.of(), 80));
    parts.add(new BenchPart("CopyBenchmark", Map.of(), 20));
    parts.add(new BenchPart("CastBenchmark", Map.of(), 3600));
    return parts;
  }

  /** Returns the parts that a pattern finds, and the peak, which others are compared with. */
  static List<BenchPart> only(List<BenchPart> parts, Pattern pattern) {
    Predicate<BenchPart> found = part -> pattern.matcher(part.toString()).find();
    List<BenchPart> chosen = new ArrayList<>(parts.stream().filter(found).toList());
    if (!chosen.isEmpty() && chosen.stream().noneMatch(BenchPart::isPeak)) {
      parts.stream().filter(BenchPart::isPeak).forEach(peak -> chosen.addFirst(peak));
    }
    return chosen;
  }

  private boolean isPeak() {
    return include.equals(PEAK);
  }

  /** Returns JMH's arguments. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("[.]" + include.replace(".", "[.]") + (include.contains(".") ? "$" : "[.]"));
    parameters.forEach((name, values) -> arguments.addAll(List.of("-p", name + "=" + values)));
    return arguments;
  }

  /** Returns the benchmarks and what tells them apart. */
  @Override
  public String toString() {
    String subject = parameters.get("subject");
    return include + (subject == null ? "" : " " + subject.toLowerCase(Locale.ROOT));
  }
}
