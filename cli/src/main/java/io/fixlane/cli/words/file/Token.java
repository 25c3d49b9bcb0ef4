package io.fixlane.cli.words.file;

import io.fixlane.conformance.DumpNumbers;
import java.io.IOException;
import java.math.BigInteger;
import java.util.function.IntPredicate;

/**
 * A run of characters that nothing separates.
 *
 * @param text the characters
 * @param place where it begins, for messages
 */
record Token(String text, String place) {
  /** Decimals of the widest words have fewer, and so have all their bits. */
  private static final int MAX_LENGTH = 20_000;

  /** Reads a token up to the end of the text or the first character that separates. */
  static Token read(TextInput in, IntPredicate separates) throws IOException {
    String place = in.place();
    StringBuilder text = new StringBuilder();
    while (in.peek() != TextInput.END && !in.atBlank() && !separates.test(in.peek())) {
      if (text.length() == MAX_LENGTH) {
        throw in.error(
            TextInput.excerpt(text) + " goes on for more than " + MAX_LENGTH + " bytes");
      }
      text.append((char) in.take());
    }
    return new Token(text.toString(), place);
  }

  /** Returns the word that a number stands for, the index-th of a file. */
  BigInteger word(WordInput input, DumpNumbers numbers, String number, long index) {
    try {
      return numbers.word(number);
    } catch (IllegalArgumentException e) {
      throw input.refused(place, index, e);
    }
  }
}
