package io.fixlane.kernels.machine;

/** The general registers of x86-64, in the order of their numbers. */
public enum Register {
  /** Number 0. */
  RAX,
  /** Number 1. */
  RCX,
  /** Number 2. */
  RDX,
  /** Number 3. */
  RBX,
  /** Number 4, the stack pointer. */
  RSP,
  /** Number 5. */
  RBP,
  /** Number 6. */
  RSI,
  /** Number 7. */
  RDI,
  /** Number 8. */
  R8,
  /** Number 9. */
  R9,
  /** Number 10. */
  R10,
  /** Number 11. */
  R11,
  /** Number 12. */
  R12,
  /** Number 13. */
  R13,
  /** Number 14. */
  R14,
  /** Number 15. */
  R15;

  /** Returns the memory at this register's address. */
  public Address at() {
    return at(0);
  }

  /** Returns the memory so many bytes behind this register's address. */
  public Address at(int displacement) {
    return new Address(this, null, 1, displacement);
  }

  /**
   * Returns the memory at this register's address plus an index.
   *
   * @param index the register of the index, not {@link #RSP}
   * @param scale the bytes of a step of the index: 1, 2, 4 or 8
   */
  public Address at(Register index, int scale) {
    return new Address(this, index, scale, 0);
  }
}
