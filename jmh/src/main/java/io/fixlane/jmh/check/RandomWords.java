package io.fixlane.jmh.check;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.ToLongFunction;

/** The operands of layers: the same words in every run. */
public final class RandomWords {
  private RandomWords() {}

  /** Returns words of a format, all equally likely. */
  public static FixedTensor uniform(FixedFormat format, int seed, int... shape) {
    return of(format, seed, shape, random -> word(format, random));
  }

  /**
   * Returns words of a format, the smaller the likelier, as activations are: sums of their products
   * then round more often than they saturate.
   */
  public static FixedTensor skewed(FixedFormat format, int seed, int... shape) {
    return of(format, seed, shape,
        random -> word(format, random) >> random.nextInt(format.width()));
  }

  /** Returns -1, 0 and 1 as raw words of a format, equally likely. */
  public static FixedTensor ternary(FixedFormat format, int seed, int... shape) {
    return of(format, seed, shape, random -> random.nextInt(3) - 1);
  }

  /** Returns -1 and 1 as raw words of a format, equally likely. */
  public static FixedTensor signs(FixedFormat format, int seed, int... shape) {
    return of(format, seed, shape, random -> 2 * random.nextInt(2) - 1);
  }

  private static FixedTensor of(
      FixedFormat format, int seed, int[] shape, ToLongFunction<Random> word) {
    Random random = new Random(seed);
    FixedTensor tensor = FixedTensor.allocate(format, shape);
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, word.applyAsLong(random));
    }
    return tensor;
  }

  private static long word(FixedFormat format, Random random) {
    return format.wrap(BigInteger.valueOf(random.nextLong())).longValueExact();
  }
}
