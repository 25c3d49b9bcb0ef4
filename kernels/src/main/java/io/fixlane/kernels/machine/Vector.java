package io.fixlane.kernels.machine;

/**
 * A vector register.
 *
 * @param number 0 to 15, of 512 bits to 31
 * @param bits 128, 256 or 512
 */
public record Vector(int number, int bits) {
  /** Requires a register that there is. */
  public Vector {
    if (bits != 128 && bits != 256 && bits != 512) {
      throw new IllegalArgumentException("bits is " + bits + ": it must be 128, 256 or 512");
    }
    if (number < 0 || number >= registers(bits)) {
      throw new IllegalArgumentException("number is " + number + ": of vectors of " + bits
          + " bits there are " + registers(bits));
    }
  }

  /** Returns the number of registers of so many bits. */
  public static int registers(int bits) {
    return bits == 512 ? 32 : 16;
  }

  /** Returns the size in bytes. */
  int bytes() {
    return bits / Byte.SIZE;
  }

  /** Returns what a prefix calls the size: 0, 1 or 2. */
  int length() {
    return Integer.numberOfTrailingZeros(bits) - 7;
  }
}
