package io.fixlane.kernels.signs;

/**
 * Computes one tile of dot products of signs, each a bit; {@link BinaryTile} says what from.
 *
 * <p>Where two bits differ the product is -1, else +1: a dot product of k signs is k - 2
 * popcount(a ^ w). The bits that pad the last word are 0 on both sides and differ nowhere.
 */
public interface BinaryKernel {
  /** The rows of a tile. */
  int ROWS = 4;

  /** Returns the columns of a tile. */
  int columns();

  /** Computes the tile. Nothing is checked but the bounds of the arrays. */
  void multiply(BinaryTile tile);

  /** Returns the kernel for vectors of a size in bits, or 0 for scalar loops. */
  static BinaryKernel of(int vectorBits) {
    return vectorBits == 0
        ? new ScalarBinaryKernel()
        : new VectorBinaryKernel.Data(vectorBits).kernel();
  }
}
