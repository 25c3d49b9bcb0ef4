/**
 * Micro-kernels. In goes the shape of a tile, a unit and its registers; out comes a class that is
 * written for it and multiplies one tile. Begin with
 * {@link io.fixlane.kernels.tiles.kernel.Unit}, the list of units and all that one says of itself,
 * and {@link io.fixlane.kernels.tiles.kernel.TileWriter}.
 */
package io.fixlane.kernels.tiles.kernel;
