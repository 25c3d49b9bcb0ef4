/**
 * Loops over elements, and micro-kernels that cast at every step. In go an operation, its operands
 * and a cast's recipe; out comes a scalar or vector loop that is compiled for them alone. Begin
 * with {@link io.fixlane.kernels.lanes.loop.Loops}.
 */
package io.fixlane.kernels.lanes.loop;
