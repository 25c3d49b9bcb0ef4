package io.fixlane.conformance;

import java.math.BigInteger;

/**
 * One word of a line.
 *
 * @param name where it stands, such as {@code x[3]}
 * @param type what it is
 * @param raw the word; the 64 bits of a double are read as unsigned
 */
public record Word(String name, WordType type, BigInteger raw) {
  /** Returns the word as a vector file has it. */
  public String text() {
    return type.wordText(raw);
  }
}
