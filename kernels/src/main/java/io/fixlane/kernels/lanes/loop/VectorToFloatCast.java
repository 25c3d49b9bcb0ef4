package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.ToFloatCast;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of lanes of words into lanes of floats or doubles: {@link ToFloatCast} as a
 * {@link VectorCast}.
 */
final class VectorToFloatCast {
  private VectorToFloatCast() {}

  static Vector<Long> apply(CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results,
      Vector<Long> v) {
    ToFloatCast cast = (ToFloatCast) step;
    Vector<Long> numbers = converted(cast, lanes, results, v);
    if (cast.fillsLong()) {
      // Halved, keeping track of the bit that is lost, the word is rounded as the whole.
      Vector<Long> halves = v.lanewise(LSHR, 1).lanewise(OR, v.lanewise(AND, lanes.broadcast(1)));
      Vector<Long> rounded = converted(cast, lanes, results, halves);
      numbers = numbers.blend(rounded.add(rounded), v.compare(LT, 0).cast(results));
    }
    return scaled(cast, numbers);
  }

  private static Vector<Long> converted(ToFloatCast cast, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    return cast.number() == Container.DOUBLE
        ? VectorDoubles.ofLongs(lanes, results, v)
        : v.castShape(results, 0);
  }

  @SuppressWarnings("unchecked")
  private static Vector<Long> scaled(ToFloatCast cast, Vector<Long> numbers) {
    Vector<?> scaled = cast.number() == Container.FLOAT
        ? ((FloatVector) (Vector<?>) numbers).mul((float) cast.scale())
        : ((DoubleVector) (Vector<?>) numbers).mul(cast.scale());
    return (Vector<Long>) scaled;
  }

  static VectorMask<Long> below(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    return lanes.maskAll(false);
  }

  static VectorMask<Long> above(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    return lanes.maskAll(false);
  }

  static Vector<Long> inexact(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> v) {
    return results.zero();
  }

  static VectorMask<Long> invalid(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> v) {
    return lanes.maskAll(false);
  }
}
