package io.fixlane.kernels.tiles.pack;

/**
 * Weights with zeros after each cell of steps, so that a group of steps does not cross from one
 * cell into the next: the channels of one pixel, a run, or a whole column.
 *
 * @param weights the weights
 * @param cell the steps of a cell; k is a multiple of it
 * @param padded the steps of a padded cell
 */
public record PaddedMatrix(WeightMatrix weights, int cell, int padded) implements WeightMatrix {

  @Override
  public int k() {
    return weights.k() / cell * padded;
  }

  @Override
  public int n() {
    return weights.n();
  }

  @Override
  public long at(int k, int n) {
    int place = k % padded;
    return place < cell ? weights.at(k / padded * cell + place, n) : 0;
  }

  /** Returns the place of a word; zeros have none. */
  @Override
  public long index(int k, int n) {
    return weights.index(k / padded * cell + k % padded, n);
  }
}
