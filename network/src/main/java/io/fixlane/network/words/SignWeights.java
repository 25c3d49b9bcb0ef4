package io.fixlane.network.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Signs;
import io.fixlane.tensor.FixedTensor;

/** Weights of which the signs count. */
public final class SignWeights {
  private SignWeights() {}

  /** Returns the signs of words, read-only: 0 for +1 and -1 for -1. */
  public static FixedTensor of(FixedTensor words) {
    FixedFormat format = words.format();
    FixedTensor signs = FixedTensor.allocate(Signs.WORD, words.shape());
    for (long i = 0; i < words.size(); i++) {
      signs.setRaw(i, format.signed() && words.raw(i) < 0 ? -1 : 0);
    }
    return FixedTensor.of(Signs.WORD, signs.segment().asReadOnly(), signs.shape());
  }
}
