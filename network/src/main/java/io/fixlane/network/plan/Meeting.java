package io.fixlane.network.plan;

import io.fixlane.tensor.FixedTensor;

/** How the results of two branches meet. */
sealed interface Meeting permits Sum, Beside {
  /**
   * Computes samples.
   *
   * @param a n results of one branch
   * @param b as many of the other
   * @param target n results
   */
  void run(FixedTensor a, FixedTensor b, FixedTensor target);

  /** Returns how it is done. */
  String explain();
}
