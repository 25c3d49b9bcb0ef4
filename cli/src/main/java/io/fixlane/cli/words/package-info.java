/**
 * The command {@code fixlane words}: in comes a file of words of any kind, out go what they are as
 * text, and a file of another kind, a word at a time, through the sources and sinks of the package
 * {@code file}. {@link io.fixlane.cli.words.WordsCommand} is where to start to read.
 */
@NullMarked
package io.fixlane.cli.words;

import org.jspecify.annotations.NullMarked;
