/**
 * Trainable fixed-point arithmetic, after "Trainable Fixed-Point Quantization for Deep Learning
 * Acceleration on FPGAs" (arXiv 2401.17544): casts and layers whose forward pass is bit for bit
 * that of the kernels, and whose gradients are those of a straight-through estimator. In go a float
 * network and how it is to be quantized; out come its fixed-point twin, which trains on, and a
 * network of integers, word for word. Begin with {@link io.fixlane.autograd.fixed.Qfx}, or with
 * {@link io.fixlane.autograd.fixed.FixedCast} to put layers together by hand.
 */
package io.fixlane.autograd.fixed;
