/** Packed fixed-point tensors, and the plans that compute on them. */
package io.fixlane.kernels;
