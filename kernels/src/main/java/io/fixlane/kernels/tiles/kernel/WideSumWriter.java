package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.machine.Register;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import io.fixlane.kernels.tiles.pack.ByteLayout;

/**
 * Writes how vectors of sums of 32 bits are added to sums of 64 bits, which fill two vectors for
 * one of them.
 *
 * @param lanes what writes it
 * @param widened a register
 * @param other another one
 */
record WideSumWriter(VectorAssembler lanes, Vector widened, Vector other) {

  /**
   * Adds sums to addends, and stores that.
   *
   * @param sums the sums
   * @param addends points to a row of addends
   * @param target points to where the row is stored
   * @param place the place in the row, in bytes
   */
  void add(Vector sums, Register addends, Register target, int place) {
    for (int half = 0; half < 2; half++) {
      widen(widened, sums, half);
      store(addends, target, place + half * widened.bits() / Byte.SIZE);
    }
  }

  /**
   * Adds sums of low and of high bytes to addends, and stores that.
   *
   * @param low the sums of low bytes
   * @param high the sums of high bytes
   * @param addends points to a row of addends
   * @param target points to where the row is stored
   * @param place the place in the row, in bytes
   */
  void add(Vector low, Vector high, Register addends, Register target, int place) {
    for (int half = 0; half < 2; half++) {
      widen(widened, low, half);
      widen(other, high, half);
      lanes.vpsllq(other, other, ByteLayout.HIGH_SHIFT);
      lanes.vpaddq(widened, widened, other);
      store(addends, target, place + half * widened.bits() / Byte.SIZE);
    }
  }

  private void store(Register addends, Register target, int place) {
    lanes.vmovdqu(other, addends.at(place));
    lanes.vpaddq(widened, widened, other);
    lanes.vmovdqu(target.at(place), widened);
  }

  /** Widens the lower or the upper half of a vector's lanes. */
  private void widen(Vector to, Vector from, int half) {
    if (half == 0) {
      lanes.vpmovsxdq(to, from);
      return;
    }
    if (from.bits() == 512) {
      lanes.vextracti64x4(to, from);
    } else {
      lanes.vextracti128(to, from);
    }
    lanes.vpmovsxdq(to, to);
  }
}
