package io.fixlane.hardware.circuit;

/**
 * A term of a sum: a variable, shifted to the left, with a sign.
 *
 * @param variable its number
 * @param shift by how many bits
 * @param negative whether it is subtracted
 */
record Term(int variable, int shift, boolean negative) {
  /** Returns whether it stands first in a pair: it is shifted less. */
  boolean before(Term other) {
    return shift < other.shift || shift == other.shift && variable < other.variable;
  }
}
