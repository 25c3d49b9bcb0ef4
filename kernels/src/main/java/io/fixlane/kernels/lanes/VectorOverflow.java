package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Overflow modes on lanes: a template that {@link Specializer} defines once for each recipe; {@link ScalarOverflow}'s twin. */
final class VectorOverflow implements OverflowStage {
  private static final Specializer.OverflowData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.OverflowData.class);
  private static final OverflowRecipe R = DATA.recipe();
  private static final int BITS = DATA.laneBits();
  private static final VectorSpecies<Long> LANES = Species.integral(BITS, DATA.vectorBits());

  @Override
  public Vector<Long> apply(Vector<Long> q, VectorMask<Long> out, Vector<Long> sign, Vector<Long> lost) {
    return switch (R.step()) {
      case NONE -> q;
      case SATURATE -> q.blend(select(sign, R.lowWord(), R.highWord()), out);
      case ZERO -> q.blend(0, out);
      case WRAP -> wrap(q);
      case WRAP_SATURATED -> q.blend(saturateTop(q, sign), out);
      case SIGN_MAGNITUDE -> q.blend(signMagnitude(q, sign, lost), out);
    };
  }

  private static Vector<Long> constant(long word) {
    return LANES.broadcast(Species.word(word, BITS));
  }

  /** Returns one constant where sign is all ones, the other where it is 0. */
  private static Vector<Long> select(Vector<Long> sign, long negative, long positive) {
    return negative == positive ? constant(positive)
        : sign.lanewise(AND, constant(negative ^ positive)).lanewise(XOR, constant(positive));
  }

  private static Vector<Long> wrap(Vector<Long> q) {
    int beyond = BITS - R.width();
    return beyond == 0 ? q : q.lanewise(LSHL, beyond).lanewise(R.signed() ? ASHR : LSHR, beyond);
  }

  private static Vector<Long> saturateTop(Vector<Long> q, Vector<Long> sign) {
    return q.lanewise(AND, constant(R.keptMask())).lanewise(OR, select(sign, R.negativeTop(), R.positiveTop()));
  }

  private static Vector<Long> signMagnitude(Vector<Long> q, Vector<Long> sign, Vector<Long> lost) {
    int n = R.saturationBits();
    if (n <= 1) {
      Vector<Long> word = wrap(q);
      return word.lanewise(XOR, word.lanewise(ASHR, BITS - 1)).lanewise(XOR, n == 1 ? sign : lost);
    }
    Vector<Long> bit = q.lanewise(LSHL, BITS - 1 - (R.width() - n)).lanewise(ASHR, BITS - 1);
    return saturateTop(q.lanewise(XOR, bit.lanewise(XOR, sign).lanewise(NOT)), sign);
  }
}
