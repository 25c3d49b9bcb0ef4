package io.fixlane.kernels.lanes.loop;

/** Computes one tile; {@link Tile} says what from. */
public interface MicroKernel {
  /** Computes the tile. Nothing is checked but the bounds of the arrays. */
  void multiply(Tile tile);

  /**
   * Computes tiles below each other, the first of which is set.
   *
   * @param rows the rows of all of them; the last tile may have more, whose sums have room
   * @param tileRows the rows of a tile
   */
  default void multiply(Tile tile, int rows, int tileRows) {
    int row = tile.row;
    int sums = tile.sumsOffset;
    int addend = tile.addendOffset;
    for (int i = 0; i < rows; i += tileRows) {
      tile.row = row + i;
      tile.sumsOffset = sums + i * tile.sumsStride;
      tile.addendOffset = addend + i * tile.addendStride;
      multiply(tile);
    }
  }
}
