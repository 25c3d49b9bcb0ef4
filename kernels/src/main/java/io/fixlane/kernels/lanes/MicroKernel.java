package io.fixlane.kernels.lanes;

/** Computes one tile; {@link Tile} says what from. */
public interface MicroKernel {
  /** Computes the tile. Nothing is checked but the bounds of the arrays. */
  void run(Tile tile);
}
