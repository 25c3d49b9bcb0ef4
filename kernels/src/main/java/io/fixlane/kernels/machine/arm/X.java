package io.fixlane.kernels.machine.arm;

/**
 * A general register of 64 bits. Number 31 is the stack pointer as the base of an address and where
 * a constant is added or subtracted; elsewhere it is 0.
 *
 * @param number 0 to 31, without the one that is the system's
 */
public record X(int number) {
  /** The stack pointer. */
  public static final X SP = new X(31);

  private static final int PLATFORM = 18;

  /** Requires a register that code may use on every system. */
  public X {
    if (number < 0 || number > 31 || number == PLATFORM) {
      throw new IllegalArgumentException(
          "number is " + number + ": it must be 0 to 31, and not " + PLATFORM);
    }
  }
}
