package io.fixlane.kernels.machine.arm;

/**
 * A vector register of 128 bits.
 *
 * @param number 0 to 31
 */
public record V(int number) {
  /** Requires a register that there is. */
  public V {
    if (number < 0 || number > 31) {
      throw new IllegalArgumentException("number is " + number + ": it must be 0 to 31");
    }
  }
}
