package io.fixlane.random;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Signs;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceStage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What random binary layers make of their sums, and the same of the reference. */
final class RandomSigns {
  private static final FixedFormat UNIT = FixedFormat.signed(2, 2);
  private static final FixedFormat SUM = FixedFormat.signed(16, 16);

  private final FixedFormat format;
  private final int @Nullable [] thresholds;

  /** Makes the result of sums of k signs: words of a format, or signs. */
  RandomSigns(Random random, FixedFormat format, int outputs, int k) {
    this.format = format;
    this.thresholds = random.nextBoolean()
        ? random.ints(outputs, -k / 2 - 1, k / 2 + 2).toArray()
        : null;
  }

  BinaryResult result() {
    return thresholds == null ? BinaryResult.sums(format) : BinaryResult.signs(thresholds);
  }

  /** Returns the signs of words as +1 and -1. */
  static List<Fixed> units(List<Fixed> words) {
    return words.stream()
        .map(word -> Fixed.ofRaw(UNIT, word.raw().signum() < 0 ? -1 : 1)).toList();
  }

  /** Returns what the reference makes of its sums. */
  ReferenceStage sums() {
    return new ReferenceStage(SUM, false, thresholds == null ? format : SUM);
  }

  Image finish(Image sums) {
    return thresholds == null
        ? sums
        : new Image(IntStream.range(0, sums.words().size()).mapToObj(i -> sign(
            sums.words().get(i).raw().intValueExact() >= thresholds[i % sums.channels()]))
            .toList(), sums.shape());
  }

  private static Fixed sign(boolean positive) {
    return Fixed.ofRaw(Signs.WORD, positive ? 0 : -1);
  }
}
