/**
 * Formats, words and exact numbers as text: in come what a user has typed and what was computed,
 * out go formats and lines of bounded length. {@link io.fixlane.cli.text.FormatText} reads, {@link
 * io.fixlane.cli.text.ExactText} and {@link io.fixlane.cli.text.BitText} write.
 */
package io.fixlane.cli.text;
