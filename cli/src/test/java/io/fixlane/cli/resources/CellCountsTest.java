package io.fixlane.cli.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What yosys says of modules, and what their cells are. */
class CellCountsTest {
  @TempDir
  private Path folder;

  private CellCounts read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("stat.json"), text);
    return CellCounts.read(FpgaFamily.XCUP, file);
  }

  /** What follows the modules is as yosys 0.23 writes it. */
  @Test
  void modulesCountWithThoseInside() throws IOException {
    CellCounts cells = read(
        """
            {
               "creator": "Yosys 0.23",
               "modules": {
                  "$paramod\\\\add\\\\BITS=s32'01": {
                     "num_cells": 3, "num_cells_by_type": {"LUT2": 5, "CARRY4": 1}
                  },
                  "\\\\layer": {
                     "num_cells_by_type": {"$paramod\\\\add\\\\BITS=s32'01": 2, "FDRE": 7,
                        "RAM32M16": 1},
                     "others": {"LUT6": 100}
                  },
                  "\\\\network": {
                     "num_cells_by_type": {"layer": 3, "DSP48E2": 1, "LUT6": 4, "BUFG": 1}
                  }
               },
                   $paramod  9
                  }
            """);
    assertThat(cells.of("layer")).isEqualTo(new Counts(0, 18, 7, 0));
    assertThat(cells.of("network")).isEqualTo(new Counts(1, 58, 21, 0));
    assertThat(cells.of("none")).isEqualTo(Counts.NONE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"{}", "[1, 2", "\"modules\"", "{\"modules\": {\"a\": {"})
  void whatIsNoCountIsRefused(String text) {
    assertThatIOException().isThrownBy(() -> read(text)).withMessageContaining("stat.json");
  }

  @ParameterizedTest
  @CsvSource({"XCUP, SRL16E, 0, 1, 0, 0", "XCUP, FDSE, 0, 0, 1, 0", "XC7, DSP48E1, 1, 0, 0, 0",
    "XC7, RAMB36E1, 0, 0, 0, 1", "CYCLONEV, MISTRAL_ALUT_ARITH, 0, 1, 0, 0",
    "CYCLONEV, MISTRAL_MUL18X18, 1, 0, 0, 0", "ECP5, CCU2C, 0, 2, 0, 0",
    "ECP5, PFUMX, 0, 0, 0, 0", "ECP5, MULT18X18D, 1, 0, 0, 0", "NEXUS, CCU2, 0, 2, 0, 0",
    "NEXUS, FD1P3IX, 0, 0, 1, 0", "NEXUS, PDPSC16K_MODE, 0, 0, 0, 1",
    "NEXUS, MULT9X9, 1, 0, 0, 0", "ICE40, SB_CARRY, 0, 0, 0, 0", "ICE40, SB_DFFER, 0, 0, 1, 0",
    "ICE40, SB_MAC16, 1, 0, 0, 0", "ICE40, SB_RAM40_4K, 0, 0, 0, 1"})
  void cellsAreWhatTheLibrariesOfYosysCallThem(
      FpgaFamily family, String cell, int dsps, int luts, int registers, int memories) {
    assertThat(family.cell(cell)).isEqualTo(new Counts(dsps, luts, registers, memories));
  }
}
