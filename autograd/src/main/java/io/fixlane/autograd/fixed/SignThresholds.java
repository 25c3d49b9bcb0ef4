package io.fixlane.autograd.fixed;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/**
 * What layers between two products of signs come to: a sum that is at least the threshold of its
 * output has the sign +1. Where they fall with the sum, the weights of the output are negated.
 *
 * @param weights the weights, of whose first dimension each is an output
 * @param thresholds the least sum of each that gives +1
 */
record SignThresholds(FixedTensor weights, int[] thresholds) {
  /**
   * Finds the thresholds by trying every sum, as casts round and may wrap around.
   *
   * @param layers the layers, which take the sums of all outputs as integers
   * @param weights +1 and -1
   * @return null where the sign of an output changes more than once as its sum grows
   */
  static @Nullable SignThresholds of(Network layers, FixedTensor weights) {
    int outputs = weights.dimension(0);
    int taps = Math.toIntExact(weights.size()) / outputs;
    FixedTensor sums = FixedTensor.allocate(layers.inputFormat(), 2 * taps + 1, outputs);
    for (long i = 0; i < sums.size(); i++) {
      sums.setRaw(i, i / outputs - taps);
    }
    FixedTensor results = layers.run(sums);
    FixedTensor signs = FixedTensor.allocate(weights.format(), weights.shape());
    int[] thresholds = new int[outputs];
    for (int n = 0; n < outputs; n++) {
      boolean first = isPositive(results, n);
      int change = -taps;
      while (change <= taps && isPositive(results, at(change, taps, outputs, n)) == first) {
        change++;
      }
      for (int sum = change; sum <= taps; sum++) {
        if (isPositive(results, at(sum, taps, outputs, n)) == first) {
          return null;
        }
      }
      boolean falls = first && change <= taps;
      thresholds[n] = falls ? 1 - change : first ? -taps : change;
      for (long i = (long) n * taps; i < (n + 1L) * taps; i++) {
        signs.setRaw(i, falls ? -weights.raw(i) : weights.raw(i));
      }
    }
    return new SignThresholds(signs, thresholds);
  }

  private static long at(int sum, int taps, int outputs, int n) {
    return (long) (sum + taps) * outputs + n;
  }

  private static boolean isPositive(FixedTensor words, long place) {
    FixedFormat format = words.format();
    return !format.signed() || words.raw(place) >= 0;
  }
}
