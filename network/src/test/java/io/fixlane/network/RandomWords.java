package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;

/** Random formats, and words of them. */
final class RandomWords {
  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  /** Returns a number from low to high. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Returns a format of at most 20 bits in any mode. */
  FixedFormat format() {
    int width = random.nextInt(4) == 0 ? between(1, 20) : between(2, 8);
    OverflowMode overflow = OverflowMode.values()[random.nextInt(OverflowMode.values().length)];
    QuantizationMode quantization =
        QuantizationMode.values()[random.nextInt(QuantizationMode.values().length)];
    boolean signed = overflow == OverflowMode.AP_WRAP_SM || random.nextInt(4) > 0;
    return new FixedFormat(signed, width, between(-2, width + 2), quantization, overflow,
        overflow.wraps() ? random.nextInt(width + 1) : 0);
  }

  /** Returns random words, a quarter of them at the ends of the range. */
  FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    long low = format.minRaw().longValueExact();
    long high = format.maxRaw().longValueExact();
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, switch (random.nextInt(8)) {
        case 0 -> low;
        case 1 -> high;
        default -> random.nextLong(low, high + 1);
      });
    }
    return words;
  }
}
