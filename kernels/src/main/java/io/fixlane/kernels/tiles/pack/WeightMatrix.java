package io.fixlane.kernels.tiles.pack;

/** The weights of a product, k x n raw words. */
public interface WeightMatrix {
  /** Returns the number of products in a sum. */
  int k();

  /** Returns the number of sums. */
  int n();

  /** Returns the raw word of step k for column n. */
  long at(int k, int n);

  /** Returns the place of that word in the tensor of all weights. */
  long index(int k, int n);
}
