package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;

/** Makes products whose sums are planned. */
public final class Products {
  private Products() {}

  /**
   * Returns the product of the rows of a matrix with the weights of a plan.
   *
   * @param plan the plan
   * @param activations the format of the matrix
   * @param k its columns
   * @param n the columns of the weights
   */
  public static Product ofMatrix(SumPlan plan, FixedFormat activations, int k, int n) {
    int group = plan.table() == null ? 1 : plan.table().group();
    int words = plan.chunkEnds()[0];
    int rowBytes = words * (plan.table() == null ? plan.unit().lane().bytes() : plan.bits() / 8);
    Rows rows = new MatrixRows(
        Container.of(activations), activations.signed(), plan.unit().lane(), k,
        plan.weights().steps() * group, rowBytes);
    return new Product(
        plan, plan.table() == null ? rows : new TableRows(rows, plan.table(), plan.bits()), n);
  }
}
