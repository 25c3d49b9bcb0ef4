/**
 * Labelled images. In go files, as IDX and CSV have them, or the digits that are part of this
 * module; out come data sets, checked whole, and their batches in an order that a seed decides.
 * Begin with {@link io.fixlane.autograd.data.Dataset}.
 */
package io.fixlane.autograd.data;
