package io.fixlane.kernels.lanes.cast;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;

/**
 * The cast of one word to floating point: a template that {@link Template} defines once for each
 * recipe.
 */
public final class ScalarToFloatCast implements ScalarCast {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final ToFloatCast CAST = DATA.cast();

  /** The cast, and the container that its result goes to. */
  public record Data(ToFloatCast cast, Container target) implements ScalarStep {
    private static final Template<ScalarCast> SCALAR =
        Template.of(MethodHandles.lookup(), ScalarToFloatCast.class, ScalarCast.class);

    @Override
    public ScalarCast scalar() {
      return SCALAR.compile(this);
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
