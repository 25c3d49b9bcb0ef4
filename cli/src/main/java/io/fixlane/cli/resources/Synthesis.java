package io.fixlane.cli.resources;

import io.fixlane.hardware.VerilogProject;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * What a synthesiser counts.
 *
 * @param family for which family of FPGAs
 * @param layers what each layer takes, by its name
 * @param total what the network takes, with what is between layers
 * @param seconds how long it took
 */
record Synthesis(
    FpgaFamily family, SequencedMap<String, Counts> layers, Counts total, long seconds) {

  /** Returns the Verilog files of a project that are synthesised. */
  static List<String> sources(VerilogProject project) {
    return project.files().sequencedKeySet().stream().filter(file -> file.startsWith("rtl/"))
        .toList();
  }

  /**
   * Synthesises a project.
   *
   * @param folder where it is written
   */
  static Synthesis run(Tool yosys, VerilogProject project, FpgaFamily family, Path folder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String name = family.option();
    String script = "read_verilog " + String.join(" ", sources(project)) + "\n"
        + family.synthesis(project.name()) + "\ntee -q -o " + name + ".json stat -json\n";
    Files.writeString(folder.resolve(name + ".ys"), script, StandardCharsets.UTF_8);
    yosys.run(folder, name + ".log", "-q", "-s", name + ".ys");
    CellCounts cells = CellCounts.read(family, folder.resolve(name + ".json"));
    SequencedMap<String, Counts> layers = new LinkedHashMap<>();
    for (LayerEstimate layer : project.estimates()) {
      layers.put(layer.path(), cells.of(layer.module()));
    }
    return new Synthesis(family, layers, cells.of(project.name()),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
  }

  /** Returns what lies between layers. */
  Counts between() {
    return layers.values().stream().reduce(total, Counts::minus);
  }
}
