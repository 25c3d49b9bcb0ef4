/**
 * Layers: operations with their parameters and statistics, which compose to networks. In go a tape
 * and a tensor; out comes what the layer makes of it, recorded for its gradient. Begin with
 * {@link io.fixlane.autograd.layers.TapeLayer}.
 */
package io.fixlane.autograd.layers;
