/**
 * Reverse-mode differentiation: tensors, the tape that records what is computed on them, and the
 * operations, each with its forward and its backward rule side by side.
 */
package io.fixlane.autograd;
