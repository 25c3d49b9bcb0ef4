/**
 * How operands lie. In go weights and rows of activations; out come weights in panels that a
 * micro-kernel reads straight on, and activations widened to lanes. Begin with
 * {@link io.fixlane.kernels.tiles.pack.PackedWeights} and
 * {@link io.fixlane.kernels.tiles.pack.Rows}.
 */
package io.fixlane.kernels.tiles.pack;
