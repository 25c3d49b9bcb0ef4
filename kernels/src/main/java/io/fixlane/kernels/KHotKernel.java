package io.fixlane.kernels;

/** How a plan computes products with K-hot weights. Every kernel gives the same bits. */
public enum KHotKernel {
  /** By multiplying with the K-hot words: the fastest on a CPU, whose multipliers are there. */
  MULTIPLY,
  /** By shifting and adding in every lane, a term at a time: the mirror of the hardware. */
  SHIFT_ADD
}
