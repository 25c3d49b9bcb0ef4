package io.fixlane.kernels.tiles.kernel;

/** Which activation a step of a micro-kernel multiplies by. */
public enum Access {
  /** The one at the step's place in its run, before all columns. */
  BROADCAST,
  /** The same in a transposed matrix, where steps lie {@code aStride} apart. */
  STRIDED,
  /**
   * The same, and the steps of the panel lie {@code panelStride} apart and its runs where
   * {@code panelBase} says: it may be the patches of an image, which lie over each other.
   */
  SLIDING,
  /** A vector of them, one for each column, as in a depthwise convolution; runs have one step. */
  LANEWISE
}
