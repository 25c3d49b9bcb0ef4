package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.lanes.Container;

/**
 * A saturating cast from float to a narrow word, at the float unit's own speed.
 *
 * <p>With y = x 2<sup>F</sup>, s = y + 1.5 x 2<sup>23</sup> has the nearest integer of y, ties to
 * even, in its low bits; as integers the bits of s grow with y over the whole number line, so that
 * saturating is clamping them. The other modes correct by one where d = y - nearest(y) says so.
 * Exact while the range lies within 2<sup>21</sup> of zero.
 *
 * @param scale 2<sup>F</sup>
 * @param mode the quantization mode
 * @param min the smallest word
 * @param max the largest word
 * @param low the smallest float that does not overflow
 * @param high the largest float that does not overflow
 */
public record FastFloatCast(float scale, QuantizationMode mode, int min, int max, float low,
    float high)
    implements CastStep {

  /** 1.5 x 2<sup>23</sup>: between 2<sup>23</sup> and 2<sup>24</sup> floats are the integers. */
  public static final float MAGIC = 0x1.8p23f;

  public static final int MAGIC_BITS = 0x4b400000;

  private static final int MAX_WIDTH = 20;
  private static final int MAX_FRACTION_BITS = 100;

  /**
   * Returns whether the cast into a format can be computed so: scaling must be exact, and the words
   * narrow.
   */
  public static boolean serves(FixedFormat target) {
    return target.overflow().clamps()
        && target.width() >= 2
        && target.width() <= MAX_WIDTH
        && target.fractionBits() >= 0
        && target.fractionBits() <= MAX_FRACTION_BITS;
  }

  /** Returns the cast into a format that {@link #serves} says yes to. */
  public static FastFloatCast of(FixedFormat target) {
    FromFloatCast ends = FromFloatCast.of(Container.FLOAT, target);
    return new FastFloatCast(
        Math.scalb(1f, target.fractionBits()),
        target.quantization(),
        (int) ends.overflow().lowWord(),
        (int) ends.overflow().highWord(),
        (float) ends.low(),
        (float) ends.high());
  }
}
