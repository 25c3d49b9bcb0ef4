/**
 * Reverse-mode differentiation: in come tensors, out go what {@link io.fixlane.autograd.Tape}
 * computes on them and the gradients of a loss. {@link io.fixlane.autograd.Operations} lists the
 * operations, each of which is an {@link io.fixlane.autograd.Op} with its forward and its backward
 * rule side by side; {@link io.fixlane.autograd.Tape} is where to start.
 */
package io.fixlane.autograd;
