package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.kernels.signs.BinaryWork;
import io.fixlane.kernels.signs.SignBits;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The plan that takes the signs of words into bits: -1 where a word is negative, else +1, so that 0
 * counts as +1, and every word of an unsigned format does. Here is where the activations of a
 * binarised network become bits.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate.
 *
 * {@snippet class="io.fixlane.kernels.example.BinaryGemmExample" region="signs"}
 */
public final class Signs {
  /**
   * The format of a sign as a word: 0 is +1 and -1 is -1, so that it is the sign bit of the word
   * that it is taken of, and its own sign.
   */
  public static final FixedFormat WORD = FixedFormat.signed(1, 1);

  private final FixedFormat format;
  private final Plan cast;

  private Signs(FixedFormat format) {
    this.format = format;
    // A sign does not depend on the binary point, and that of integers can be moved by a bit.
    FixedFormat integers = format.withIntegerBits(format.width());
    this.cast = Exact.unary(Operation.COPY, integers, integers)
        .plan(SignBits.format(integers), false);
  }

  /**
   * Plans the signs of words of a format.
   *
   * @throws IllegalArgumentException if the format is wider than 64 bits
   */
  public static Signs of(FixedFormat format) {
    Objects.requireNonNull(format, "format");
    return new Signs(format);
  }

  /**
   * Takes the signs of a whole tensor.
   *
   * @param x the words
   * @param target as many signs, in the same row-major order
   * @throws IllegalArgumentException if the tensor has another format than the plan, or sizes do
   *     not agree
   */
  public void run(FixedTensor x, BitMatrix target) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    Plan.requireFormat("x", x, format);
    int columns = target.columns();
    if (x.size() != (long) target.rows() * columns) {
      throw new IllegalArgumentException("x has " + x.size() + " words: target has "
          + target.rows() + " x " + columns + " signs");
    }
    BinaryWork work = BinaryWork.own();
    for (int row = 0; row < target.rows(); row++) {
      pack(work, x.segment(), (long) row * columns, columns, target.signs().words(),
          row * target.signs().rowWords());
    }
  }

  /** Packs the signs of a row of words. */
  void pack(BinaryWork work, MemorySegment words, long first, int columns, long[] bits,
      int offset) {
    int wordBytes = Container.of(format).bytes();
    int count;
    for (int column = 0; column < columns; column += count) {
      count = Math.min(BinaryWork.SIGNS, columns - column);
      cast.compute(words, (first + column) * wordBytes, work.signBytes, 0, count, null);
      SignBits.pack(work.signs, count, bits, offset + column / Long.SIZE);
    }
  }

  /** Returns what the plan does and how. */
  @Override
  public String toString() {
    return "signs of " + format + ": " + cast.explain();
  }
}
