package io.fixlane.cli.experiments;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What a synthesiser counted of a network: a file that {@code fixlane resources --synthesize
 * --json} wrote.
 *
 * @param network the network's file
 * @param families the counts, by family of FPGAs
 */
record HardwareCounts(String network, List<Family> families) {
  /** The folder of such files, in that of the results. */
  static final String FOLDER = "hardware";

  /**
   * The counts of a whole network.
   *
   * @param family the family's name on the command line
   * @param dsps multipliers in hardware
   * @param luts look-up tables
   * @param registers flip-flops
   */
  record Family(String family, long dsps, long luts, long registers) {}

  /**
   * Reads all files of the folder of the results, in the order of their names; none where there is
   * no such folder.
   *
   * @throws UserError if one cannot be read or is damaged
   */
  static List<HardwareCounts> read(Path results) throws IOException {
    Path folder = results.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted()
          .map(HardwareCounts::of).toList();
    }
  }

  private static HardwareCounts of(Path file) {
    try {
      HardwareCounts counts =
          Results.MAPPER.readValue(Files.readAllBytes(file), HardwareCounts.class);
      if (counts.network() == null || counts.families() == null) {
        throw new UserError(file + " has no network and families: fixlane resources --synthesize "
            + "--json writes such files");
      }
      return counts;
    } catch (IOException | JacksonException e) {
      throw new UserError(file + ": it cannot be read: " + Results.reason(e), e);
    }
  }

  /** Adds a table of all counts, by family. */
  static void addTo(Section section, List<HardwareCounts> all) {
    if (all.isEmpty()) {
      section.missing("Nothing was counted.",
          "fixlane resources FOLDER/weights/NET.fxn --synthesize"
              + " --family xcup --json FOLDER/" + FOLDER + "/NET-xcup.json");
      return;
    }
    section.paragraph("Whole networks as yosys counts them, with everything side by side and "
        + "nothing placed. DSP are multipliers in hardware, LUT look-up tables as the family has "
        + "them, which families differ in, FF flip-flops.");
    Table table = new Table(2, "family", "network", "DSP", "LUT", "FF");
    String[] families = all.stream().flatMap(counts -> counts.families().stream())
        .map(Family::family).distinct().toArray(String[]::new);
    Arrays.sort(families);
    for (String name : families) {
      for (HardwareCounts counts : all) {
        counts.families().stream().filter(family -> family.family().equals(name))
            .forEach(family -> table.row(name, counts.network(), number(family.dsps()),
                number(family.luts()), number(family.registers())));
      }
    }
    section.table("Counts of a synthesiser", table);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
