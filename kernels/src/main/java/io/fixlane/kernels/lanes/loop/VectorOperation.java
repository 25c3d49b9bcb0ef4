package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.DIV;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.ShiftTerm;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/** The operations on lanes. */
final class VectorOperation {
  private VectorOperation() {}

  /**
   * Computes a recipe's operation; {@code quotients} is the species of the floating-point numbers
   * of the lanes' size.
   */
  static Vector<Long> exact(
      LoopRecipe r, VectorSpecies<Long> lanes, VectorSpecies<Long> quotients, Vector<Long> a,
      Vector<Long> b,
      Vector<Long> c) {
    return switch (r.operation()) {
      case COPY -> a;
      case ADD -> a.add(b);
      case SUBTRACT -> a.sub(b);
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> quotient(r, lanes, quotients, a, b);
      case MIN -> smaller(r, a, b);
      case MAX -> larger(r, a, b);
      case NEGATE -> lanes.zero().sub(a);
      case RELU -> relu(r, lanes, a);
      case LEAKY_RELU -> a.blend(below(r, a.lanewise(ASHR, r.a().shift()), b), a.compare(LT, 0));
      case ADD_RELU -> relu(r, lanes, a.add(b));
      case MULTIPLY_ADD -> a.mul(b).add(c);
      case SHIFT_ADD -> term(lanes, a, b);
      case LOOK_UP, THRESHOLD -> throw r.operation().elsewhere();
    };
  }

  /** Returns a times the term in each lane; {@link ShiftTerm#times}'s twin. */
  static Vector<Long> term(VectorSpecies<Long> lanes, Vector<Long> a, Vector<Long> code) {
    int last = lanes.elementSize() - 1;
    Vector<Long> negative = code.lanewise(ASHR, last);
    Vector<Long> present =
        code.lanewise(LSHL, last - ShiftTerm.PRESENT_BIT).lanewise(ASHR, last);
    return a.lanewise(LSHL, code).lanewise(AND, present).lanewise(XOR, negative).sub(negative);
  }

  static Vector<Long> smaller(LoopRecipe r, Vector<Long> a, Vector<Long> b) {
    return a.lanewise(r.unsigned() ? UMIN : MIN, b);
  }

  static Vector<Long> larger(LoopRecipe r, Vector<Long> a, Vector<Long> b) {
    return a.lanewise(r.unsigned() ? UMAX : MAX, b);
  }

  private static Vector<Long> relu(LoopRecipe r, VectorSpecies<Long> lanes, Vector<Long> v) {
    return r.unsigned() ? v : v.lanewise(MAX, lanes.zero());
  }

  private static Vector<Long> below(LoopRecipe r, Vector<Long> a, Vector<Long> slope) {
    return r.b() == null ? a : a.mul(slope);
  }

  /**
   * Divides in doubles or floats: for a dividend of p bits, which they hold, the rounded quotient,
   * truncated, is the quotient truncated, since a quotient that is not an integer lies at least 1 /
   * b from one, and that is more than the rounding error, at most (a / b) 2<sup>-p</sup>.
   */
  private static Vector<Long> quotient(
      LoopRecipe r, VectorSpecies<Long> lanes, VectorSpecies<Long> quotients, Vector<Long> a,
      Vector<Long> b) {
    Vector<Long> quotient = lanes.elementSize() == Integer.SIZE
        ? a.castShape(quotients, 0).lanewise(DIV, b.castShape(quotients, 0)).castShape(lanes, 0)
        : VectorDoubles.truncated(lanes, VectorDoubles.ofLongs(lanes, quotients, a)
            .lanewise(DIV, VectorDoubles.ofLongs(lanes, quotients, b)));
    int lost = r.quotientBits() == 0 ? 0 : Math.max(0, lanes.elementSize() - r.quotientBits());
    return lost == 0 ? quotient : quotient.lanewise(LSHL, lost).lanewise(ASHR, lost);
  }
}
