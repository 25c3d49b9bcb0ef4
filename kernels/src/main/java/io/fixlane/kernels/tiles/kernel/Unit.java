package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import java.math.BigInteger;

/**
 * A way to sum products of integers in vector lanes, exact as long as a block of them stays in a
 * range. What was summed is added to sums of 32 or 64 bits at the end of each block.
 *
 * <p>The rates are what one core with 512-bit vectors measures against {@link #FLOAT32}; only their
 * order matters. It is the same on other machines, but for tables.
 */
public enum Unit {
  /**
   * Sums of a few products at once, looked up by the weights in a table that is made from the
   * activations: one permutation of 16-bit lanes and one addition.
   */
  TABLE(Container.SHORT, Container.INT, 1.5),
  /** Multiplication and addition in lanes of 16 bits, modulo 2<sup>16</sup>. */
  INT16(Container.SHORT, Container.INT, 1.7),
  /** Fused multiply-add of floats, exact up to 2<sup>24</sup>. */
  FLOAT32(Container.FLOAT, Container.INT, 1),
  /** Multiplication and addition modulo 2<sup>32</sup>. */
  INT32(Container.INT, Container.INT, 0.9),
  /** Fused multiply-add of doubles, exact up to 2<sup>53</sup>. */
  FLOAT64(Container.DOUBLE, Container.LONG, 0.5),
  /** Multiplication and addition modulo 2<sup>64</sup>. */
  INT64(Container.LONG, Container.LONG, 0.45),
  /** K-hot weights, each K shifts and additions, modulo 2<sup>32</sup>. */
  SHIFT_ADD32(Container.INT, Container.INT, 0.2),
  /** K-hot weights, each K shifts and additions, modulo 2<sup>64</sup>. */
  SHIFT_ADD64(Container.LONG, Container.LONG, 0.1),
  /** Fused multiply-add of any floats, each rounded: for training, and never for words. */
  ROUNDED_FLOAT32(Container.FLOAT, Container.FLOAT, 1);

  private static final double TABLE_OF_BYTES = 0.5;

  private final Container lane;
  private final Container sum;
  private final double rate;

  Unit(Container lane, Container sum, double rate) {
    this.lane = lane;
    this.sum = sum;
    this.rate = rate;
  }

  /** Returns what a lane holds, and what activations are widened to. */
  public Container lane() {
    return lane;
  }

  /** Returns what the sums of blocks are added up in. */
  public Container sum() {
    return sum;
  }

  /**
   * Returns products a second, relative to {@link #FLOAT32}; a table's for each weight in a word.
   */
  public double rate(int vectorBits) {
    // AVX2 has no permutation of lanes of 16 bits: it is put together from three of bytes.
    return this == TABLE && Registers.few(vectorBits) ? TABLE_OF_BYTES : rate;
  }

  /** Returns what the unit does, in words. */
  public String label() {
    return switch (this) {
      case TABLE -> "table look-up";
      case INT16 -> "int16 multiply-add";
      case FLOAT32 -> "f32 FMA";
      case INT32 -> "int32 multiply-add";
      case FLOAT64 -> "f64 FMA";
      case INT64 -> "int64 multiply-add";
      case SHIFT_ADD32 -> "int32 shift-add";
      case SHIFT_ADD64 -> "int64 shift-add";
      case ROUNDED_FLOAT32 -> "rounded f32 FMA";
    };
  }

  /** Returns {@link #largest} in words: {@code 2^24} or {@code 2^15 - 1}. */
  public String limit() {
    return lane.floating()
        ? "2^" + largest().getLowestSetBit()
        : "2^" + largest().bitLength() + " - 1";
  }

  /** Returns whether products are shifts and additions. */
  public boolean shiftsAndAdds() {
    return this == SHIFT_ADD32 || this == SHIFT_ADD64;
  }

  /** Returns the largest magnitude up to which a block's sum is exact on both sides of 0. */
  public BigInteger largest() {
    return switch (this) {
      case TABLE, INT16 -> BigInteger.valueOf(Short.MAX_VALUE);
      case FLOAT32, ROUNDED_FLOAT32 -> BigInteger.ONE.shiftLeft(24);
      case INT32, SHIFT_ADD32 -> BigInteger.valueOf(Integer.MAX_VALUE);
      case FLOAT64 -> BigInteger.ONE.shiftLeft(53);
      case INT64, SHIFT_ADD64 -> BigInteger.valueOf(Long.MAX_VALUE);
    };
  }

  /** Returns the smallest sum of a block that is exact. */
  public BigInteger smallest() {
    return lane.floating() ? largest().negate() : largest().not();
  }
}
