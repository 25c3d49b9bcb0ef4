package io.fixlane.hardware.verilog;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogOptions.Multipliers;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Sums;
import java.util.Locale;

/**
 * A layer that is being made.
 *
 * @param layer its path
 * @param options how
 * @param circuit what it computes
 */
record Build(String layer, VerilogOptions options, Circuit circuit) {
  /** How many times the limit adders may take before what they share is known. */
  private static final int SHARED = 3;

  /** Returns new sums of constant multiples. */
  Sums sums() {
    return new Sums(circuit, options.multipliers() == Multipliers.DSP, options.sharing());
  }

  /** Returns new sums of constant multiples of an element-wise layer. */
  Sums elementSums() {
    return new Sums(circuit, options.multipliers() != Multipliers.SHIFT_ADD, options.sharing());
  }

  /**
   * Requires sums that are not built yet to be of a size that can be.
   *
   * @throws HardwareException if they are far beyond the limit
   */
  void requireBuildable(Sums sums) throws HardwareException {
    if (sums.bits() / SHARED > options.limit()) {
      throw tooLarge(layer, sums.bits(), options.limit());
    }
  }

  /** Returns what says that a layer takes too much. */
  static HardwareException tooLarge(String layer, long luts, int limit) {
    return new HardwareException(String.format(Locale.ROOT,
        "%s needs about %,d LUTs as adders: over the limit of %,d", layer, luts, limit));
  }
}
