/**
 * How operands lie. In go weights and rows of activations; out come weights in panels that a
 * micro-kernel reads straight on, in the layout of its unit, and activations widened to lanes.
 * Begin with {@link io.fixlane.kernels.tiles.pack.PackedWeights} and
 * {@link io.fixlane.kernels.tiles.pack.Rows}.
 */
package io.fixlane.kernels.tiles.pack;
