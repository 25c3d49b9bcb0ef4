package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.OR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;

/** {@link ToFloatCast} on lanes: a template that {@link Specializer} defines once for each recipe. */
final class VectorToFloatCast implements VectorCast {
  private static final Specializer.CastData DATA =
      Specializer.data(MethodHandles.lookup(), Specializer.CastData.class);
  private static final ToFloatCast CAST = (ToFloatCast) DATA.step();
  private static final VectorSpecies<Long> LANES = Species.integral(CAST.laneBits(), DATA.vectorBits());
  private static final VectorSpecies<Long> NUMBERS = Species.of(CAST.number(), LANES);
  private static final Conversion<Long, Long> CONVERSION =
      Species.conversion(LANES.elementType(), CAST.number().type(), true);
  private static final VectorMask<Long> NONE = LANES.maskAll(false);

  @Override
  public Vector<Long> apply(Vector<Long> v) {
    Vector<Long> numbers = v.convertShape(CONVERSION, NUMBERS, 0);
    if (CAST.fillsLong()) {
      // Halved, keeping track of the bit that is lost, the word is rounded as the whole.
      Vector<Long> halves = v.lanewise(LSHR, 1).lanewise(OR, v.lanewise(AND, LANES.broadcast(1)));
      Vector<Long> rounded = halves.convertShape(CONVERSION, NUMBERS, 0);
      numbers = numbers.blend(rounded.add(rounded), v.compare(LT, 0).cast(NUMBERS));
    }
    return CAST.scale() == 1 ? numbers : numbers.lanewise(MUL, Species.number(NUMBERS, CAST.scale()));
  }

  @Override
  public VectorMask<Long> below(Vector<Long> v) {
    return NONE;
  }

  @Override
  public VectorMask<Long> above(Vector<Long> v) {
    return NONE;
  }

  @Override
  public VectorMask<Long> inexact(Vector<Long> v) {
    return NONE;
  }

  @Override
  public VectorMask<Long> invalid(Vector<Long> v) {
    return NONE;
  }
}
