package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.cast.OverflowRecipe;
import io.fixlane.kernels.lanes.cast.ScalarOverflow;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Overflow modes on lanes; {@link ScalarOverflow}'s twin. */
final class VectorOverflow {
  private VectorOverflow() {}

  /**
   * Returns the destination's words.
   *
   * @param r the mode
   * @param lanes the species
   * @param q the quantized words, modulo the lane
   * @param out where they lie outside the destination's range
   * @param sign all ones where the source is negative, else 0
   * @param lost all ones where the source's bit just above the destination's most significant one
   *     is set, else 0
   */
  static Vector<Long> apply(
      OverflowRecipe r, VectorSpecies<Long> lanes, Vector<Long> q, VectorMask<Long> out,
      Vector<Long> sign,
      Vector<Long> lost) {
    return switch (r.step()) {
      case NONE -> q;
      case SATURATE -> q.blend(select(lanes, sign, r.lowWord(), r.highWord()), out);
      case ZERO -> q.blend(0, out);
      case WRAP -> wrap(r, lanes, q);
      case WRAP_SATURATED -> q.blend(saturateTop(r, lanes, q, sign), out);
      case SIGN_MAGNITUDE -> q.blend(
          r.saturationBits() <= 1
              ? invert(r, lanes, q, r.saturationBits() == 1 ? sign : lost)
              : invertAndSaturateTop(r, lanes, q, sign),
          out);
    };
  }

  /** Returns one constant where sign is all ones, the other where it is 0. */
  private static Vector<Long> select(VectorSpecies<Long> lanes, Vector<Long> sign, long negative,
      long positive) {
    Vector<Long> constant = VectorWords.constant(lanes, positive);
    return negative == positive
        ? constant
        : sign
            .lanewise(AND, VectorWords.constant(lanes, negative ^ positive))
            .lanewise(XOR, constant);
  }

  private static Vector<Long> wrap(OverflowRecipe r, VectorSpecies<Long> lanes, Vector<Long> q) {
    int beyond = lanes.elementSize() - r.width();
    return beyond == 0 ? q : q.lanewise(LSHL, beyond).lanewise(r.signed() ? ASHR : LSHR, beyond);
  }

  private static Vector<Long> saturateTop(
      OverflowRecipe r, VectorSpecies<Long> lanes, Vector<Long> q, Vector<Long> sign) {
    return q.lanewise(AND, VectorWords.constant(lanes, r.keptMask()))
        .lanewise(OR, select(lanes, sign, r.negativeTop(), r.positiveTop()));
  }

  /** Inverts all bits where the most significant one is not what it must become. */
  private static Vector<Long> invert(
      OverflowRecipe r, VectorSpecies<Long> lanes, Vector<Long> q, Vector<Long> top) {
    Vector<Long> word = wrap(r, lanes, q);
    return word.lanewise(XOR, word.lanewise(ASHR, lanes.elementSize() - 1)).lanewise(XOR, top);
  }

  private static Vector<Long> invertAndSaturateTop(
      OverflowRecipe r, VectorSpecies<Long> lanes, Vector<Long> q, Vector<Long> sign) {
    int bit = r.width() - r.saturationBits();
    int last = lanes.elementSize() - 1;
    Vector<Long> smeared = q.lanewise(LSHL, last - bit).lanewise(ASHR, last);
    return saturateTop(r, lanes, q.lanewise(XOR, smeared.lanewise(XOR, sign).lanewise(NOT)), sign);
  }
}
