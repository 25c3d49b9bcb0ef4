/**
 * Loops over arrays of floats, which operations are made of: rows of channels, matrices and their
 * products, patches and taps of windows. In come arrays and how to see them, out go arrays of the
 * memory that {@link io.fixlane.autograd.arrays.Scratch} lends; nothing here knows tensors or
 * gradients. {@link io.fixlane.autograd.arrays.Rows} is where to start.
 */
package io.fixlane.autograd.arrays;
