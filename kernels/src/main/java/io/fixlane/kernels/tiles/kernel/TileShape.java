package io.fixlane.kernels.tiles.kernel;

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
public record TileShape(
    Unit unit, Access access, Container stored, int planes, int rows, int vectors, int bits) {
  /** The most rows of any tile. */
  public static final int MAX_ROWS = 12;

  private static final int SMALLEST_SPECIES = 64;

  // The rows of tiles of one vector, of two, and so on. With 32 registers, the accumulators fill
  // them but for the weights of a step, an activation, and three.
  private static final int[] LARGE = {12, 12, 8, 6};
  // The sums of 16-bit lanes fill two vectors each: with more than 32 stores in one method, C2
  // gives up inlining the last of them.
  private static final int[] LARGE_OF_HALVES = {12, 8, 5, 4};
  private static final int[] LARGE_OF_TERMS = {12};
  // With 16, those that were fastest of all: where C2 runs out of registers it keeps accumulators
  // in memory, at half the speed, and it does so before a tile fills them.
  private static final int[] SMALL = {8, 4, 3};
  // Sums of floats are stored before they are converted, and nothing but a step needs registers.
  private static final int[] SMALL_OF_FLOATS = {8, 6};
  private static final int[] SMALL_OF_HALVES = {6, 4};
  private static final int[] SMALL_OF_TABLES = {12, 6};
  private static final int[] SMALL_OF_TERMS = {6};
  private static final int[] SCALAR = {1, 1, 1};

  /** Returns the columns of a vector. */
  public int lanes() {
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
  public static int lanes(Unit unit, int bits) {
    return (bits == 0 ? 256 : bits) / unit.lane().bits();
  }

  /** Returns the most vectors that a tile is wide. */
  public static int maxVectors(Unit unit, int bits) {
    return rows(unit, bits).length;
  }

  /** Returns the rows of a tile of so many vectors. */
  public static int rows(Unit unit, int vectors, int bits) {
    return rows(unit, bits)[vectors - 1];
  }

  private static int[] rows(Unit unit, int bits) {
    return bits == 0 ? SCALAR : Registers.few(bits) ? small(unit) : large(unit);
  }

  /** Returns the rows of tiles of 1, 2, ... vectors where there are 16 registers. */
  static int[] small(Unit unit) {
    return switch (unit) {
      case FLOAT32, ROUNDED_FLOAT32 -> SMALL_OF_FLOATS;
      case FLOAT64, INT32, INT64 -> SMALL;
      case INT16 -> SMALL_OF_HALVES;
      case TABLE -> SMALL_OF_TABLES;
      case SHIFT_ADD32, SHIFT_ADD64 -> SMALL_OF_TERMS;
    };
  }

  /** Returns the rows of tiles of 1, 2, ... vectors where there are 32 registers. */
  static int[] large(Unit unit) {
    return switch (unit) {
      case FLOAT32, FLOAT64, INT32, INT64, ROUNDED_FLOAT32 -> LARGE;
      case INT16, TABLE -> LARGE_OF_HALVES;
      case SHIFT_ADD32, SHIFT_ADD64 -> LARGE_OF_TERMS;
    };
  }

  /** Returns whether words of a container can be widened in registers. */
  public static boolean widens(Unit unit, Container stored, int bits) {
    return stored.bits() * lanes(unit, bits) >= SMALLEST_SPECIES;
  }
}
