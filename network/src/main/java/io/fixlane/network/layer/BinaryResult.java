package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * What becomes of the sums of products of signs, which are integers.
 *
 * {@snippet class="io.fixlane.network.BinaryExample" region="layers"}
 */
public sealed interface BinaryResult {
  /** Returns the format of the results. */
  FixedFormat format();

  /** Returns sums that are cast into a format. */
  static BinaryResult sums(FixedFormat format) {
    return new Sums(format);
  }

  /**
   * Returns signs: +1 where a sum is at least the threshold of its output.
   *
   * @param thresholds one for each output
   */
  static BinaryResult signs(int... thresholds) {
    Objects.requireNonNull(thresholds, "thresholds");
    int bits = Arrays.stream(thresholds).map(t -> t < 0 ? ~t : t)
        .map(t -> Integer.SIZE - Integer.numberOfLeadingZeros(t)).max().orElse(0);
    FixedTensor words =
        FixedTensor.allocate(FixedFormat.signed(bits + 1, bits + 1), thresholds.length);
    for (int n = 0; n < thresholds.length; n++) {
      words.setRaw(n, thresholds[n]);
    }
    return new Signs(words);
  }

  /**
   * The sums, cast.
   *
   * @param format what they are cast into
   */
  record Sums(FixedFormat format) implements BinaryResult {
    /** Makes the result. */
    public Sums {
      Objects.requireNonNull(format, "format");
    }
  }

  /**
   * The signs of what sums have beyond a threshold, each a word of
   * {@link io.fixlane.kernels.Signs#WORD}: 0, which is +1, where the sum is at least the threshold
   * of its output, else -1. A batch-norm and a sign are such a threshold.
   *
   * @param thresholds integers, one for each output, read-only
   */
  record Signs(FixedTensor thresholds) implements BinaryResult {
    /**
     * Makes the result.
     *
     * @param thresholds integers, one for each output; they are copied
     * @throws IllegalArgumentException if their format has bits below the binary point, or lacks
     *     some above it, there is more than one dimension, or a word is not in its range
     */
    public Signs {
      Objects.requireNonNull(thresholds, "thresholds");
      if (thresholds.format().fractionBits() != 0 || thresholds.rank() != 1) {
        throw new IllegalArgumentException("thresholds are " + thresholds.format() + " "
            + Arrays.toString(thresholds.shape())
            + ": they must be integers, one for each output");
      }
      thresholds = Weights.copy("thresholds", thresholds);
    }

    @Override
    public FixedFormat format() {
      return io.fixlane.kernels.Signs.WORD;
    }
  }
}
