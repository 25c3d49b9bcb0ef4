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
 * @param settings JMH's other arguments, in place of those of the annotations
 * @param seconds about how long it takes
 */
record BenchPart(
    String include, Map<String, String> parameters, List<String> settings, int seconds) {
  private static final String PEAK = "PeakBenchmark";
  private static final String PEAK_OF_DOTS = "PeakDotBenchmark";
  private static final String CACHED = "4096";
  private static final String LARGE = "1048576";
  private static final Map<String, String> CASTS = Map.of("words", LARGE, "quantization",
      "AP_RND_CONV", "overflow", "AP_SAT");
  private static final String[] GEMMS = {"S8_512", "S16_512", "S16_WRAP_512", "S4_512",
    "TERNARY_512", "S8_1_4096_4096", "S8_STEPS_128"};
  private static final List<String> QUICK =
      List.of("-f", "1", "-wi", "4", "-w", "250ms", "-i", "5", "-r", "200ms");
  /** For a network, whose layers have a loop each that is to be compiled. */
  private static final List<String> NETWORK =
      List.of("-f", "1", "-wi", "14", "-w", "250ms", "-i", "5", "-r", "200ms");
  /** For the many modes of a cast, all of which are warm before each is measured. */
  private static final List<String> SHORT =
      List.of("-f", "1", "-wi", "2", "-w", "100ms", "-i", "5", "-r", "100ms");

  BenchPart(String include, Map<String, String> parameters, int seconds) {
    this(include, parameters, List.of(), seconds);
  }

  /** Returns what shows most in little time, the peak first: all else is compared with it. */
  static List<BenchPart> quick() {
    List<BenchPart> parts = new ArrayList<>();
    parts.add(quick(PEAK, Map.of(), 13));
    parts.add(quick(PEAK_OF_DOTS, Map.of(), 6));
    for (String subject : GEMMS) {
      parts.add(quick("GemmBenchmark.run", Map.of("subject", subject), 9));
    }
    parts.add(quick("BinaryGemmBenchmark.sums", Map.of("size", "512"), 3));
    parts.add(quick("ConvBenchmark", Map.of("subject", "S8_64_56_56"), 9));
    parts.add(quick("PeakCopyBenchmark", Map.of(), 9));
    parts.add(quick("PeakReadBenchmark", Map.of("level", "L3"), 3));
    parts.add(quick("CastBenchmark.cast", CASTS, 18));
    parts.add(quick("ElementwiseBenchmark",
        Map.of("subject", "ADD_S8,MULTIPLY_S8", "words", LARGE), 16));
    return parts;
  }

  private static BenchPart quick(String include, Map<String, String> parameters, int seconds) {
    return new BenchPart(include, parameters, QUICK, seconds);
  }

  /**
   * Returns all benchmarks. Their seconds are those of a machine with AVX-512, with the making and
   * checking of the operands.
   */
  static List<BenchPart> full() {
    List<BenchPart> parts = new ArrayList<>();
    parts.add(new BenchPart(PEAK, Map.of(), 20));
    parts.add(new BenchPart(PEAK_OF_DOTS, Map.of(), 12));
    parts.add(new BenchPart("PeakCopyBenchmark", Map.of(), 18));
    parts.add(new BenchPart("PeakReadBenchmark", Map.of(), 18));
    parts.add(new BenchPart("GemmBenchmark", Map.of(), 150));
    parts.add(new BenchPart("UnitBenchmark", Map.of("operands", "S4_SIGNS"), 50));
    parts.add(new BenchPart("ScalingBenchmark", Map.of(), 110));
    parts.add(new BenchPart("BinaryGemmBenchmark", Map.of(), 75));
    parts.add(new BenchPart("ConvBenchmark", Map.of(), 100));
    parts.add(new BenchPart("BinaryConvBenchmark", Map.of(), 45));
    parts.add(new BenchPart("KHotBenchmark", Map.of(), 120));
    parts.add(new BenchPart("KHotGemmBenchmark", Map.of(), 55));
    parts.add(new BenchPart("ElementwiseBenchmark", Map.of(), 90));
    parts.add(new BenchPart("LookUpBenchmark", Map.of("words", "4096"), 50));
    parts.add(new BenchPart("ThresholdBenchmark", Map.of("lists", "64"), 50));
    parts.add(new BenchPart("Pool2dBenchmark", Map.of(), 120));
    parts.add(new BenchPart("CastBenchmark.cast", CASTS, 24));
    parts.add(new BenchPart("CastBenchmark.castCounting", CASTS, 24));
    parts.add(
        new BenchPart("CastBenchmark.cast", Map.of("source", "s16", "words", CACHED), SHORT, 260));
    parts.add(new BenchPart("CopyBenchmark", Map.of(), 22));
    parts.add(new BenchPart("CastGradientBenchmark", Map.of(), 40));
    parts.add(new BenchPart("TrainingStepBenchmark", Map.of(), 200));
    parts.add(new BenchPart("PlanBenchmark.build", Map.of(), 35));
    parts.add(new BenchPart("PlanBenchmark.firstRun", Map.of(), 40));
    parts.add(new BenchPart("PlanBenchmark.firstFastRun", Map.of(), 130));
    parts.add(new BenchPart("ReferenceBenchmark", Map.of(), 16));
    return parts;
  }

  /**
   * Returns what other libraries are compared in.
   *
   * @param full whether with all sizes and as long as in the full length
   */
  static List<BenchPart> peers(boolean full) {
    return full
        ? List.of(new BenchPart("GemmPeers", Map.of(), 400),
            new BenchPart("ConvPeers", Map.of(), 180), new BenchPart("CastPeers", Map.of(), 25),
            new BenchPart("ElementwisePeers", Map.of(), 45),
            new BenchPart("CastGradientPeers", Map.of(), 20),
            new BenchPart("TrainingStepPeers", Map.of(), 400),
            new BenchPart("DjlPeers", Map.of(), 130))
        : List.of(quick("GemmPeers", Map.of("shape", "512x512x512"), 50),
            quick("ConvPeers", Map.of("shape", "C64_56_56"), 30),
            quick("CastPeers", Map.of("words", LARGE), 10),
            quick("ElementwisePeers", Map.of("words", LARGE), 15),
            quick("CastGradientPeers", Map.of(), 8),
            quick("TrainingStepPeers", Map.of("network", "SMALL", "threads", "1"), 25),
            quick("TrainingStepPeers", Map.of("network", "SMALL", "threads", "2"), 25),
            new BenchPart("DjlPeers", Map.of("batch", "1"), NETWORK, 15));
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
    arguments.addAll(settings);
    return arguments;
  }

  /** Returns the benchmarks and what tells them apart. */
  @Override
  public String toString() {
    String subject = parameters.getOrDefault("subject", parameters.getOrDefault("source", ""));
    return (include + " " + subject.toLowerCase(Locale.ROOT)).strip();
  }
}
