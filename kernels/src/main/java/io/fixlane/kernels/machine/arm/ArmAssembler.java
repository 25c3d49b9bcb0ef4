package io.fixlane.kernels.machine.arm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes AArch64 code: the instructions that dot products need, and no others. Each method is an
 * instruction of that name, with the destination first; vector instructions are those of
 * {@link ArmVectorAssembler}. Offsets are bytes.
 */
public final class ArmAssembler {
  private static final int B = 0x1400_0000;
  private static final int B_EQ = 0x5400_0000;
  private static final int B_NE = 0x5400_0001;
  private static final int B_LT = 0x5400_000B;
  private static final int B_GE = 0x5400_000A;

  private int[] code = new int[256];
  private int size;
  private final ArmVectorAssembler vectors = new ArmVectorAssembler(this);

  /** Makes an assembler of no code. */
  public ArmAssembler() {}

  /** Returns what writes vector instructions into the same code. */
  public ArmVectorAssembler vectors() {
    return vectors;
  }

  /** Returns the code. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(size * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(code, 0, size);
    return bytes.array();
  }

  /** Copies a register. */
  public void mov(X to, X from) {
    write(0xAA00_03E0 | from.number() << 16 | to.number());
  }

  /** Reads 64 bits. */
  public void ldr(X to, X base, int offset) {
    memory(0xF940_0000, to.number(), base, offset, Long.BYTES);
  }

  /** Writes 64 bits. */
  public void str(X from, X base, int offset) {
    memory(0xF900_0000, from.number(), base, offset, Long.BYTES);
  }

  /** Reads 32 bits and extends their sign. */
  public void ldrsw(X to, X base, int offset) {
    memory(0xB980_0000, to.number(), base, offset, Integer.BYTES);
  }

  /** Adds a constant of 0 to 4095. */
  public void add(X to, X x, int constant) {
    constant(0x9100_0000, to, x, constant);
  }

  /** Adds a constant of 0 to 4095, and compares the sum with 0. */
  public void adds(X to, X x, int constant) {
    constant(0xB100_0000, to, x, constant);
  }

  /** Subtracts a constant of 0 to 4095. */
  public void sub(X to, X x, int constant) {
    constant(0xD100_0000, to, x, constant);
  }

  /** Subtracts a constant of 0 to 4095, and compares the difference with 0. */
  public void subs(X to, X x, int constant) {
    constant(0xF100_0000, to, x, constant);
  }

  /** Adds a register, shifted to the left. */
  public void add(X to, X x, X y, int shift) {
    write(0x8B00_0000 | y.number() << 16 | range("shift", shift, 63) << 10 | x.number() << 5
        | to.number());
  }

  /** Jumps. */
  public void b(ArmLabel to) {
    jump(B, to);
  }

  /** Jumps where what was compared is 0. */
  public void beq(ArmLabel to) {
    jump(B_EQ, to);
  }

  /** Jumps where what was compared is not 0. */
  public void bne(ArmLabel to) {
    jump(B_NE, to);
  }

  /** Jumps where what was compared is less than 0. */
  public void blt(ArmLabel to) {
    jump(B_LT, to);
  }

  /** Jumps where what was compared is not less than 0. */
  public void bge(ArmLabel to) {
    jump(B_GE, to);
  }

  /** Makes this the place of a label. */
  public void bind(ArmLabel label) {
    label.place = size;
    label.jumps.forEach(jump -> fill(jump, label));
  }

  /** Returns to the caller. */
  public void ret() {
    write(0xD65F_03C0);
  }

  /** Appends an instruction. */
  void write(int instruction) {
    if (size == code.length) {
      code = Arrays.copyOf(code, 2 * size);
    }
    code[size++] = instruction;
  }

  /** Appends an instruction that reads or writes so many bytes of memory. */
  void memory(int instruction, int register, X base, int offset, int bytes) {
    write(instruction | place(offset, bytes, 4095) << 10 | base.number() << 5 | register);
  }

  /** Returns an offset as instructions count it. */
  static int place(int offset, int bytes, int largest) {
    if (offset % bytes != 0) {
      throw new IllegalArgumentException(
          "offset is " + offset + ": it must be a multiple of " + bytes);
    }
    return range("offset / " + bytes, offset / bytes, largest);
  }

  /** Returns a number that an instruction has room for. */
  static int range(String name, int value, int largest) {
    if (value < 0 || value > largest) {
      throw new IllegalArgumentException(
          name + " is " + value + ": an instruction has room for 0 to " + largest);
    }
    return value;
  }

  private void constant(int instruction, X to, X x, int constant) {
    write(instruction | range("constant", constant, 4095) << 10 | x.number() << 5 | to.number());
  }

  private void jump(int instruction, ArmLabel to) {
    to.jumps.add(size);
    write(instruction);
    if (to.place != ArmLabel.UNBOUND) {
      fill(size - 1, to);
    }
  }

  /** Writes the distance of a jump, of 26 bits, or of 19 where it depends on a comparison. */
  private void fill(int jump, ArmLabel label) {
    int distance = label.place - jump;
    code[jump] |= code[jump] == B ? distance & 0x3FF_FFFF : (distance & 0x7_FFFF) << 5;
  }
}
