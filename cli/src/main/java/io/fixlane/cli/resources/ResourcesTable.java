package io.fixlane.cli.resources;

import io.fixlane.cli.console.TextTable;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Estimates and counts as text. */
final class ResourcesTable {
  private ResourcesTable() {}

  /** Returns what each layer takes by estimate, and all of them. */
  static List<String> estimates(List<LayerEstimate> layers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "weight bits", "adders", "multipliers", "LUT", "FF"));
    for (LayerEstimate layer : layers) {
      rows.add(List.of(layer.path(), number(layer.weightBits()), number(layer.adders()),
          number(layer.multipliers()), number(layer.luts()), number(layer.registers())));
    }
    rows.add(List.of("network",
        number(layers.stream().mapToLong(LayerEstimate::weightBits).sum()),
        number(layers.stream().mapToLong(LayerEstimate::adders).sum()),
        number(layers.stream().mapToLong(LayerEstimate::multipliers).sum()),
        number(layers.stream().mapToLong(LayerEstimate::luts).sum()),
        number(layers.stream().mapToLong(LayerEstimate::registers).sum())));
    return new TextTable(1, rows).lines();
  }

  /** Returns what the network takes of each family. */
  static List<String> families(List<Synthesis> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("family", "", "DSP", "LUT", "FF", "memory"));
    for (Synthesis synthesis : all) {
      Counts total = synthesis.total();
      rows.add(List.of(synthesis.family().option(), synthesis.family().label(),
          number(total.dsps()), number(total.luts()), number(total.registers()),
          number(total.memories())));
    }
    return new TextTable(2, rows).lines();
  }

  /** Returns the look-up tables and multipliers that each layer takes of each family. */
  static List<String> layers(List<Synthesis> all) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("LUT + DSP by layer"));
    all.forEach(synthesis -> header.add(synthesis.family().option()));
    rows.add(header);
    for (String layer : all.getFirst().layers().sequencedKeySet()) {
      List<String> row = new ArrayList<>(List.of(layer));
      all.forEach(synthesis -> row.add(cell(synthesis.layers().get(layer))));
      rows.add(row);
    }
    List<String> between = new ArrayList<>(List.of("between layers"));
    all.forEach(synthesis -> between.add(cell(synthesis.between())));
    rows.add(between);
    return new TextTable(1, rows).lines();
  }

  private static String cell(Counts counts) {
    return number(counts.luts()) + (counts.dsps() == 0 ? "" : " + " + number(counts.dsps()));
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
