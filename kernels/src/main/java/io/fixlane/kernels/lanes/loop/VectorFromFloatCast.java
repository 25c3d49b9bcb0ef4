package io.fixlane.kernels.lanes.loop;

import static io.fixlane.kernels.lanes.cast.FromFloatCast.FAR;
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

import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.FromFloatCast;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of lanes of doubles into lanes of longs: {@link FromFloatCast} as a {@link VectorCast}.
 */
final class VectorFromFloatCast {
  private static final long INFINITY = 0x7ff0000000000000L;
  private static final int EXPONENTS = 0x7ff;
  private static final int FRACTION_BITS = Double.PRECISION - 1;

  private VectorFromFloatCast() {}

  static Vector<Long> apply(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    Vector<Long> bits = numbers.reinterpretAsLongs();
    Vector<Long> sign = bits.lanewise(ASHR, 63);
    Vector<Long> n = dropped(cast, results, bits);
    Vector<Long> m = significand(results, bits).lanewise(XOR, sign).sub(sign);
    return VectorOverflow.apply(
        cast.overflow(),
        results,
        quantize(cast, results, m, n, sign),
        below(step, lanes, results, numbers).or(above(step, lanes, results, numbers)),
        sign,
        cast.needsLostBit() ? lost(cast, results, m, n) : sign);
  }

  /** Returns n, the number of bits of the significand below the destination's lowest. */
  private static Vector<Long> dropped(FromFloatCast cast, VectorSpecies<Long> longs,
      Vector<Long> bits) {
    Vector<Long> exponent =
        bits.lanewise(LSHR, FRACTION_BITS).lanewise(AND, longs.broadcast(EXPONENTS));
    return longs.broadcast(cast.shiftOfExponentZero())
        .sub(exponent.lanewise(MAX, longs.broadcast(1)));
  }

  private static Vector<Long> significand(VectorSpecies<Long> longs, Vector<Long> bits) {
    Vector<Long> hidden = longs.broadcast(1L << FRACTION_BITS)
        .blend(0, bits.lanewise(AND, longs.broadcast(INFINITY)).compare(EQ, 0));
    return bits.lanewise(AND, longs.broadcast((1L << FRACTION_BITS) - 1)).add(hidden);
  }

  private static Vector<Long> quantize(
      FromFloatCast cast, VectorSpecies<Long> longs, Vector<Long> m, Vector<Long> n,
      Vector<Long> sign) {
    Vector<Long> right = n.lanewise(MIN, longs.broadcast(FAR)).lanewise(MAX, longs.zero());
    Vector<Long> rounded = terms(cast, longs, m, right, sign).lanewise(ASHR, right);
    if (!cast.appends()) {
      return rounded;
    }
    Vector<Long> left = longs.zero().sub(n.lanewise(MAX, longs.broadcast(-63)));
    Vector<Long> appended = m.lanewise(LSHL, left).blend(0, n.compare(LT, -63));
    return rounded.blend(appended, n.compare(LE, 0));
  }

  private static Vector<Long> terms(
      FromFloatCast cast, VectorSpecies<Long> longs, Vector<Long> m, Vector<Long> right,
      Vector<Long> sign) {
    Vector<Long> beyond = longs.broadcast(FAR).sub(right);
    Vector<Long> sum = m;
    if (cast.base() != 0) {
      sum = sum.add(longs.broadcast(cast.base()).lanewise(LSHR, beyond));
    }
    if (cast.signTermIsMask()) {
      sum = sum.add(longs.broadcast(cast.signTerm()).lanewise(LSHR, beyond).lanewise(AND, sign));
    } else if (cast.signTerm() != 0) {
      sum = sum.add(sign.lanewise(AND, longs.broadcast(cast.signTerm())));
    }
    return cast.oddTerm() == 0
        ? sum
        : sum.add(m.lanewise(ASHR, right).lanewise(AND, longs.broadcast(cast.oddTerm())));
  }

  private static Vector<Long> lost(
      FromFloatCast cast, VectorSpecies<Long> longs, Vector<Long> m, Vector<Long> n) {
    Vector<Long> bit = n.add(longs.broadcast(cast.overflow().width()));
    Vector<Long> shift =
        longs.broadcast(63).sub(bit.lanewise(MIN, longs.broadcast(63)).lanewise(MAX, longs.zero()));
    return m.lanewise(LSHL, shift).lanewise(ASHR, 63).blend(0, bit.compare(LT, 0));
  }

  static VectorMask<Long> below(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    return ((DoubleVector) (Vector<?>) numbers).compare(LT, cast.low()).cast(results);
  }

  static VectorMask<Long> above(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    return ((DoubleVector) (Vector<?>) numbers).compare(GT, cast.high()).cast(results);
  }

  static Vector<Long> inexact(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    Vector<Long> bits = numbers.reinterpretAsLongs();
    Vector<Long> right =
        dropped(cast, results, bits).lanewise(MIN, results.broadcast(FAR)).lanewise(MAX,
            results.zero());
    Vector<Long> mask = results.broadcast(1).lanewise(LSHL, right).sub(results.broadcast(1));
    return significand(results, bits).lanewise(AND, mask).lanewise(UMIN, results.broadcast(1))
        .blend(0, bits.lanewise(AND, results.broadcast(Long.MAX_VALUE)).compare(GE, INFINITY));
  }

  static VectorMask<Long> invalid(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> numbers) {
    FromFloatCast cast = (FromFloatCast) step;
    Vector<Long> magnitude =
        numbers.reinterpretAsLongs().lanewise(AND, results.broadcast(Long.MAX_VALUE));
    return magnitude.compare(cast.infinite() ? GT : GE, INFINITY);
  }
}
