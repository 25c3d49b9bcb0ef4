package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/**
 * Random floats and doubles, crowded where a cast into a format breaks, in memory at any alignment.
 */
final class Numbers {
  private Numbers() {}

  /** Returns a number that has a meaning in the format. */
  static double random(FixedFormat target, boolean isFloat, Random random) {
    double step = Math.scalb(1d, -target.fractionBits());
    double number = switch (random.nextInt(9)) {
      case 0 -> isFloat
          ? Float.intBitsToFloat(random.nextInt())
          : Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextGaussian() * Math.scalb(1d, target.integerBits());
      case 2 -> random.nextInt(-64, 64) * 0.5 * step;
      case 3 -> random.nextInt(-64, 64) * 0.5 * step + random.nextInt(-1, 2) * 0x1p-20 * step;
      case 4 -> target.maxRaw().doubleValue() * step + random.nextInt(-4, 5) * 0.25 * step;
      case 5 -> target.minRaw().doubleValue() * step + random.nextInt(-4, 5) * 0.25 * step;
      case 6 -> random.nextInt(-2, 3) * (isFloat ? Float.MIN_VALUE : Double.MIN_VALUE);
      case 7 -> Math.copySign(random.nextBoolean() ? 0d : Double.POSITIVE_INFINITY,
          random.nextInt(-1, 1));
      default -> random.nextInt(-50, 50) * Math.scalb(1d, target.integerBits() - random.nextInt(9));
    };
    double held = isFloat ? (float) number : number;
    boolean meaning =
        !Double.isNaN(held) && (!Double.isInfinite(held) || !target.overflow().wraps());
    return meaning ? held : 1;
  }

  static int bytes(boolean isFloat) {
    return isFloat ? Float.BYTES : Double.BYTES;
  }

  static void set(MemorySegment memory, boolean isFloat, long index, double number) {
    if (isFloat) {
      memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES, (float) number);
    } else {
      memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, number);
    }
  }

  static double get(MemorySegment memory, boolean isFloat, long index) {
    return isFloat
        ? memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES)
        : memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  static Cast cast(boolean fromFloat, FixedFormat target) {
    return fromFloat ? Cast.fromFloat(target) : Cast.fromDouble(target);
  }
}
