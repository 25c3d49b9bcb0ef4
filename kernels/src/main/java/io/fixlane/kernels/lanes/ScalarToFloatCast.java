package io.fixlane.kernels.lanes;

import java.lang.invoke.MethodHandles;

/**
 * The cast of one word to floating point: a template that {@link Specializer} defines once for each
 * recipe.
 */
final class ScalarToFloatCast implements ScalarCast {
  private static final Data DATA = Specializer.data(MethodHandles.lookup(), Data.class);
  private static final ToFloatCast CAST = DATA.cast();

  /** The cast, and the container that its result goes to. */
  record Data(ToFloatCast cast, Container target) implements ScalarStep {
    @Override
    public ScalarCast scalar() {
      return Specializer.instance(ScalarToFloatCast.class, ScalarCast.class, this);
    }
  }

  @Override
  public long apply(long v) {
    double number = CAST.number() == Container.FLOAT ? nearestFloat(v) : nearestDouble(v);
    double scaled = number * CAST.scale();
    return DATA.target() == Container.FLOAT
        ? Float.floatToRawIntBits((float) scaled)
        : Double.doubleToRawLongBits(scaled);
  }

  private static double nearestDouble(long v) {
    return CAST.fillsLong() && v < 0 ? 2d * halved(v) : v;
  }

  private static float nearestFloat(long v) {
    return CAST.fillsLong() && v < 0 ? 2f * halved(v) : v;
  }

  /**
   * Halves an unsigned word, keeping track of the bit that is lost, so that the conversion rounds
   * it as the whole.
   */
  private static long halved(long v) {
    return v >>> 1 | v & 1;
  }
}
