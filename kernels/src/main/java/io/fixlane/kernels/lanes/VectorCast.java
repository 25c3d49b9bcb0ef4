package io.fixlane.kernels.lanes;

import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

/** The step of a vector loop that turns exact source words into destination words, lane by lane. */
interface VectorCast {
  /** Returns the destination's words, in lanes of the loop's result type. */
  Vector<Long> apply(Vector<Long> v);

  /** Returns where v lies below the destination's range. */
  VectorMask<Long> below(Vector<Long> v);

  /** Returns where v lies above the destination's range. */
  VectorMask<Long> above(Vector<Long> v);

  /** Returns where quantization drops a bit that is set. */
  VectorMask<Long> inexact(Vector<Long> v);

  /** Returns where v is a number without a meaning in the destination. */
  VectorMask<Long> invalid(Vector<Long> v);
}
