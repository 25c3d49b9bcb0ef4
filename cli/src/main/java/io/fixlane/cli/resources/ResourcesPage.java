package io.fixlane.cli.resources;

import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Page;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import java.util.List;

/** Estimates and counts as a page. */
final class ResourcesPage {
  private ResourcesPage() {}

  /**
   * Returns the page.
   *
   * @param name the network's
   * @param command what makes the page again
   */
  static byte[] of(
      String name, List<LayerEstimate> layers, List<Synthesis> all, String command) {
    Page page = new Page("What " + name + " takes of an FPGA",
        "The network laid out in full, a pixel a clock: look-up tables, multipliers and flip-flops "
            + "of each layer.");
    estimates(page.section("By estimate"), layers, command);
    if (!all.isEmpty()) {
      counts(page.section("As yosys counts"), all, command);
    }
    return page.bytes();
  }

  private static void estimates(Section section, List<LayerEstimate> layers, String command) {
    Table table = new Table(1, "layer", "weight bits", "adders", "multipliers", "LUT", "FF");
    BarChart chart = new BarChart("layer", "LUT");
    for (LayerEstimate layer : layers) {
      table.row(layer.path(), text(layer.weightBits()), text(layer.adders()),
          text(layer.multipliers()), text(layer.luts()), text(layer.registers()));
      chart.bar(layer.path(), "estimate", layer.luts(), Double.NaN);
    }
    section.table("Each layer", table);
    section.figure("Look-up tables of each layer", chart, command);
  }

  private static void counts(Section section, List<Synthesis> all, String command) {
    Table table = new Table(2, "family", "of", "DSP", "LUT", "FF", "memory");
    BarChart luts = new BarChart("layer", "LUT");
    BarChart dsps = new BarChart("layer", "DSP");
    for (Synthesis synthesis : all) {
      Counts total = synthesis.total();
      table.row(synthesis.family().option(), synthesis.family().label(), text(total.dsps()),
          text(total.luts()), text(total.registers()), text(total.memories()));
    }
    for (String layer : all.getFirst().layers().sequencedKeySet()) {
      for (Synthesis synthesis : all) {
        Counts counts = synthesis.layers().get(layer);
        luts.bar(layer, synthesis.family().option(), counts.luts(), Double.NaN);
        dsps.bar(layer, synthesis.family().option(), counts.dsps(), Double.NaN);
      }
    }
    section.table("The network on each family", table);
    section.figure("Look-up tables of each layer on each family", luts, command);
    if (all.stream().anyMatch(synthesis -> synthesis.total().dsps() > 0)) {
      section.figure("Multipliers of each layer on each family", dsps, command);
    }
  }

  private static String text(long number) {
    return ResourcesTable.number(number);
  }
}
