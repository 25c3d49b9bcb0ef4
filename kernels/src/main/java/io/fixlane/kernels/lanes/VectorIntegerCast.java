package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of integer lanes: a template that {@link Specializer} defines once for each recipe, so that every branch below is
 * decided when the loop is compiled. Methods stay short enough to be inlined: a vector that crosses a call is boxed.
 */
final class VectorIntegerCast implements VectorCast {
  private static final Specializer.CastData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.CastData.class);
  private static final IntegerCast CAST = (IntegerCast) DATA.step();
  private static final OverflowStage OVERFLOW = DATA.overflow();
  private static final int BITS = CAST.laneBits();
  private static final int SHIFT = CAST.shift();
  private static final VectorSpecies<Long> LANES = Species.integral(BITS, DATA.vectorBits());

  @Override
  public Vector<Long> apply(Vector<Long> v) {
    return OVERFLOW.apply(quantize(clamp(v)), out(v), sign(v), smear(v, CAST.lostBit()));
  }

  @Override
  public VectorMask<Long> below(Vector<Long> v) {
    return below(v, CAST.low());
  }

  @Override
  public VectorMask<Long> above(Vector<Long> v) {
    return above(v, CAST.high());
  }

  @Override
  public VectorMask<Long> inexact(Vector<Long> v) {
    Vector<Long> dropped = SHIFT <= 0 ? LANES.zero() : SHIFT >= BITS ? v : v.lanewise(AND, constant(CAST.mask()));
    return dropped.compare(NE, 0);
  }

  @Override
  public VectorMask<Long> invalid(Vector<Long> v) {
    return LANES.maskAll(false);
  }

  private static Vector<Long> constant(long word) {
    return LANES.broadcast(Species.word(word, BITS));
  }

  private static VectorMask<Long> below(Vector<Long> v, long bound) {
    return v.compare(CAST.unsigned() ? ULT : LT, constant(bound));
  }

  private static VectorMask<Long> above(Vector<Long> v, long bound) {
    return v.compare(CAST.unsigned() ? UGT : GT, constant(bound));
  }

  /** One unsigned comparison for both ends: v - low wraps around where v is below. */
  private static VectorMask<Long> out(Vector<Long> v) {
    return v.sub(constant(CAST.low())).compare(UGT, constant(CAST.high() - CAST.low()));
  }

  private static Vector<Long> clamp(Vector<Long> v) {
    Vector<Long> clamped = v;
    if (CAST.clampLow()) {
      clamped = clamped.lanewise(CAST.unsigned() ? UMAX : MAX, constant(CAST.low()));
    }
    if (CAST.clampHigh()) {
      clamped = clamped.lanewise(CAST.unsigned() ? UMIN : MIN, constant(CAST.high()));
    }
    return clamped;
  }

  private static Vector<Long> quantize(Vector<Long> v) {
    if (SHIFT <= 0) {
      return SHIFT == 0 ? v : SHIFT <= -BITS ? LANES.zero() : v.lanewise(LSHL, -SHIFT);
    }
    if (SHIFT >= BITS) {
      return LANES.zero().blend(1, above(v, CAST.stepUp())).blend(-1, below(v, CAST.stepDown()));
    }
    return CAST.spare() ? right(terms(v, v)) : quantizeFullLane(v);
  }

  private static Vector<Long> quantizeFullLane(Vector<Long> v) {
    Vector<Long> t = right(v);
    if (CAST.base() == 0 && CAST.signTerm() == 0) {
      return t;
    }
    return t.add(terms(v.lanewise(AND, constant(CAST.mask())), v).lanewise(LSHR, SHIFT));
  }

  /** Adds the mode's three terms to {@code sum}. */
  private static Vector<Long> terms(Vector<Long> sum, Vector<Long> v) {
    Vector<Long> result = sum;
    if (CAST.oddTerm() != 0) {
      result = result.add(right(v).lanewise(AND, constant(CAST.oddTerm())));
    }
    if (CAST.signTerm() == -1) {
      result = result.add(sign(v));
    } else if (CAST.signTerm() != 0) {
      result = result.add(sign(v).lanewise(AND, constant(CAST.signTerm())));
    }
    return CAST.base() == 0 ? result : result.add(constant(CAST.base()));
  }

  private static Vector<Long> right(Vector<Long> v) {
    return v.lanewise(CAST.unsigned() ? LSHR : ASHR, SHIFT);
  }

  /** Returns all ones in the lanes where v is negative, else 0. */
  private static Vector<Long> sign(Vector<Long> v) {
    return CAST.unsigned() ? LANES.zero() : v.lanewise(ASHR, BITS - 1);
  }

  /** Returns all ones in the lanes where a bit of v is set, else 0; above the lane stands the sign, below it 0. */
  private static Vector<Long> smear(Vector<Long> v, int bit) {
    return bit < 0 ? LANES.zero()
        : bit >= BITS ? sign(v) : v.lanewise(LSHL, BITS - 1 - bit).lanewise(ASHR, BITS - 1);
  }
}
