package io.fixlane.kernels.tiles.plan;

/** Why a unit cannot form the sums of a product. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String reason) {
    super(reason);
  }
}
