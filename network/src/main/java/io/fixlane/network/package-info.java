/**
 * Integer networks: in come layers, or a file, and samples; out go the words that the same loops
 * give in HLS code, a file, or an explanation. {@link io.fixlane.network.NetworkBuilder} makes a
 * {@link io.fixlane.network.Network} layer by layer, which is where to start; {@link
 * io.fixlane.network.layer} says what a layer is, and planning, running and the content of files
 * are behind it.
 *
 * <p>An argument that is null without being {@code @Nullable} gives a {@link NullPointerException}
 * whose message is the parameter's name; one that breaks another rule an
 * {@link IllegalArgumentException} that says the rule.
 */
package io.fixlane.network;
