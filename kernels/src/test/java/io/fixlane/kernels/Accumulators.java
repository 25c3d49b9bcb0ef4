package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random accumulators of every kind that a planner tells apart, near the format of a product. */
enum Accumulators {
  /** None: sums are exact. */
  EXACT,
  /** Wraps, with the bits that 16, 32 or 64 lanes have, or one more or less. */
  WRAPPING,
  /** Wraps with N bits that saturate, or in sign and magnitude. */
  SATURATED_BITS,
  /** Saturates, with about as many bits as the sums have. */
  SATURATING,
  /** Has fewer fraction bits than a product. */
  ROUNDING,
  /** Any modes, with or without a sign, with more fraction bits or as many as a product. */
  FINER;

  private static final int WIDEST = 64;

  /** Returns an accumulator for sums of products, or null for exact sums. */
  @Nullable
  FixedFormat of(FixedFormat product, int k, Random random) {
    int sum = product.width() + Integer.SIZE - Integer.numberOfLeadingZeros(k);
    int fraction = product.fractionBits();
    QuantizationMode quantization = QuantizationMode.values()[random.nextInt(7)];
    OverflowMode[] modes = OverflowMode.values();
    return switch (this) {
      case EXACT -> null;
      case WRAPPING -> {
        int[] lanes = {15, 16, 17, 31, 32, 33, 63, 64, random.nextInt(1, 65)};
        int more = random.nextBoolean() ? 0 : random.nextInt(6);
        yield format(random.nextBoolean(), lanes[random.nextInt(lanes.length)] + more,
            fraction + more, quantization, OverflowMode.AP_WRAP, 0);
      }
      case SATURATED_BITS -> format(true, random.nextInt(1, Math.min(sum, 62) + 2), fraction,
          quantization, random.nextBoolean() ? OverflowMode.AP_WRAP : OverflowMode.AP_WRAP_SM,
          random.nextInt(4));
      case SATURATING -> format(random.nextInt(4) > 0, sum - 6 + random.nextInt(8), fraction,
          quantization, modes[random.nextInt(3)], 0);
      case ROUNDING -> {
        int less = 1 + random.nextInt(Math.min(product.width(), 20));
        yield format(random.nextInt(4) > 0, sum - less - 2 + random.nextInt(4), fraction - less,
            quantization, modes[random.nextInt(modes.length)], random.nextInt(3));
      }
      case FINER -> {
        int more = random.nextInt(6);
        yield format(random.nextBoolean(), 1 + random.nextInt(32), fraction + more, quantization,
            modes[random.nextInt(modes.length)], random.nextInt(3));
      }
    };
  }

  /** Returns a format, with a width that kernels hold and as many saturated bits as it allows. */
  private static FixedFormat format(boolean signed, int width, int fraction,
      QuantizationMode quantization, OverflowMode overflow, int n) {
    int held = Math.clamp(width, 1, WIDEST);
    return new FixedFormat(signed || overflow == OverflowMode.AP_WRAP_SM, held, held - fraction,
        quantization, overflow, overflow.wraps() ? Math.min(n, held) : 0);
  }
}
