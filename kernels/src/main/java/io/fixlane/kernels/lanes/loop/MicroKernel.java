package io.fixlane.kernels.lanes.loop;

/** Computes one tile; {@link Tile} says what from. */
public interface MicroKernel {
  /** Computes the tile. Nothing is checked but the bounds of the arrays. */
  void multiply(Tile tile);
}
