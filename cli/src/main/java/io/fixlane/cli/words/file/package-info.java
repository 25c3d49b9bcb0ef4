/**
 * Files of words of every kind. In go a file and what its numbers mean, or words and a file to be
 * written; a {@link io.fixlane.cli.words.file.WordSource} gives one word after the other, and a
 * {@link io.fixlane.cli.words.file.WordSink} takes them, so that no file is ever held whole. Begin
 * with {@link io.fixlane.cli.words.file.WordInput} and
 * {@link io.fixlane.cli.words.file.WordOutput}; {@link io.fixlane.cli.words.file.FileKind} has the
 * kinds.
 */
@NullMarked
package io.fixlane.cli.words.file;

import org.jspecify.annotations.NullMarked;
