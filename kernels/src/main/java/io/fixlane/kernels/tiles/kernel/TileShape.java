package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.PackedWeights;

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
  /** The most rows that are computed with weights that are widened in registers. */
  public static final int NARROW_ROWS = 3;

  private static final int SMALLEST_SPECIES = 64;

  /** Returns the columns of a vector. */
  public int lanes() {
    return lanes(unit, bits);
  }

  boolean lanewise() {
    return access == Access.LANEWISE;
  }

  /** Returns whether steps of activations lie apart. */
  boolean strides() {
    return access == Access.STRIDED || slides();
  }

  boolean slides() {
    return access == Access.SLIDING;
  }

  /** Returns the words of the panel that a step reads. */
  int stepWords() {
    return planes * columns();
  }

  /** Returns the columns of the tile. */
  int columns() {
    return vectors * lanes();
  }

  /** Returns the columns of a vector. */
  public static int lanes(Unit unit, int bits) {
    return PackedWeights.lanes(unit.lane(), bits);
  }

  /** Returns the most vectors that a tile is wide. */
  public static int maxVectors(Unit unit, int bits) {
    return unit.tiles().rows(bits).length;
  }

  /** Returns the rows of a tile of so many vectors, whose steps are the same for all columns. */
  public static int rows(Unit unit, int vectors, int bits) {
    return unit.tiles().rows(bits)[vectors - 1];
  }

  /** Returns the rows of a tile of so many vectors. */
  public static int rows(Unit unit, Access access, int vectors, int bits) {
    int rows = rows(unit, vectors, bits);
    return access == Access.LANEWISE ? Math.min(rows, unit.mostLanewise() / vectors) : rows;
  }

  /**
   * Returns how many steps of a tile take as long as a flush, in which each accumulator is stored,
   * converted and added.
   */
  public static double flushSteps(int bits) {
    return Rates.flush(bits);
  }

  /** Returns whether words of a container can be widened in registers. */
  public static boolean widens(Unit unit, Container stored, int bits) {
    return stored.bits() * lanes(unit, bits) >= SMALLEST_SPECIES;
  }
}
