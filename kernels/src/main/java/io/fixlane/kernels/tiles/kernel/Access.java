package io.fixlane.kernels.tiles.kernel;

/** Which activation a step of a micro-kernel multiplies by. */
public enum Access {
  /** The one at the step's place in its run, before all columns. */
  BROADCAST,
  /** The same in a transposed matrix, where steps lie {@code aStride} apart. */
  STRIDED,
  /** A vector of them, one for each column, as in a depthwise convolution; runs have one step. */
  LANEWISE
}
