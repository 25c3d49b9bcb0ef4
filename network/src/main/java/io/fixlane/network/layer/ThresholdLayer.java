package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.words.Formats;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * A staircase: a first word, and a step more for each threshold that a word reaches, as
 * {@link io.fixlane.kernels.Threshold} computes it. FINN calls it a MultiThreshold.
 *
 * @param name the name
 * @param thresholds one list for all words, T, or one for each channel, C x T: none is below the
 *     one before it; read-only
 * @param start the result of a word that reaches no threshold, in the format of the results
 * @param step what each threshold adds to the raw word; negative where the staircase descends
 */
public record ThresholdLayer(String name, FixedTensor thresholds, Fixed start, long step)
    implements Layer {
  /**
   * Makes the layer.
   *
   * @param thresholds T, or C x T; they are copied, and become T where C is 1
   * @throws IllegalArgumentException if they have other than one or two dimensions, a word is not
   *     in the range of its format, or networks do not have a format
   */
  public ThresholdLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(thresholds, "thresholds");
    Objects.requireNonNull(start, "start");
    if (thresholds.rank() < 1 || thresholds.rank() > 2) {
      throw new IllegalArgumentException("thresholds has the shape "
          + Arrays.toString(thresholds.shape())
          + ": it must be one list, or one for each channel, channels x thresholds");
    }
    thresholds = Weights.copy("thresholds", thresholds);
    if (thresholds.rank() == 2 && thresholds.dimension(0) == 1) {
      thresholds = thresholds.row(0);
    }
    Formats.require(start.format());
  }

  /** Returns the format of the results. */
  public FixedFormat result() {
    return start.format();
  }

  /** Returns whether each channel has thresholds of its own. */
  public boolean perChannel() {
    return thresholds.rank() == 2;
  }

  /** Returns the number of thresholds of a word. */
  public int count() {
    return thresholds.dimension(thresholds.rank() - 1);
  }

  /**
   * Returns the smallest word that reaches each threshold of a channel, in ascending order; where
   * none does, the largest word and 1.
   *
   * @param x the format of what comes to the layer
   * @param channel the channel
   * @throws IndexOutOfBoundsException if channels have thresholds of their own, and this one none
   */
  public List<BigInteger> firstWords(FixedFormat x, int channel) {
    Objects.requireNonNull(x, "x");
    FixedTensor list = perChannel() ? thresholds.row(channel) : thresholds;
    return LongStream.range(0, list.size()).mapToObj(t -> list.value(t).ceilingIn(x)).toList();
  }
}
