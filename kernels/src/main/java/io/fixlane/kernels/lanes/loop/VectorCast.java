package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.FastFloatCast;
import io.fixlane.kernels.lanes.cast.FromFloatCast;
import io.fixlane.kernels.lanes.cast.IntegerCast;
import io.fixlane.kernels.lanes.cast.ToFloatCast;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a vector loop calls as its last step. The methods have no code of their own: where a loop is
 * compiled, those of the class that {@link #of} names are copied in their place, so each such class
 * has all five. Each takes the cast, the species of the source's and of the result's lanes, and the
 * source's lanes; the cast is a constant, and every branch on it is decided when the loop is
 * compiled.
 */
final class VectorCast {
  private VectorCast() {}

  /** Returns the class that casts as a step says. */
  static Class<?> of(CastStep step) {
    return switch (step) {
      case IntegerCast _ -> VectorIntegerCast.class;
      case FromFloatCast _ -> VectorFromFloatCast.class;
      case FastFloatCast _ -> VectorFastFloatCast.class;
      case ToFloatCast _ -> VectorToFloatCast.class;
    };
  }

  /** Returns the destination's words. */
  static Vector<Long> apply(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    throw replaced(step);
  }

  /** Returns where v lies below the destination's range. */
  static VectorMask<Long> below(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    throw replaced(step);
  }

  /** Returns where v lies above the destination's range. */
  static VectorMask<Long> above(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    throw replaced(step);
  }

  /**
   * Returns 1 where quantization drops a bit that is set, else 0. There are too few masks for an
   * unrolled loop that counts all three.
   */
  static Vector<Long> inexact(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    throw replaced(step);
  }

  /** Returns where v is a number without a meaning in the destination. */
  static VectorMask<Long> invalid(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    throw replaced(step);
  }

  private static IllegalStateException replaced(CastStep step) {
    return new IllegalStateException(
        of(step) + " must be copied in the place of this method");
  }
}
