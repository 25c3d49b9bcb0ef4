package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.HeatMap;
import io.fixlane.cli.page.Section;
import java.util.List;

/** Casts s16 to s8 by quantization and overflow mode. */
final class CastModes {
  private static final String COMMAND = Results.command("CastBenchmark.cast");
  private static final String WORDS = "4096";

  private CastModes() {}

  static void add(Section section, Results results) {
    section.paragraph("Casts of " + WORDS + " words of 16 bits into 8, from the first cache, once "
        + "all modes have run in the same JVM. Each plan's loop is compiled for its own mode, so "
        + "that none should be much slower than another.");
    List<BenchResult> modes = results.named("CastBenchmark.cast").stream()
        .filter(result -> result.parameter("source").equals("s16")
            && result.parameter("words").equals(WORDS))
        .toList();
    if (modes.isEmpty()) {
      section.missing("The modes have not been measured.", COMMAND);
      return;
    }
    HeatMap map = new HeatMap("Gwords/s");
    modes.forEach(result -> map.cell(result.parameter("quantization"),
        result.parameter("overflow"), result.score()));
    section.figure("Words cast in a second, by quantization mode (rows) and overflow mode "
        + "(columns; the number after the comma is N). The errors stand below, with every result.",
        map, COMMAND);
  }
}
