package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;

/**
 * The sum of two branches.
 *
 * @param relu whether a negative sum becomes 0
 * @param plan the plan of the sum
 */
record Sum(boolean relu, Elementwise plan) implements Meeting {
  static Sum of(boolean relu, FixedFormat a, FixedFormat b, FixedFormat result) {
    return new Sum(relu, relu
        ? Elementwise.residualAdd(a, b, result)
        : Elementwise.add(a, b, result));
  }

  @Override
  public void run(FixedTensor a, FixedTensor b, FixedTensor target) {
    plan.run(a, b, target);
  }

  @Override
  public String explain() {
    return plan.explain();
  }
}
