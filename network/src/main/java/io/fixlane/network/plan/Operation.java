package io.fixlane.network.plan;

import io.fixlane.tensor.FixedTensor;
import java.util.concurrent.Executor;

/** What a layer does to samples: a plan of the kernels. */
interface Operation {
  /**
   * Computes samples.
   *
   * @param x n samples
   * @param target n results
   * @param executor what helps
   * @param parts into how many parts the work is divided at most, where it can be
   */
  void run(FixedTensor x, FixedTensor target, Executor executor, int parts);
}
