/**
 * The operations that cast, and the loops of their gradients: in come floats, a format and the
 * gradients of what was cast; out go values of the format, gradients of the numbers, and that of
 * the binary point. {@link io.fixlane.autograd.fixed.cast.CastOp} is where to start, with {@link
 * io.fixlane.autograd.fixed.cast.CastPlan}, which casts by the kernels, and {@link
 * io.fixlane.autograd.fixed.cast.CastMask}, which knows where there is no overflow.
 */
package io.fixlane.autograd.fixed.cast;
