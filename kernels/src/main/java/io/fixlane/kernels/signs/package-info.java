/**
 * Products of signs, a bit each. In go rows of signs; sums are formed by xor and popcount, and come
 * out as words or, held against thresholds, as signs. Begin with
 * {@link io.fixlane.kernels.signs.BinaryProduct}.
 */
package io.fixlane.kernels.signs;
