package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.threads.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * The rows in memory that a product reads and writes.
 *
 * @param m their number
 * @param a activations
 * @param residual what is added, or null
 * @param target results
 */
record GemmRows(int m, MatrixView a, @Nullable MatrixView residual, MatrixView target) {
  /**
   * Requires the rows to lie in their memory, and apart where they must.
   *
   * @param activations the format of activations
   * @param k the activations of a row
   * @param stage what the results are
   * @param n the results of a row
   * @param parts into how many parts the work is divided
   */
  void require(FixedFormat activations, int k, OutputStage stage, int n, int parts) {
    if (m < 0) {
      throw new IllegalArgumentException("m is " + m + ": it must not be negative");
    }
    if (parts < 1) {
      throw new IllegalArgumentException("parts is " + parts + ": it must be positive");
    }
    int bytes = Container.of(activations).bytes();
    int targetBytes = Container.of(stage.result()).bytes();
    Tasks.requireShared("a", a.segment(), parts);
    Tasks.requireShared("target", target.segment(), parts);
    a.require("a", m, k, bytes);
    target.require("target", m, n, targetBytes);
    Memory.requireWritable(target.segment());
    a.requireApart("a", m, k, bytes, target, n, targetBytes);
    stage.requireResidual(residual != null);
    if (residual != null) {
      requireResidual(residual, stage, n, parts);
    }
  }

  private void requireResidual(MatrixView words, OutputStage stage, int n, int parts) {
    int bytes = Container.of(stage.residual()).bytes();
    Tasks.requireShared("residual", words.segment(), parts);
    words.require("residual", m, n, bytes);
    if (!inPlace(words, target, stage)) {
      words.requireApart("residual", m, n, bytes, target, n,
          Container.of(stage.result()).bytes());
    }
  }

  /** Returns whether each result takes the place of the residual that it is made of. */
  static boolean inPlace(Object residual, Object target, OutputStage stage) {
    return residual.equals(target)
        && Container.of(stage.residual()) == Container.of(stage.result());
  }
}
