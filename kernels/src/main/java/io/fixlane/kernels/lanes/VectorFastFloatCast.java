package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link FastFloatCast} on lanes of floats: a template that {@link Specializer} defines once for each recipe. */
final class VectorFastFloatCast implements VectorCast {
  private static final Specializer.CastData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.CastData.class);
  private static final FastFloatCast CAST = (FastFloatCast) DATA.step();
  private static final VectorShape SHAPE = VectorShape.forBitSize(DATA.vectorBits());
  private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  private static final int MAGIC_BITS = Float.floatToRawIntBits(FastFloatCast.MAGIC);

  @Override
  @SuppressWarnings("unchecked")
  public Vector<Long> apply(Vector<Long> numbers) {
    FloatVector y = scaled(numbers);
    FloatVector s = y.add(FastFloatCast.MAGIC);
    IntVector words = corrected(s.reinterpretAsInts(), y, y.sub(s.sub(FastFloatCast.MAGIC)))
        .max(MAGIC_BITS + CAST.min())
        .min(MAGIC_BITS + CAST.max())
        .sub(MAGIC_BITS);
    return (Vector<Long>) (Vector<?>) words;
  }

  private static FloatVector scaled(Vector<Long> numbers) {
    return floats(numbers).mul(CAST.scale());
  }

  /** Takes the nearest integer, ties to even, to what the mode makes of it; d is what the integer lacks. */
  private static IntVector corrected(IntVector nearest, FloatVector y, FloatVector d) {
    return switch (CAST.mode()) {
      case AP_RND_CONV -> nearest;
      case AP_RND -> nearest.add(1, ints(d.compare(EQ, 0.5f)));
      case AP_RND_MIN_INF -> nearest.sub(1, ints(d.compare(EQ, -0.5f)));
      case AP_RND_INF -> nearest
          .add(1, ints(d.compare(EQ, 0.5f).and(y.compare(GT, 0f))))
          .sub(1, ints(d.compare(EQ, -0.5f).and(y.compare(LT, 0f))));
      case AP_RND_ZERO -> nearest
          .add(1, ints(d.compare(EQ, 0.5f).and(y.compare(LT, 0f))))
          .sub(1, ints(d.compare(EQ, -0.5f).and(y.compare(GT, 0f))));
      case AP_TRN -> nearest.sub(1, ints(d.compare(LT, 0f)));
      case AP_TRN_ZERO -> nearest
          .add(1, ints(d.compare(GT, 0f).and(y.compare(LT, 0f))))
          .sub(1, ints(d.compare(LT, 0f).and(y.compare(GT, 0f))));
    };
  }

  private static VectorMask<Integer> ints(VectorMask<Float> mask) {
    return mask.cast(INTS);
  }

  @Override
  public VectorMask<Long> below(Vector<Long> numbers) {
    return untyped(floats(numbers).compare(LT, CAST.low()));
  }

  @Override
  public VectorMask<Long> above(Vector<Long> numbers) {
    return untyped(floats(numbers).compare(GT, CAST.high()));
  }

  @Override
  public VectorMask<Long> inexact(Vector<Long> numbers) {
    FloatVector y = scaled(numbers);
    Vector<Float> truncated = y.convertShape(F2I, INTS, 0).convertShape(I2F, FLOATS, 0);
    // From 2^23 on every float is an integer.
    return untyped(y.compare(NE, truncated).and(y.abs().compare(LT, 0x1p23f)));
  }

  @Override
  public VectorMask<Long> invalid(Vector<Long> numbers) {
    return untyped(floats(numbers).test(IS_NAN));
  }

  private static FloatVector floats(Vector<Long> numbers) {
    return (FloatVector) (Vector<?>) numbers;
  }

  @SuppressWarnings("unchecked")
  private static VectorMask<Long> untyped(VectorMask<?> mask) {
    return (VectorMask<Long>) mask;
  }
}
