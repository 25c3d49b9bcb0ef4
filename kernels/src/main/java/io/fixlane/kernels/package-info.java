/**
 * Plans that compute on packed fixed-point tensors. In go formats, constants and shapes, which a
 * plan checks and chooses by, and then tensors, which its run computes on; out come words, the same
 * on any machine, and an explanation of the choice. Begin with {@link io.fixlane.kernels.Gemm} or
 * {@link io.fixlane.kernels.Cast}.
 *
 * <p>An argument that is null without being {@code @Nullable} gives a
 * {@link NullPointerException} whose message is the parameter's name; one that breaks another rule
 * an {@link IllegalArgumentException} that says the rule. Either comes before anything is written.
 */
package io.fixlane.kernels;
