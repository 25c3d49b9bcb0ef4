/**
 * Trainable fixed-point arithmetic, after "Trainable Fixed-Point Quantization for Deep Learning
 * Acceleration on FPGAs" (arXiv 2401.17544): casts and layers whose forward pass is bit for bit
 * that of the kernels, and whose gradients are those of a straight-through estimator.
 */
package io.fixlane.autograd.fixed;
