/**
 * Networks read from ONNX models, and written as such.
 *
 * <p>An argument that is null without being {@code @Nullable} gives a
 * {@link NullPointerException} whose message is the parameter's name; one that breaks another rule
 * an {@link IllegalArgumentException} that says the rule.
 */
package io.fixlane.onnx;
