/**
 * Sums of products of a layer. In go a specification with weights, and then activations; out come
 * blocks of sums, handed to what casts them. Begin with {@link io.fixlane.kernels.tiles.Products}.
 */
package io.fixlane.kernels.tiles;
