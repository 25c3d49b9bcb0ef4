package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;

/** Random formats, and words of them. */
final class RandomWords {
  private static final List<OverflowMode> PLAIN_MODES = List.of(
      OverflowMode.AP_SAT, OverflowMode.AP_SAT_SYM, OverflowMode.AP_SAT_ZERO, OverflowMode.AP_WRAP);

  private final Random random;
  private final Draws draws;

  RandomWords(Random random, Draws draws) {
    this.random = random;
    this.draws = draws;
  }

  Draws draws() {
    return draws;
  }

  /** Returns a number from low to high. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Returns one of some. */
  <E> E any(List<E> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Returns a format. */
  FixedFormat format() {
    int width = random.nextInt(4) == 0 ? between(1, draws.widest()) : between(2, 8);
    OverflowMode overflow =
        any(draws.plain() ? PLAIN_MODES : List.of(OverflowMode.values()));
    QuantizationMode quantization = any(List.of(QuantizationMode.values()));
    boolean signed = overflow == OverflowMode.AP_WRAP_SM || random.nextInt(4) > 0;
    width = draws.plain() && signed ? Math.max(width, 2) : width;
    return new FixedFormat(signed, width, between(-2, width + 2), quantization, overflow,
        !draws.plain() && overflow.wraps() ? random.nextInt(width + 1) : 0);
  }

  /** Returns random words, a quarter of them at the ends of the range. */
  FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    long low = (draws.kept() ? format.minKeptRaw() : format.minRaw()).longValueExact();
    long high = (draws.kept() ? format.maxKeptRaw() : format.maxRaw()).longValueExact();
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
