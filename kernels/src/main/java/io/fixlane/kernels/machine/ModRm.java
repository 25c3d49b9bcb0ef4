package io.fixlane.kernels.machine;

/**
 * The bytes that name an instruction's operands after its opcode: ModRM, SIB and a displacement of
 * as few bytes as can be.
 */
final class ModRm {
  private static final int SIB_FOLLOWS = 4;
  private static final int MOD_DISP8 = 0x40;
  private static final int MOD_DISP32 = 0x80;
  private static final int MOD_REGISTER = 0xC0;

  private final CodeBuffer code;

  ModRm(CodeBuffer code) {
    this.code = code;
  }

  /** Writes two registers. */
  void registers(int reg, int rm) {
    code.bytes(MOD_REGISTER | (reg & 7) << 3 | rm & 7);
  }

  /**
   * Writes a register and a place in memory.
   *
   * @param unit what a displacement of one byte counts in: 1, or the bytes that an instruction with
   *     an EVEX prefix reads
   */
  void memory(int reg, Address address, int unit) {
    int base = address.base().ordinal() & 7;
    boolean sib = address.index() != null || base == Register.RSP.ordinal();
    int displacement = address.displacement();
    // RBP and R13 without a displacement would mean something else.
    boolean none = displacement == 0 && base != Register.RBP.ordinal();
    boolean one = displacement % unit == 0 && displacement / unit == (byte) (displacement / unit);
    int mod = none ? 0 : one ? MOD_DISP8 : MOD_DISP32;
    code.bytes(mod | (reg & 7) << 3 | (sib ? SIB_FOLLOWS : base));
    if (sib) {
      int index = address.index() == null ? Register.RSP.ordinal() : address.index().ordinal() & 7;
      code.bytes(Integer.numberOfTrailingZeros(address.scale()) << 6 | index << 3 | base);
    }
    if (mod == MOD_DISP8) {
      code.bytes(displacement / unit);
    } else if (mod == MOD_DISP32) {
      code.int32(displacement);
    }
  }
}
