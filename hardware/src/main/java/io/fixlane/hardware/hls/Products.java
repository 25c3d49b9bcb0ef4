package io.fixlane.hardware.hls;

import io.fixlane.tensor.FixedTensor;

/**
 * The weights of a layer, by output and tap.
 *
 * @param words the words
 * @param groups into how many groups inputs and outputs are divided
 * @param outputs how many outputs there are
 * @param taps how many inputs an output takes
 * @param byTap whether the words of a tap lie together, as in a dense layer, and not those of an
 *     output
 */
record Products(FixedTensor words, int groups, int outputs, int taps, boolean byTap) {
  static Products dense(FixedTensor words) {
    return new Products(words, 1, words.dimension(1), words.dimension(0), true);
  }

  static Products conv(FixedTensor words, int channels) {
    int outputs = words.dimension(0);
    int taps = Math.toIntExact(words.size() / outputs);
    return new Products(words, channels / words.dimension(1), outputs, taps, false);
  }

  /** Returns the place of a weight among the words. */
  long index(int output, int tap) {
    return byTap ? (long) tap * outputs + output : (long) output * taps + tap;
  }

  /** Returns the raw word at a place among outputs x taps. */
  long raw(int place) {
    return words.raw(index(place / taps, place % taps));
  }

  /** Returns how many words the taps of all groups are. */
  int inputs() {
    return groups * taps;
  }

  /** Returns the first tap of an output among those of all groups. */
  int first(int output) {
    return output / (outputs / groups) * taps;
  }
}
