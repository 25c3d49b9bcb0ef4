/**
 * The command {@code fixlane words}: in comes a file of words of any kind, out go what they are as
 * text, and a file of another kind. A {@link io.fixlane.cli.words.FileKind} opens a
 * {@link io.fixlane.cli.words.WordSource} and a {@link io.fixlane.cli.words.WordSink}, which hold a
 * word at a time; {@link io.fixlane.cli.words.WordStatistics} is what is told of words here and by
 * {@code fixlane show}. {@link io.fixlane.cli.words.WordsCommand} is where to start to read.
 */
@NullMarked
package io.fixlane.cli.words;

import org.jspecify.annotations.NullMarked;
