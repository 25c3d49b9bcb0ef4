package io.fixlane.kernels.lanes;

import io.fixlane.format.FixedFormat;

/**
 * How an operand comes into a lane.
 *
 * @param container what its words lie in
 * @param signed whether its words are sign-extended, rather than zero-extended
 * @param shift how far it is shifted left, to align binary points
 * @param scalar whether one word serves every element
 */
public record Operand(Container container, boolean signed, int shift, boolean scalar) {

  /** Returns an operand of words of a format. */
  public static Operand of(FixedFormat format, int shift, boolean scalar) {
    return new Operand(Container.of(format), format.signed(), shift, scalar);
  }

  /** Returns an operand of floating-point numbers. */
  public static Operand floating(Container container) {
    return new Operand(container, true, 0, false);
  }

  /** Returns the byte offset of element {@code index}. */
  public long at(long offset, long index) {
    return scalar ? offset : offset + index * container.bytes();
  }

  /** Extends a word, read with its sign, as the operand is signed or not. */
  public long extend(long word) {
    int zeros = Long.SIZE - container.bits();
    return signed ? word : word << zeros >>> zeros;
  }
}
