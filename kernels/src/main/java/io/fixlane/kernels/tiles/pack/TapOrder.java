package io.fixlane.kernels.tiles.pack;

/** In which order the taps of a convolution are summed, and so how they lie in runs. */
public enum TapOrder {
  /** Kernel rows, then columns, then channels: the channels of neighbouring taps are one run. */
  RUNS,
  /** Channels, then kernel rows, then columns, as the HLS loop has them: each tap is a run. */
  STEPS,
  /** Kernel rows, then columns; each column of the sums has a channel of its own. */
  LANEWISE
}
