package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Formats and words of any kind, for tests. */
final class RandomFormats {
  private final Random random;

  RandomFormats(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** Returns a format of {@code least} to {@code most} bits, of any modes. */
  FixedFormat format(int least, int most) {
    boolean signed = random.nextInt(4) > 0;
    int width = least + random.nextInt(most - least + 1);
    QuantizationMode quantization =
        QuantizationMode.values()[random.nextInt(QuantizationMode.values().length)];
    List<OverflowMode> modes = Stream.of(OverflowMode.values())
        .filter(mode -> signed || mode.servesUnsigned()).toList();
    OverflowMode overflow = modes.get(random.nextInt(modes.size()));
    int saturated = random.nextInt(3) == 0 ? 1 + random.nextInt(width) : 0;
    return new FixedFormat(signed, width, random.nextInt(-2, width + 3), quantization, overflow,
        saturated);
  }

  /** Returns words of a format, each of any value. */
  Tensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    long low = format.minRaw().longValue();
    for (int i = 0; i < words.size(); i++) {
      words.setRaw(i, low + random.nextLong(1L << format.width()));
    }
    return Tensor.of(words);
  }
}
