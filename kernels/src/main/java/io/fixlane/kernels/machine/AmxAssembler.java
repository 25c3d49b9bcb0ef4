package io.fixlane.kernels.machine;

/**
 * Writes instructions of AMX. Its eight registers hold matrices: of 16 rows of 64 bytes each, or
 * less as a configuration has it. An assembler has one.
 */
public final class AmxAssembler {
  /** The registers. */
  public static final int REGISTERS = 8;

  private static final int MAP_0F38 = 2;
  private static final int PREFIX_NONE = 0;
  private static final int PREFIX_66 = 1;
  private static final int PREFIX_F3 = 2;
  private static final int PREFIX_F2 = 3;

  private final CodeBuffer code;
  private final ModRm operands;

  AmxAssembler(CodeBuffer code, ModRm operands) {
    this.code = code;
    this.operands = operands;
  }

  /** Reads how many rows and bytes each register has, 64 bytes, and sets all to 0. */
  public void ldtilecfg(Address from) {
    memory(PREFIX_NONE, 0x49, 0, from);
  }

  /** Gives all registers back, so that nobody need save them. */
  public void tilerelease() {
    prefix(PREFIX_NONE, 0, 0, 0);
    code.bytes(0x49, 0xC0);
  }

  /** Sets a register to 0. */
  public void tilezero(int to) {
    prefix(PREFIX_F2, 0, 0, 0);
    code.bytes(0x49);
    operands.registers(register(to), 0);
  }

  /** Reads a matrix from an address with an index, which is from one of its rows to the next. */
  public void tileloadd(int to, Address from) {
    memory(PREFIX_F2, 0x4B, to, from);
  }

  /** Writes a matrix to an address with an index, which is from one of its rows to the next. */
  public void tilestored(Address to, int from) {
    memory(PREFIX_F3, 0x4B, from, to);
  }

  /**
   * Adds to each sum of 32 bits the products of a row of unsigned bytes with a column of signed
   * ones. Row k of the weights has four bytes for each column, which meet bytes 4 k to 4 k + 3.
   *
   * @param sums 16 rows of 16 sums
   * @param rows 16 rows of 64 bytes
   * @param weights 16 rows of four bytes for each of 16 columns
   */
  public void tdpbusd(int sums, int rows, int weights) {
    prefix(PREFIX_66, register(weights), 0, 0);
    code.bytes(0x5E);
    operands.registers(register(sums), register(rows));
  }

  private void memory(int prefix, int opcode, int register, Address address) {
    int index = address.index() == null ? 0 : address.index().ordinal() >> 3;
    prefix(prefix, 0, index, address.base().ordinal() >> 3);
    code.bytes(opcode);
    operands.memory(register(register), address, 1);
  }

  private void prefix(int prefix, int second, int index, int base) {
    code.bytes(0xC4, 0x80 | (~index & 1) << 6 | (~base & 1) << 5 | MAP_0F38,
        (~second & 15) << 3 | prefix);
  }

  private static int register(int number) {
    if (number < 0 || number >= REGISTERS) {
      throw new IllegalArgumentException(
          "number is " + number + ": there are " + REGISTERS + " registers of matrices");
    }
    return number;
  }
}
