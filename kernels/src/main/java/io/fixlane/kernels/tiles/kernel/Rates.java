package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Registers;

/**
 * How many products a second a unit sums for each weight in a word, relative to
 * {@link Unit#FLOAT32} on vectors of the same size and with as many registers.
 *
 * @param of512 with vectors of 512 bits, and between the units that have scalar loops
 * @param of256 with 256 bits and 32 registers
 * @param of128 with 128 bits and 32 registers
 * @param few256 with 256 bits and 16 registers
 * @param few128 with 128 bits and 16 registers
 */
record Rates(double of512, double of256, double of128, double few256, double few128) {
  // Measured on an AMD EPYC (Zen 4), which has all five: products of 480 x 1024 x 512 words.
  // UnitBenchmark measures them, and jmh/README.md says how. What is fast depends on the
  // instructions of a width: without AVX-512 a permutation of lanes of 16
  // bits is put together from three of bytes, and a product of longs from those of their halves.
  static final Rates TABLE = new Rates(1.4, 1.3, 1.3, 0.4, 0.9);
  static final Rates INT16 = new Rates(1.7, 1.6, 1.6, 1.5, 1.5);
  static final Rates FLOAT32 = same(1);
  static final Rates INT32 = new Rates(0.8, 0.8, 0.8, 0.8, 0.8);
  static final Rates FLOAT64 = new Rates(0.5, 0.4, 0.5, 0.4, 0.5);
  static final Rates INT64 = new Rates(0.4, 0.2, 0.2, 0.1, 0.1);
  // Relative to floats on vectors of the size that the machine code has.
  static final Rates VNNI = same(1);
  static final Rates VPMADDWD = same(0.8);
  static final Rates VPMADDUBSW = same(0.48);
  // Measured on an Intel Xeon (Emerald Rapids), beside VNNI.
  static final Rates AMX = same(0.22);
  // Reasoned: four products in each lane, where a float has one, by as many instructions.
  static final Rates SDOT = same(1);
  // A step of a tile on 32 registers has twice the products.
  private static final double FLUSH = 12;
  private static final double FLUSH_OF_FEW = 20;

  /** Returns rates that no width changes. */
  static Rates same(double rate) {
    return new Rates(rate, rate, rate, rate, rate);
  }

  /** Returns the steps of a tile that take as long as a flush. */
  static double flush(int bits) {
    return Registers.few(bits) ? FLUSH_OF_FEW : FLUSH;
  }

  /** Returns the rate with vectors of so many bits, 0 for scalar loops. */
  double of(int bits) {
    return of(bits, Registers.few(bits));
  }

  /** Returns the rate with vectors of so many bits, in 16 registers or in 32. */
  double of(int bits, boolean few) {
    return switch (bits) {
      case 256 -> few ? few256 : of256;
      case 128 -> few ? few128 : of128;
      default -> of512;
    };
  }
}
