/**
 * What loops work on. In go formats; out come containers, operands with their shifts, species of
 * vectors, and 128-bit and bit-packed words. Begin with
 * {@link io.fixlane.kernels.lanes.Container}.
 */
package io.fixlane.kernels.lanes;
