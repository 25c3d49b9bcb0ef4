package io.fixlane.kernels.machine;

import org.jspecify.annotations.Nullable;

/**
 * A place in memory: {@code base + index * scale + displacement}.
 *
 * @param base the register of an address
 * @param index the register of an index, or null for none; never the stack pointer
 * @param scale 1, 2, 4 or 8
 * @param displacement bytes
 */
public record Address(Register base, @Nullable Register index, int scale, int displacement) {
  /** Requires what an instruction can say. */
  public Address {
    if (index == Register.RSP) {
      throw new IllegalArgumentException("index is RSP: an address has any other register there");
    }
    if (Integer.bitCount(scale) != 1 || scale < 1 || scale > 8) {
      throw new IllegalArgumentException("scale is " + scale + ": it must be 1, 2, 4 or 8");
    }
  }
}
