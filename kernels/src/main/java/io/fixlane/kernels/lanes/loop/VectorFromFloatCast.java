package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.FromFloatCast;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of lanes of doubles into lanes of longs, or of floats into ints: {@link FromFloatCast}
 * as a {@link VectorCast}.
 */
final class VectorFromFloatCast {
  private VectorFromFloatCast() {}

  static Vector<Long> apply(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    Vector<Long> bits = bits(results, numbers);
    Vector<Long> sign = bits.lanewise(ASHR, results.elementSize() - 1);
    Vector<Long> n = dropped(cast, results, bits);
    Vector<Long> m = significand(cast, results, bits).lanewise(XOR, sign).sub(sign);
    return VectorOverflow.apply(
        cast.overflow(),
        results,
        quantize(cast, results, m, n, sign),
        below(step, lanes, results, numbers).or(above(step, lanes, results, numbers)),
        sign,
        cast.needsLostBit() ? lost(cast, results, m, n) : sign);
  }

  private static Vector<Long> bits(VectorSpecies<Long> results, Vector<Long> numbers) {
    return numbers.reinterpretShape(results, 0);
  }

  /** Returns n, the number of bits of the significand below the destination's lowest. */
  private static Vector<Long> dropped(FromFloatCast cast, VectorSpecies<Long> results,
      Vector<Long> bits) {
    Vector<Long> exponent =
        bits.lanewise(AND, results.broadcast(cast.infinity())).lanewise(LSHR, cast.precision() - 1);
    return results.broadcast(cast.shiftOfExponentZero())
        .sub(exponent.lanewise(MAX, results.broadcast(1)));
  }

  private static Vector<Long> significand(FromFloatCast cast, VectorSpecies<Long> results,
      Vector<Long> bits) {
    long hiddenBit = 1L << cast.precision() - 1;
    Vector<Long> hidden = results.broadcast(hiddenBit)
        .blend(0, bits.lanewise(AND, results.broadcast(cast.infinity())).compare(EQ, 0));
    return bits.lanewise(AND, results.broadcast(hiddenBit - 1)).add(hidden);
  }

  private static Vector<Long> quantize(
      FromFloatCast cast, VectorSpecies<Long> results, Vector<Long> m, Vector<Long> n,
      Vector<Long> sign) {
    Vector<Long> right =
        n.lanewise(MIN, results.broadcast(cast.far())).lanewise(MAX, results.zero());
    Vector<Long> rounded = terms(cast, results, m, right, sign).lanewise(ASHR, right);
    if (!cast.appends()) {
      return rounded;
    }
    int most = results.elementSize() - 1;
    Vector<Long> left = results.zero().sub(n.lanewise(MAX, results.broadcast(-most)));
    Vector<Long> appended = m.lanewise(LSHL, left).blend(0, n.compare(LT, -most));
    return rounded.blend(appended, n.compare(LE, 0));
  }

  private static Vector<Long> terms(
      FromFloatCast cast, VectorSpecies<Long> results, Vector<Long> m, Vector<Long> right,
      Vector<Long> sign) {
    Vector<Long> beyond = results.broadcast(cast.far()).sub(right);
    Vector<Long> sum = m;
    if (cast.base() != 0) {
      sum = sum.add(results.broadcast(cast.base()).lanewise(LSHR, beyond));
    }
    if (cast.signTermIsMask()) {
      sum = sum.add(results.broadcast(cast.signTerm()).lanewise(LSHR, beyond).lanewise(AND, sign));
    } else if (cast.signTerm() != 0) {
      sum = sum.add(sign.lanewise(AND, results.broadcast(cast.signTerm())));
    }
    return cast.oddTerm() == 0
        ? sum
        : sum.add(m.lanewise(ASHR, right).lanewise(AND, results.broadcast(cast.oddTerm())));
  }

  private static Vector<Long> lost(
      FromFloatCast cast, VectorSpecies<Long> results, Vector<Long> m, Vector<Long> n) {
    int last = results.elementSize() - 1;
    Vector<Long> bit = n.add(results.broadcast(cast.overflow().width()));
    Vector<Long> shift = results.broadcast(last)
        .sub(bit.lanewise(MIN, results.broadcast(last)).lanewise(MAX, results.zero()));
    return m.lanewise(LSHL, shift).lanewise(ASHR, last).blend(0, bit.compare(LT, 0));
  }

  static VectorMask<Long> below(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    return cast.number() == Container.FLOAT
        ? ((FloatVector) (Vector<?>) numbers).compare(LT, (float) cast.low()).cast(results)
        : ((DoubleVector) (Vector<?>) numbers).compare(LT, cast.low()).cast(results);
  }

  static VectorMask<Long> above(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    return cast.number() == Container.FLOAT
        ? ((FloatVector) (Vector<?>) numbers).compare(GT, (float) cast.high()).cast(results)
        : ((DoubleVector) (Vector<?>) numbers).compare(GT, cast.high()).cast(results);
  }

  static Vector<Long> inexact(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    Vector<Long> bits = bits(results, numbers);
    Vector<Long> right =
        dropped(cast, results, bits).lanewise(MIN, results.broadcast(cast.far())).lanewise(MAX,
            results.zero());
    Vector<Long> mask = results.broadcast(1).lanewise(LSHL, right).sub(results.broadcast(1));
    return significand(cast, results, bits).lanewise(AND, mask)
        .lanewise(UMIN, results.broadcast(1))
        .blend(0, magnitude(results, bits).compare(GE, cast.infinity()));
  }

  static VectorMask<Long> invalid(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    return magnitude(results, bits(results, numbers))
        .compare(cast.infinite() ? GT : GE, cast.infinity());
  }

  private static Vector<Long> magnitude(VectorSpecies<Long> results, Vector<Long> bits) {
    return bits.lanewise(AND,
        results.broadcast(Long.MAX_VALUE >> Long.SIZE - results.elementSize()));
  }
}
