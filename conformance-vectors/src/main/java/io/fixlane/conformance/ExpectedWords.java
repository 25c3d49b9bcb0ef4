package io.fixlane.conformance;

/**
 * A {@code z} line: the words that a block must give in one format.
 *
 * @param words the words
 * @param line the number of the line, from 1
 */
public record ExpectedWords(Words words, long line) {}
