package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;

/**
 * What a micro-kernel is written for.
 *
 * @param unit what sums the products
 * @param access which activations a step reads
 * @param stored what the panel's words lie in: the unit's lanes, or narrower integers that are
 *     widened in registers
 * @param planes the terms of a K-hot weight, which stand in planes after each other for each step,
 *     or 1
 * @param rows the tile's rows
 * @param vectors the tile's columns, in vectors
 * @param bits the size of a vector
 */
record TileShape(
    Unit unit, Access access, Container stored, int planes, int rows, int vectors, int bits) {
  /** The most rows of any tile. */
  static final int MAX_ROWS = 12;

  private static final int SMALLEST_SPECIES = 64;
  private static final int LARGE_FILE = 24;
  private static final int SMALL_FILE = 12;
  // The sums of 16-bit lanes fill two vectors each: more stores than this in one method, and C2
  // gives up inlining the last of them.
  private static final int MAX_STORES = 32;

  /** Returns the columns of a vector. */
  int lanes() {
    return lanes(unit, bits);
  }

  boolean lanewise() {
    return access == Access.LANEWISE;
  }

  /** Returns the words of the panel that a step reads. */
  int stepWords() {
    return planes * columns();
  }

  /** Returns the columns of the tile. */
  int columns() {
    return vectors * lanes();
  }

  /** Returns the columns of a vector; scalar loops go over as many as have 256 bits. */
  static int lanes(Unit unit, int bits) {
    return (bits == 0 ? 256 : bits) / unit.lane().bits();
  }

  /** Returns the most vectors that a tile is wide. */
  static int maxVectors(Unit unit, int bits) {
    return unit.shiftsAndAdds() ? 1 : accumulators(bits) == LARGE_FILE ? 4 : 3;
  }

  /**
   * Returns the rows of a tile of so many vectors: its accumulators fill the register file, but for
   * a row of weights and an activation.
   */
  static int rows(Unit unit, int vectors, int bits) {
    int stores = unit.sum().bits() / unit.lane().bits();
    if (bits == 0) {
      return 1;
    }
    return Math.min(MAX_ROWS, Math.min(accumulators(bits), MAX_STORES / stores) / vectors);
  }

  /** 32 vector registers where there are AVX-512 or ARM's, 16 on other machines. */
  private static int accumulators(int bits) {
    boolean many = bits == 512 || System.getProperty("os.arch").equals("aarch64");
    return many ? LARGE_FILE : SMALL_FILE;
  }

  /** Returns whether words of a container can be widened in registers. */
  static boolean widens(Unit unit, Container stored, int bits) {
    return stored.bits() * lanes(unit, bits) >= SMALLEST_SPECIES;
  }
}
