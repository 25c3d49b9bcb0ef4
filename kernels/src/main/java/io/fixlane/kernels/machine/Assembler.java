package io.fixlane.kernels.machine;

/**
 * Writes x86-64 code: the instructions that dot products need, and no others. Each method is an
 * instruction of that name, with the destination first, as Intel writes it; vector instructions are
 * those of {@link VectorAssembler}, and those of matrices of {@link AmxAssembler}.
 */
public final class Assembler {
  private static final int REX = 0x40;
  private static final int REX_W = 8;
  private static final int ESCAPE = 0x0F;

  private final CodeBuffer code = new CodeBuffer();
  private final ModRm operands = new ModRm(code);
  private final VectorAssembler vectors = new VectorAssembler(code, operands);
  private final AmxAssembler matrices = new AmxAssembler(code, operands);

  /** Makes an assembler of no code. */
  public Assembler() {}

  /** Returns what writes vector instructions into the same code. */
  public VectorAssembler vectors() {
    return vectors;
  }

  /** Returns what writes instructions of matrices into the same code. */
  public AmxAssembler matrices() {
    return matrices;
  }

  /** Returns the code. */
  public byte[] toBytes() {
    return code.toBytes();
  }

  /** Copies a register. */
  public void mov(Register to, Register from) {
    registers(0x89, from, to);
  }

  /** Reads 64 bits. */
  public void mov(Register to, Address from) {
    memory(0x8B, to.ordinal(), from);
  }

  /** Writes 64 bits. */
  public void mov(Address to, Register from) {
    memory(0x89, from.ordinal(), to);
  }

  /** Writes 32 bits. */
  public void movl(Address to, Register from) {
    rex(0, from.ordinal(), to);
    code.bytes(0x89);
    operands.memory(from.ordinal(), to, 1);
  }

  /** Reads 32 bits and extends their sign. */
  public void movsxd(Register to, Address from) {
    memory(0x63, to.ordinal(), from);
  }

  /** Computes an address. */
  public void lea(Register to, Address from) {
    memory(0x8D, to.ordinal(), from);
  }

  /** Adds a register. */
  public void add(Register to, Register from) {
    registers(0x01, from, to);
  }

  /** Adds 64 bits of memory. */
  public void add(Register to, Address from) {
    memory(0x03, to.ordinal(), from);
  }

  /** Adds a constant of 32 bits, not to {@link Register#RAX}. */
  public void add(Register to, int constant) {
    constant(0, to, constant);
  }

  /** Subtracts a constant of 8 bits from 64 bits of memory. */
  public void sub(Address from, int constant) {
    memory(0x83, 5, from);
    code.bytes(constant);
  }

  /** Compares registers. */
  public void cmp(Register left, Register right) {
    registers(0x39, right, left);
  }

  /** Compares a register with 64 bits of memory. */
  public void cmp(Register left, Address right) {
    memory(0x3B, left.ordinal(), right);
  }

  /** Compares a register, not {@link Register#RAX}, with a constant of 32 bits. */
  public void cmp(Register left, int constant) {
    constant(7, left, constant);
  }

  /** Compares 64 bits of memory with a constant of 8 bits. */
  public void cmp(Address left, int constant) {
    memory(0x83, 7, left);
    code.bytes(constant);
  }

  /** Compares 32 bits of memory with a constant of 8 bits. */
  public void cmpl(Address left, int constant) {
    rex(0, 7, left);
    code.bytes(0x83);
    operands.memory(7, left, 1);
    code.bytes(constant);
  }

  /** Sets a register to 0. */
  public void clear(Register register) {
    int number = register.ordinal();
    if (number > 7) {
      code.bytes(REX | number >> 3 << 2 | number >> 3);
    }
    code.bytes(0x31);
    operands.registers(number, number);
  }

  /** Jumps. */
  public void jmp(Label to) {
    code.bytes(0xE9);
    to.jump(code);
  }

  /** Jumps where what was compared is equal, or a difference is 0. */
  public void je(Label to) {
    code.bytes(ESCAPE, 0x84);
    to.jump(code);
  }

  /** Jumps where what was compared differs, or a difference is not 0. */
  public void jne(Label to) {
    code.bytes(ESCAPE, 0x85);
    to.jump(code);
  }

  /** Makes this the place of a label. */
  public void bind(Label label) {
    label.bind(code);
  }

  /** Puts a register on the stack. */
  public void push(Register register) {
    stack(0x50, register);
  }

  /** Takes a register from the stack. */
  public void pop(Register register) {
    stack(0x58, register);
  }

  /** Returns to the caller. */
  public void ret() {
    code.bytes(0xC3);
  }

  /** Asks the processor what it is: the question in EAX and ECX, the answer in EAX to EDX. */
  public void cpuid() {
    code.bytes(ESCAPE, 0xA2);
  }

  /** Asks which registers the operating system saves: the answer in EAX and EDX. */
  public void xgetbv() {
    code.bytes(ESCAPE, 0x01, 0xD0);
  }

  private void constant(int operation, Register register, int constant) {
    boolean one = constant == (byte) constant;
    code.bytes(REX | REX_W | register.ordinal() >> 3, one ? 0x83 : 0x81);
    operands.registers(operation, register.ordinal());
    if (one) {
      code.bytes(constant);
    } else {
      code.int32(constant);
    }
  }

  private void stack(int opcode, Register register) {
    if (register.ordinal() > 7) {
      code.bytes(REX | 1);
    }
    code.bytes(opcode | register.ordinal() & 7);
  }

  private void registers(int opcode, Register reg, Register rm) {
    code.bytes(REX | REX_W | reg.ordinal() >> 3 << 2 | rm.ordinal() >> 3, opcode);
    operands.registers(reg.ordinal(), rm.ordinal());
  }

  private void memory(int opcode, int reg, Address address) {
    rex(REX_W, reg, address);
    code.bytes(opcode);
    operands.memory(reg, address, 1);
  }

  /** Writes the prefix with the high bits of registers, unless it would say nothing. */
  private void rex(int wide, int reg, Address address) {
    int index = address.index() == null ? 0 : address.index().ordinal();
    int prefix = wide | reg >> 3 << 2 | index >> 3 << 1 | address.base().ordinal() >> 3;
    if (prefix != 0) {
      code.bytes(REX | prefix);
    }
  }
}
