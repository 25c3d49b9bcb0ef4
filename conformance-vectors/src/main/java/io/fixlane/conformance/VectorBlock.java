package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * A block of a vector file without its expected words: an operation and its operands.
 *
 * @param operation what is computed
 * @param x the first operand
 * @param y the second operand, or null where the operation takes none
 * @param bias where the sums of a layer start, or null for 0
 * @param accumulator the format of a layer's sums, or null where the operation takes none
 * @param line the number of the {@code op} line, from 1; 0 for a block that comes from no file
 */
public record VectorBlock(
    Operation operation,
    Words x,
    @Nullable Words y,
    @Nullable Words bias,
    @Nullable FixedFormat accumulator,
    long line) {

  /**
   * Makes a block.
   *
   * @throws IllegalArgumentException if an operand is missing, needless, of another type or another
   *     number of words than the operation takes, or has more of them than a line holds, or a word
   *     that has no meaning in it: a zero divisor, a NaN
   */
  public VectorBlock {
    BlockRules.check(operation, x, y, bias, accumulator);
  }

  /** Returns how many words each expected line of this block has. */
  public int resultSize() {
    return operation.signature().zWords(x.size());
  }
}
