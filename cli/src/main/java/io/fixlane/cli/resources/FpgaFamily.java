package io.fixlane.cli.resources;

import io.fixlane.cli.console.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A family of FPGAs that yosys synthesises for, and what its cells are, as the technology libraries
 * of yosys name them.
 */
enum FpgaFamily {
  /** AMD's UltraScale+. */
  XCUP("AMD UltraScale+", "synth_xilinx -family xcup -noiopad -nowidelut", "DSP48E2",
      "FD[RSCP]E(_1)?", "RAMB(18|36)E2|URAM288", List.of(
          new Luts("LUT[1-6]|SRL16E|SRLC32E", 1), new Luts("RAM(32|64)X1D", 2),
          new Luts("RAM(32|64)M", 4), new Luts("RAM32M16|RAM64M8", 8))),
  /** AMD's 7 series. */
  XC7("AMD 7 series", "synth_xilinx -family xc7 -noiopad -nowidelut", "DSP48E1",
      "FD[RSCP]E(_1)?", "RAMB(18|36)E1", XCUP.luts),
  /** Intel's Cyclone V. */
  CYCLONEV("Intel Cyclone V", "synth_intel_alm -family cyclonev -noflatten", "MISTRAL_MUL.*",
      "MISTRAL_FF", "MISTRAL_M10K", List.of(
          new Luts("MISTRAL_ALUT[2-6]|MISTRAL_ALUT_ARITH|MISTRAL_MLAB", 1))),
  /** Lattice's ECP5: a CCU2C is two look-up tables and their carries. */
  ECP5("Lattice ECP5", "synth_ecp5 -noflatten", "MULT(9X9|18X18)D", "TRELLIS_FF", "DP16KD",
      List.of(new Luts("LUT4", 1), new Luts("CCU2C", 2), new Luts("TRELLIS_DPR16X4", 4))),
  /** Lattice's Nexus: a CCU2 is two look-up tables and their carries. */
  NEXUS("Lattice Nexus", "synth_nexus -noflatten", "MULT[0-9]+X[0-9]+|MULTPREADD[0-9X]+|MULTADD.*",
      "FD1P3.*", "P?DP(SC)?16K.*", List.of(
          new Luts("LUT4", 1), new Luts("CCU2|WIDEFN9", 2), new Luts("DPR16X4", 4))),
  /** Lattice's iCE40: a carry belongs to the look-up table beside it. */
  ICE40("Lattice iCE40", "synth_ice40 -dsp -noflatten", "SB_MAC16", "SB_DFF.*", "SB_RAM40_4K.*",
      List.of(new Luts("SB_LUT4", 1)));

  /** Cells that are look-up tables, and how many each is. */
  private record Luts(Pattern cells, int each) {
    Luts(String cells, int each) {
      this(Pattern.compile(cells), each);
    }
  }

  private final String label;
  private final String synthesis;
  private final Pattern dsps;
  private final Pattern registers;
  private final Pattern memories;
  private final List<Luts> luts;

  FpgaFamily(String label, String synthesis, String dsps, String registers, String memories,
      List<Luts> luts) {
    this.label = label;
    this.synthesis = synthesis;
    this.dsps = Pattern.compile(dsps);
    this.registers = Pattern.compile(registers);
    this.memories = Pattern.compile(memories);
    this.luts = luts;
  }

  /** Returns the name that an option has for it: {@code xcup}. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the family that an option names.
   *
   * @throws UserError if there is none
   */
  static FpgaFamily parse(String option) {
    return Arrays.stream(values()).filter(family -> family.option().equals(option)).findFirst()
        .orElseThrow(() -> new UserError("--family is '" + option + "': it must be one of "
            + Arrays.stream(values()).map(FpgaFamily::option).collect(Collectors.joining(", "))));
  }

  /** Returns its name. */
  String label() {
    return label;
  }

  /** Returns the command of yosys that synthesises a module for it, its modules kept apart. */
  String synthesis(String module) {
    return synthesis + " -top " + module;
  }

  /** Returns what a cell of the family is. */
  Counts cell(String type) {
    return new Counts(dsps.matcher(type).matches() ? 1 : 0,
        luts.stream().filter(l -> l.cells.matcher(type).matches()).mapToInt(Luts::each).sum(),
        registers.matcher(type).matches() ? 1 : 0, memories.matcher(type).matches() ? 1 : 0);
  }
}
