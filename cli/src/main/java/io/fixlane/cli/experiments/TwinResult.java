package io.fixlane.cli.experiments;

/**
 * How far a batch normalisation in fixed point is from the one in float, in steps of the format of
 * its output. For gradients it is the largest difference as a part of the largest gradient.
 *
 * @param format the format of the output
 * @param width W of that
 * @param inside W of the input, the scales and the shifts
 * @param output the largest difference of an output
 * @param input of the gradient of the input
 * @param gamma of the gradient of gamma
 * @param beta of the gradient of beta
 */
record TwinResult(
    String format,
    int width,
    int inside,
    double output,
    double input,
    double gamma,
    double beta) {
  /** Returns whether the output's format alone decides how far it is. */
  boolean isWiderInside() {
    return inside > width;
  }

  /** Returns whether all are within a step. */
  boolean isWithinAStep() {
    return output <= 1 && input <= 1 && gamma <= 1 && beta <= 1;
  }
}
