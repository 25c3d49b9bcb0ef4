package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R14;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;
import static io.fixlane.kernels.machine.Register.RSP;

import java.util.List;

/**
 * How a function is called: where its arguments are, and which registers it must leave as they
 * were. Between {@link #enter} and {@link #leave} its arguments are in {@link #ARGUMENTS}, and it
 * may use all registers but the stack pointer, whatever the system.
 */
public enum Abi {
  /** Linux, macOS and others. */
  SYSTEM_V(List.of(RBX, RBP, R12, R13, R14, R15), 0, 8),
  /** Windows, where vectors 6 to 15 are the caller's too, in their lower 128 bits. */
  WINDOWS(List.of(RBX, RBP, RDI, RSI, R12, R13, R14, R15), 10, 40);

  /** Where code between enter and leave has the arguments, pointers or integers. */
  public static final List<Register> ARGUMENTS = List.of(RDI, RSI, RDX, RCX, R8, R9, RBP);

  private static final int FIRST_SAVED_VECTOR = 6;
  private static final int VECTOR_BITS = 128;
  private static final int VECTOR_BYTES = 16;

  private final List<Register> saved;
  private final int savedVectors;
  private final int stackArguments;

  Abi(List<Register> saved, int savedVectors, int stackArguments) {
    this.saved = saved;
    this.savedVectors = savedVectors;
    this.stackArguments = stackArguments;
  }

  /** Returns what this system calls by. */
  public static Abi own() {
    return OperatingSystem.own() == OperatingSystem.WINDOWS ? WINDOWS : SYSTEM_V;
  }

  /**
   * Saves the caller's registers, and brings seven arguments to their places.
   *
   * @param vectors how many vector registers are used, from the first on
   */
  public void enter(Assembler code, int vectors) {
    saved.forEach(code::push);
    int vectorBytes = savedVectors(vectors) * VECTOR_BYTES;
    if (vectorBytes > 0) {
      code.add(RSP, -vectorBytes);
    }
    for (int i = 0; i < savedVectors(vectors); i++) {
      code.vectors().vmovdqu(RSP.at(i * VECTOR_BYTES), vector(i));
    }
    int onStack = vectorBytes + saved.size() * Long.BYTES + stackArguments;
    if (this == WINDOWS) {
      code.mov(RDI, RCX);
      code.mov(RSI, RDX);
      code.mov(RDX, R8);
      code.mov(RCX, R9);
      code.mov(R8, RSP.at(onStack));
      code.mov(R9, RSP.at(onStack + Long.BYTES));
      onStack += 2 * Long.BYTES;
    }
    code.mov(RBP, RSP.at(onStack));
  }

  /** Gives the caller its registers back, and returns. */
  public void leave(Assembler code, int vectors) {
    int used = savedVectors(vectors);
    if (vectors > 0) {
      code.vectors().vzeroupper();
    }
    for (int i = 0; i < used; i++) {
      code.vectors().vmovdqu(vector(i), RSP.at(i * VECTOR_BYTES));
    }
    if (used > 0) {
      code.add(RSP, used * VECTOR_BYTES);
    }
    saved.reversed().forEach(code::pop);
    code.ret();
  }

  private int savedVectors(int used) {
    return Math.clamp(used - FIRST_SAVED_VECTOR, 0, savedVectors);
  }

  private static Vector vector(int i) {
    return new Vector(FIRST_SAVED_VECTOR + i, VECTOR_BITS);
  }
}
