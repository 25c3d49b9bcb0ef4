package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;

import io.fixlane.kernels.lanes.cast.CastStep;
import io.fixlane.kernels.lanes.cast.IntegerCast;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The cast of integer lanes: {@link IntegerCast} as a {@link VectorCast}. */
final class VectorIntegerCast {
  private VectorIntegerCast() {}

  static Vector<Long> apply(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results,
      Vector<Long> v) {
    IntegerCast cast = (IntegerCast) step;
    return VectorOverflow.apply(
        cast.overflow(),
        lanes,
        quantize(cast, lanes, clamp(cast, lanes, v)),
        out(cast, lanes, v),
        sign(cast, lanes, v),
        smear(cast, lanes, v, cast.lostBit()));
  }

  static VectorMask<Long> below(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    IntegerCast cast = (IntegerCast) step;
    return below(cast, lanes, v, cast.low());
  }

  static VectorMask<Long> above(CastStep step, VectorSpecies<Long> lanes,
      VectorSpecies<Long> results, Vector<Long> v) {
    IntegerCast cast = (IntegerCast) step;
    return above(cast, lanes, v, cast.high());
  }

  static Vector<Long> inexact(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> v) {
    IntegerCast cast = (IntegerCast) step;
    Vector<Long> dropped = cast.shift() <= 0
        ? lanes.zero()
        : cast.shift() >= lanes.elementSize()
            ? v
            : v.lanewise(AND, VectorWords.constant(lanes, cast.mask()));
    return dropped.lanewise(UMIN, lanes.broadcast(1));
  }

  static VectorMask<Long> invalid(
      CastStep step, VectorSpecies<Long> lanes, VectorSpecies<Long> results, Vector<Long> v) {
    return lanes.maskAll(false);
  }

  private static VectorMask<Long> below(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v,
      long bound) {
    return v.compare(cast.unsigned() ? ULT : LT, VectorWords.constant(lanes, bound));
  }

  private static VectorMask<Long> above(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v,
      long bound) {
    return v.compare(cast.unsigned() ? UGT : GT, VectorWords.constant(lanes, bound));
  }

  /**
   * One comparison for both ends: v - low wraps around where v is below. An unsigned one is a
   * signed one of numbers that are less by half of the lane, and takes more without AVX-512.
   */
  private static VectorMask<Long> out(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v) {
    long half = 1L << lanes.elementSize() - 1;
    return v.sub(VectorWords.constant(lanes, cast.low() + half)).compare(GT,
        VectorWords.constant(lanes, cast.high() - cast.low() - half));
  }

  private static Vector<Long> clamp(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v) {
    Vector<Long> clamped = v;
    if (cast.clampLow()) {
      clamped =
          clamped.lanewise(cast.unsigned() ? UMAX : MAX, VectorWords.constant(lanes, cast.low()));
    }
    if (cast.clampHigh()) {
      clamped =
          clamped.lanewise(cast.unsigned() ? UMIN : MIN, VectorWords.constant(lanes, cast.high()));
    }
    return clamped;
  }

  private static Vector<Long> quantize(IntegerCast cast, VectorSpecies<Long> lanes,
      Vector<Long> v) {
    int shift = cast.shift();
    int bits = lanes.elementSize();
    if (shift <= 0) {
      return shift == 0 ? v : shift <= -bits ? lanes.zero() : v.lanewise(LSHL, -shift);
    }
    if (shift >= bits) {
      return lanes.zero()
          .blend(1, above(cast, lanes, v, cast.stepUp()))
          .blend(-1, below(cast, lanes, v, cast.stepDown()));
    }
    if (cast.base() == 0 && cast.signTerm() == 0 && cast.oddTerm() == 0) {
      return right(cast, v);
    }
    Vector<Long> terms = terms(cast, lanes, v);
    if (cast.spare()) {
      return right(cast, v.add(terms));
    }
    Vector<Long> dropped = v.lanewise(AND, VectorWords.constant(lanes, cast.mask()));
    return right(cast, v).add(dropped.add(terms).lanewise(LSHR, shift));
  }

  /** Returns the sum of the mode's three terms. */
  private static Vector<Long> terms(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v) {
    Vector<Long> sum = VectorWords.constant(lanes, cast.base());
    if (cast.oddTerm() != 0) {
      sum = sum.add(right(cast, v).lanewise(AND, VectorWords.constant(lanes, cast.oddTerm())));
    }
    if (cast.signTerm() == -1) {
      sum = sum.add(sign(cast, lanes, v));
    } else if (cast.signTerm() != 0) {
      sum =
          sum.add(sign(cast, lanes, v).lanewise(AND, VectorWords.constant(lanes, cast.signTerm())));
    }
    return sum;
  }

  private static Vector<Long> right(IntegerCast cast, Vector<Long> v) {
    return v.lanewise(cast.unsigned() ? LSHR : ASHR, cast.shift());
  }

  /** Returns all ones in the lanes where v is negative, else 0. */
  private static Vector<Long> sign(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v) {
    return cast.unsigned() ? lanes.zero() : v.lanewise(ASHR, lanes.elementSize() - 1);
  }

  /**
   * Returns all ones in the lanes where a bit of v is set, else 0; above the lane stands the sign,
   * below it 0.
   */
  private static Vector<Long> smear(IntegerCast cast, VectorSpecies<Long> lanes, Vector<Long> v,
      int bit) {
    int last = lanes.elementSize() - 1;
    return bit < 0
        ? lanes.zero()
        : bit > last ? sign(cast, lanes, v) : v.lanewise(LSHL, last - bit).lanewise(ASHR, last);
  }
}
