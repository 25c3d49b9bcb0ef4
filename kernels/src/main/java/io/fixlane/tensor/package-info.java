/**
 * Packed words. In go numbers, or words in arrays and segments; out come tensors that know their
 * format and shape, and views of them. Begin with {@link io.fixlane.tensor.FixedTensor}.
 *
 * <p>An argument that is null without being {@code @Nullable} gives a
 * {@link NullPointerException} whose message is the parameter's name; one that breaks another rule
 * an {@link IllegalArgumentException} that says the rule.
 */
package io.fixlane.tensor;
