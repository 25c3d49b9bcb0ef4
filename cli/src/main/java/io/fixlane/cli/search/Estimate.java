package io.fixlane.cli.search;

import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import java.nio.file.Path;
import java.util.List;

/**
 * What a network takes of an FPGA, by estimate.
 *
 * @param luts look-up tables of six inputs
 * @param adders adders
 */
record Estimate(String luts, String adders) {
  /** Look-up tables: what is larger is not laid out in full by anyone. */
  private static final int LIMIT = 1_000_000;
  private static final Estimate NONE = new Estimate("-", "-");

  /** Estimates a saved network; what is too large to be laid out has dashes. */
  static Estimate of(Path file) {
    try {
      List<LayerEstimate> layers = VerilogProject.of(
          NetworkArgument.load(file), "network",
          VerilogOptions.DEFAULT.withLimit(LIMIT).withSamples(1))
          .estimates();
      return new Estimate(
          Summary.count(layers.stream().mapToLong(LayerEstimate::luts).sum()),
          Summary.count(layers.stream().mapToLong(LayerEstimate::adders).sum()));
    } catch (HardwareException e) {
      return NONE;
    }
  }
}
