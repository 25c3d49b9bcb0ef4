package io.fixlane.hardware;

import io.fixlane.hardware.output.ProjectFolder;
import io.fixlane.hardware.verilog.Design;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A network as a project of synthesizable Verilog-2005, laid out in full: a module a layer, which
 * takes a pixel a clock, AXI-Streams between them, and a test bench. Immutable.
 *
 * {@snippet class="io.fixlane.hardware.VerilogExample" region="verilog"}
 */
public final class VerilogProject {
  private final String name;
  private final Design design;
  private final SequencedMap<String, String> files;

  private VerilogProject(String name, Design design) {
    this.name = name;
    this.design = design;
    this.files = design.files();
  }

  /**
   * Writes a network as Verilog, in memory.
   *
   * @param network the network
   * @param name the name of the module that has all others, and of files: 1 to 64 letters, digits
   *     and underscores, the first a letter; none that Verilog or the project uses
   * @param options how it is written
   * @throws HardwareException if it would take more look-up tables than the limit, by estimate
   * @throws IllegalArgumentException if the name is another
   */
  public static VerilogProject of(Network network, String name, VerilogOptions options)
      throws HardwareException {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(options, "options");
    String top = ModuleName.require(name);
    return new VerilogProject(top, new Design(network, top, options));
  }

  /**
   * What a layer takes of an FPGA, by estimate.
   *
   * @param path the layer's name, as {@link Network#trace} has it
   * @param module its module
   * @param weightBits the bits of its weights, biases and thresholds
   * @param adders the adders of its sums
   * @param luts look-up tables of six inputs, those that are memory included
   * @param multipliers multipliers, a DSP slice or several each
   * @param registers flip-flops
   */
  public record LayerEstimate(String path, String module, long weightBits, int adders, long luts,
      int multipliers, long registers) {}

  /** Returns the name of the module that has all others. */
  public String name() {
    return name;
  }

  /**
   * Returns the clocks from the first pixel of a sample that goes in to the last that comes out,
   * when no other sample is under way and nothing waits. The test bench measures it.
   */
  public int latency() {
    return design.latency();
  }

  /**
   * Returns the clocks from one sample's last pixel out to the next one's, when nothing waits. The
   * test bench measures it.
   */
  public int interval() {
    return design.interval();
  }

  /** Returns what each layer takes, in the order of computation. */
  public List<LayerEstimate> estimates() {
    return design.costs().stream().map(cost -> new LayerEstimate(cost.path(), cost.module(),
        cost.weightBits(), cost.adders(), cost.luts(), cost.multipliers(), cost.registers()))
        .toList();
  }

  /** Returns the text of each file by its path, with {@code /} between names. */
  public SequencedMap<String, String> files() {
    return Collections.unmodifiableSequencedMap(files);
  }

  /**
   * Writes the folder: aside first, and then renamed.
   *
   * @param folder where
   * @param replace whether a folder that is there is replaced, with all that it holds
   * @throws FileAlreadyExistsException if something is there, and is not to be replaced or is no
   *     folder; an empty folder is nothing
   * @throws IOException if it cannot be written; what was there is then as before
   */
  public void write(Path folder, boolean replace) throws IOException {
    Objects.requireNonNull(folder, "folder");
    ProjectFolder.write(folder, files, replace);
  }
}
