package io.fixlane.cli.resources;

/**
 * What something takes of an FPGA.
 *
 * @param dsps slices that multiply
 * @param luts look-up tables, those that are memory included
 * @param registers flip-flops
 * @param memories blocks of memory
 */
record Counts(long dsps, long luts, long registers, long memories) {
  static final Counts NONE = new Counts(0, 0, 0, 0);

  Counts plus(Counts other) {
    return new Counts(dsps + other.dsps, luts + other.luts, registers + other.registers,
        memories + other.memories);
  }

  Counts minus(Counts other) {
    return plus(other.times(-1));
  }

  Counts times(long times) {
    return new Counts(times * dsps, times * luts, times * registers, times * memories);
  }
}
