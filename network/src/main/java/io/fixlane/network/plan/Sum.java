package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;

/**
 * How the branches of a block meet.
 *
 * @param relu whether a negative sum becomes 0
 * @param plan the plan of the sum
 */
record Sum(boolean relu, Elementwise plan) {
  static Sum of(boolean relu, FixedFormat a, FixedFormat b, FixedFormat result) {
    return new Sum(relu, relu
        ? Elementwise.residualAdd(a, b, result)
        : Elementwise.add(a, b, result));
  }
}
