package io.fixlane.kernels.machine.arm;

/** Writes vector instructions of AArch64, on registers of 128 bits. An assembler has one. */
public final class ArmVectorAssembler {
  private static final int BYTES = 16;

  private final ArmAssembler code;

  ArmVectorAssembler(ArmAssembler code) {
    this.code = code;
  }

  /** Reads a vector. */
  public void ldr(V to, X base, int offset) {
    code.memory(0x3DC0_0000, to.number(), base, offset, BYTES);
  }

  /** Writes a vector. */
  public void str(V from, X base, int offset) {
    code.memory(0x3D80_0000, from.number(), base, offset, BYTES);
  }

  /** Reads a vector, and moves the address behind it. */
  public void ldrPost(V to, X base) {
    post(0x3CC0_0400, to, base, BYTES);
  }

  /** Reads 32 bits into the first lane, clears the others, and moves the address behind them. */
  public void ldrsPost(V to, X base) {
    post(0xBC40_0400, to, base, Integer.BYTES);
  }

  /** Writes the lower halves of two vectors, at an offset of 0 to 504. */
  public void stp(V first, V second, X base, int offset) {
    pair(0x6D00_0000, first, second, base, offset);
  }

  /** Reads the lower halves of two vectors, at an offset of 0 to 504. */
  public void ldp(V first, V second, X base, int offset) {
    pair(0x6D40_0000, first, second, base, offset);
  }

  /**
   * Adds to each lane of 32 bits four products of signed bytes: those of x, and those of one lane
   * of y.
   */
  public void sdot(V sum, V x, V y, int lane) {
    int place = ArmAssembler.range("lane", lane, 3);
    code.write(0x4F80_E000 | (place & 1) << 21 | y.number() << 16 | place >> 1 << 11
        | x.number() << 5 | sum.number());
  }

  /** Takes the exclusive or. */
  public void eor(V to, V x, V y) {
    code.write(0x6E20_1C00 | y.number() << 16 | x.number() << 5 | to.number());
  }

  /** Sets every byte to the smallest of signed ones. */
  public void movi128(V to) {
    code.write(0x4F04_E400 | to.number());
  }

  private void post(int instruction, V to, X base, int step) {
    code.write(instruction | step << 12 | base.number() << 5 | to.number());
  }

  private void pair(int instruction, V first, V second, X base, int offset) {
    int place = ArmAssembler.place(offset, Long.BYTES, 63);
    code.write(instruction | place << 15 | second.number() << 10 | base.number() << 5
        | first.number());
  }
}
