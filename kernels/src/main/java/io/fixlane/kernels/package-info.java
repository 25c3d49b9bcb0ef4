/**
 * Packed fixed-point tensors, and the plans that compute on them.
 *
 * <p>An argument that is null without being {@code @Nullable} gives a
 * {@link NullPointerException} whose message is the parameter's name; one that breaks another rule
 * an {@link IllegalArgumentException} that says the rule. Either comes before anything is written.
 */
package io.fixlane.kernels;
