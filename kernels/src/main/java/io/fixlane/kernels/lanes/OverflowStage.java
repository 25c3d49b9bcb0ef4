package io.fixlane.kernels.lanes;

import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

/** The overflow mode of a vector loop. */
interface OverflowStage {
  /**
   * Returns the destination's words.
   *
   * @param q the quantized words, modulo the lane
   * @param out where they lie outside the destination's range
   * @param sign all ones where the source is negative, else 0
   * @param lost all ones where the source's bit just above the destination's most significant one is set, else 0
   */
  Vector<Long> apply(Vector<Long> q, VectorMask<Long> out, Vector<Long> sign, Vector<Long> lost);
}
