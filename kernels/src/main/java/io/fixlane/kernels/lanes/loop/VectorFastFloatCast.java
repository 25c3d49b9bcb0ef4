package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.FastFloatCast;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of lanes of floats into lanes of ints: {@link FastFloatCast} as a
 * {@link VectorCast}.
 */
final class VectorFastFloatCast {
  private VectorFastFloatCast() {}

  @SuppressWarnings("unchecked")
  static Vector<Long> apply(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FastFloatCast cast = (FastFloatCast) step;
    FloatVector y = floats(numbers).mul(cast.scale());
    FloatVector s = y.add(FastFloatCast.MAGIC);
    IntVector words = corrected(cast, s.reinterpretAsInts(), y, y.sub(s.sub(FastFloatCast.MAGIC)))
        .max(FastFloatCast.MAGIC_BITS + cast.min())
        .min(FastFloatCast.MAGIC_BITS + cast.max())
        .sub(FastFloatCast.MAGIC_BITS);
    return (Vector<Long>) (Vector<?>) words;
  }

  /**
   * Takes the nearest integer, ties to even, to what the mode makes of it; d is what the integer
   * lacks.
   */
  private static IntVector corrected(FastFloatCast cast, IntVector nearest, FloatVector y,
      FloatVector d) {
    return switch (cast.mode()) {
      case AP_RND_CONV -> nearest;
      case AP_RND -> nearest.add(1, ints(d.compare(EQ, 0.5f), nearest));
      case AP_RND_MIN_INF -> nearest.sub(1, ints(d.compare(EQ, -0.5f), nearest));
      case AP_RND_INF -> nearest
          .add(1, ints(d.compare(EQ, 0.5f).and(y.compare(GT, 0f)), nearest))
          .sub(1, ints(d.compare(EQ, -0.5f).and(y.compare(LT, 0f)), nearest));
      case AP_RND_ZERO -> nearest
          .add(1, ints(d.compare(EQ, 0.5f).and(y.compare(LT, 0f)), nearest))
          .sub(1, ints(d.compare(EQ, -0.5f).and(y.compare(GT, 0f)), nearest));
      case AP_TRN -> nearest.sub(1, ints(d.compare(LT, 0f), nearest));
      case AP_TRN_ZERO -> nearest
          .add(1, ints(d.compare(GT, 0f).and(y.compare(LT, 0f)), nearest))
          .sub(1, ints(d.compare(LT, 0f).and(y.compare(GT, 0f)), nearest));
    };
  }

  private static VectorMask<Integer> ints(VectorMask<Float> mask, IntVector like) {
    return mask.cast(like.species());
  }

  static VectorMask<Long> below(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    return floats(numbers).compare(LT, ((FastFloatCast) step).low()).cast(results);
  }

  static VectorMask<Long> above(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    return floats(numbers).compare(GT, ((FastFloatCast) step).high()).cast(results);
  }

  static Vector<Long> inexact(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FloatVector y = floats(numbers).mul(((FastFloatCast) step).scale()).abs();
    // Between 2^23 and 2^24 floats are the integers, and from there on integers all.
    FloatVector nearest = y.add(0x1p23f).sub(0x1p23f);
    return results.broadcast(0)
        .blend(1, y.compare(NE, nearest).and(y.compare(LT, 0x1p23f)).cast(results));
  }

  static VectorMask<Long> invalid(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FloatVector x = floats(numbers);
    // NaN is the one number that differs from itself.
    return untyped(x.compare(NE, x));
  }

  private static FloatVector floats(Vector<Long> numbers) {
    return (FloatVector) (Vector<?>) numbers;
  }

  @SuppressWarnings("unchecked")
  private static VectorMask<Long> untyped(VectorMask<?> mask) {
    return (VectorMask<Long>) mask;
  }
}
