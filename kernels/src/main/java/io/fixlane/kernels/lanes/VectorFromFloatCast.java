package io.fixlane.kernels.lanes;

import static io.fixlane.kernels.lanes.FromFloatCast.FAR;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_FINITE;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cast of lanes of doubles into lanes of longs: a template that {@link Specializer} defines once for each recipe; {@link
 * ScalarFromFloatCast}'s twin.
 */
final class VectorFromFloatCast implements VectorCast {
  private static final Specializer.CastData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.CastData.class);
  private static final FromFloatCast CAST = (FromFloatCast) DATA.step();
  private static final OverflowStage OVERFLOW = DATA.overflow();
  private static final VectorSpecies<Long> LANES = Species.integral(Long.SIZE, DATA.vectorBits());
  private static final boolean NEEDS_LOST_BIT =
      CAST.overflow().step() == OverflowStep.SIGN_MAGNITUDE && CAST.overflow().saturationBits() == 0;

  @Override
  public Vector<Long> apply(Vector<Long> numbers) {
    Vector<Long> bits = numbers.reinterpretAsLongs();
    Vector<Long> sign = bits.lanewise(ASHR, 63);
    Vector<Long> exponent = bits.lanewise(LSHR, 52).lanewise(AND, LANES.broadcast(0x7ff));
    Vector<Long> n = LANES.broadcast(CAST.shiftOfExponentZero()).sub(exponent.lanewise(MAX, LANES.broadcast(1)));
    Vector<Long> m = significand(bits, exponent).lanewise(XOR, sign).sub(sign);
    Vector<Long> lost = NEEDS_LOST_BIT ? lost(m, n) : sign;
    return OVERFLOW.apply(quantize(m, n, sign), below(numbers).or(above(numbers)), sign, lost);
  }

  private static Vector<Long> significand(Vector<Long> bits, Vector<Long> exponent) {
    Vector<Long> fraction = bits.lanewise(AND, LANES.broadcast((1L << 52) - 1));
    return fraction.add(LANES.broadcast(1L << 52).blend(0, exponent.compare(EQ, 0)));
  }

  private static Vector<Long> quantize(Vector<Long> m, Vector<Long> n, Vector<Long> sign) {
    Vector<Long> dropped = n.lanewise(MIN, LANES.broadcast(FAR)).lanewise(MAX, LANES.zero());
    Vector<Long> appended = LANES.zero().sub(n.lanewise(MAX, LANES.broadcast(-63)));
    Vector<Long> left = m.lanewise(LSHL, appended).blend(0, n.compare(LT, -63));
    return terms(m, dropped, sign).lanewise(ASHR, dropped).blend(left, n.compare(LE, 0));
  }

  private static Vector<Long> terms(Vector<Long> m, Vector<Long> dropped, Vector<Long> sign) {
    Vector<Long> beyond = LANES.broadcast(FAR).sub(dropped);
    Vector<Long> sum = m;
    if (CAST.base() != 0) {
      sum = sum.add(LANES.broadcast(CAST.base()).lanewise(LSHR, beyond));
    }
    if (CAST.signTermIsMask()) {
      sum = sum.add(LANES.broadcast(CAST.signTerm()).lanewise(LSHR, beyond).lanewise(AND, sign));
    } else if (CAST.signTerm() != 0) {
      sum = sum.add(sign.lanewise(AND, LANES.broadcast(CAST.signTerm())));
    }
    return CAST.oddTerm() == 0 ? sum
        : sum.add(m.lanewise(ASHR, dropped).lanewise(AND, LANES.broadcast(CAST.oddTerm())));
  }

  private static Vector<Long> lost(Vector<Long> m, Vector<Long> n) {
    Vector<Long> bit = n.add(LANES.broadcast(CAST.overflow().width()));
    Vector<Long> shift = LANES.broadcast(63).sub(bit.lanewise(MIN, LANES.broadcast(63)).lanewise(MAX, LANES.zero()));
    return m.lanewise(LSHL, shift).lanewise(ASHR, 63).blend(0, bit.compare(LT, 0));
  }

  @Override
  public VectorMask<Long> below(Vector<Long> numbers) {
    return doubles(numbers).compare(LT, CAST.low()).cast(LANES);
  }

  @Override
  public VectorMask<Long> above(Vector<Long> numbers) {
    return doubles(numbers).compare(GT, CAST.high()).cast(LANES);
  }

  @Override
  public VectorMask<Long> inexact(Vector<Long> numbers) {
    Vector<Long> bits = numbers.reinterpretAsLongs();
    Vector<Long> exponent = bits.lanewise(LSHR, 52).lanewise(AND, LANES.broadcast(0x7ff));
    Vector<Long> n = LANES.broadcast(CAST.shiftOfExponentZero()).sub(exponent.lanewise(MAX, LANES.broadcast(1)));
    Vector<Long> kept = n.lanewise(MIN, LANES.broadcast(FAR)).lanewise(MAX, LANES.zero());
    Vector<Long> mask = LANES.broadcast(1).lanewise(LSHL, kept).sub(LANES.broadcast(1));
    return significand(bits, exponent).lanewise(AND, mask).compare(NE, 0);
  }

  @Override
  public VectorMask<Long> invalid(Vector<Long> numbers) {
    DoubleVector doubles = doubles(numbers);
    return (CAST.infinite() ? doubles.test(IS_NAN) : doubles.test(IS_FINITE).not()).cast(LANES);
  }

  private static DoubleVector doubles(Vector<Long> numbers) {
    return (DoubleVector) (Vector<?>) numbers;
  }
}
