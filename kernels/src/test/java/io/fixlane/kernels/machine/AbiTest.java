package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R14;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;
import static io.fixlane.kernels.machine.Register.RSP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.kernels.fixture.NativeAccess;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Code that has entered may use every register, and its caller finds those that are its own as they
 * were, as Linux calls and as Windows does: a caller by either rule is written here, and called.
 */
@ExtendWith(NativeAccess.class)
class AbiTest {
  private static final byte[] CALL_RAX = {(byte) 0xFF, (byte) 0xD0};
  private static final int VECTORS = 10;
  private static final int VECTOR_BYTES = 16;
  // The address of the callee is the first number.
  private static final int FIRST = 1;

  @Test
  void systemV() {
    check(Abi.SYSTEM_V, List.of(RBX, RBP, R12, R13, R14, R15), List.of(RDI, RSI, RDX, RCX, R8, R9),
        0, 0);
  }

  @Test
  void windows() {
    check(Abi.WINDOWS, List.of(RBX, RBP, RDI, RSI, R12, R13, R14, R15), List.of(RCX, RDX, R8, R9),
        4 * Long.BYTES, VECTORS);
  }

  /**
   * Calls code that overwrites all registers.
   *
   * @param kept the registers that are the caller's
   * @param inRegisters where the first arguments are; the others are on the stack
   * @param shadow the bytes of the stack before those
   * @param keptVectors how many vectors are the caller's, from the sixth on
   */
  private static void check(
      Abi abi, List<Register> kept, List<Register> inRegisters, int shadow, int keptVectors) {
    assumeTrue(Processor.own().has(DotInstructions.AVX2));
    MemorySegment callee = CodeMemory.of(callee(abi));
    MemorySegment caller = CodeMemory.of(caller(kept, inRegisters, shadow, keptVectors));
    long[] numbers = LongStream.range(0, FIRST + kept.size()).map(i -> -1 - i * i).toArray();
    numbers[0] = callee.address();
    long[] vectors = LongStream.range(0, 2 * VECTORS).map(i -> 1000 + i).toArray();
    long[] expected = numbers.clone();
    long[] expectedVectors = vectors.clone();
    long[] seen = new long[Abi.ARGUMENTS.size()];
    MemorySegment array = MemorySegment.ofArray(numbers);
    MachineCall.call(caller, array, MemorySegment.ofArray(vectors), MemorySegment.ofArray(seen),
        array, array, array, array);
    assertThat(numbers).containsExactly(expected);
    assertThat(vectors).containsExactly(expectedVectors);
    // Argument i is i + 1, but for the last: where they are written.
    assertThat(LongStream.of(seen).limit(seen.length - 1))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(seen[seen.length - 1]).isNotZero();
  }

  /** Returns code that writes its arguments to where the last one points, and overwrites all. */
  private static byte[] callee(Abi abi) {
    Assembler code = new Assembler();
    abi.enter(code, 16);
    for (int i = 0; i < Abi.ARGUMENTS.size(); i++) {
      code.mov(RBP.at(i * Long.BYTES), Abi.ARGUMENTS.get(i));
    }
    for (int i = 0; i < 16; i++) {
      code.vectors().vpbroadcastd(new Vector(i, 256), RBP.at());
    }
    for (Register register : Register.values()) {
      if (register != RSP) {
        code.clear(register);
      }
    }
    abi.leave(code, 16);
    return code.toBytes();
  }

  /**
   * Returns code that is called as this system does, with numbers, vectors and where arguments are
   * to be written. It sets the registers to the numbers, calls the code whose address is the first
   * of them, and writes the registers back.
   */
  private static byte[] caller(
      List<Register> kept, List<Register> inRegisters, int shadow, int keptVectors) {
    Assembler before = new Assembler();
    Abi.own().enter(before, 16);
    int onStack = Abi.ARGUMENTS.size() - inRegisters.size();
    int frame = shadow + (onStack + 2) * Long.BYTES;
    before.add(RSP, -frame);
    // What survives the call: the places of numbers and vectors.
    before.mov(RSP.at(frame - 16), RDI);
    before.mov(RSP.at(frame - 8), RSI);
    before.mov(RSP.at(shadow + (onStack - 1) * Long.BYTES), RDX);
    for (int i = 0; i < keptVectors; i++) {
      before.vectors().vmovdqu(new Vector(6 + i, 128), RSI.at(i * VECTOR_BYTES));
    }
    before.mov(RAX, RDI.at());
    before.mov(R15, RDI);
    for (int i = inRegisters.size(); i < Abi.ARGUMENTS.size() - 1; i++) {
      before.clear(RBX);
      before.add(RBX, i + 1);
      before.mov(RSP.at(shadow + (i - inRegisters.size()) * Long.BYTES), RBX);
    }
    for (int i = 0; i < kept.size(); i++) {
      Register register = kept.get(i);
      if (register != R15) {
        before.mov(register, R15.at((FIRST + i) * Long.BYTES));
      }
    }
    for (int i = 0; i < inRegisters.size(); i++) {
      before.clear(inRegisters.get(i));
      before.add(inRegisters.get(i), i + 1);
    }
    before.mov(R15, R15.at((FIRST + kept.indexOf(R15)) * Long.BYTES));
    Assembler after = new Assembler();
    after.mov(RAX, RSP.at(frame - 16));
    for (int i = 0; i < kept.size(); i++) {
      after.mov(RAX.at((FIRST + i) * Long.BYTES), kept.get(i));
    }
    after.mov(RAX, RSP.at(frame - 8));
    for (int i = 0; i < keptVectors; i++) {
      after.vectors().vmovdqu(RAX.at(i * VECTOR_BYTES), new Vector(6 + i, 128));
    }
    after.add(RSP, frame);
    Abi.own().leave(after, 16);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.writeBytes(before.toBytes());
    code.writeBytes(CALL_RAX);
    code.writeBytes(after.toBytes());
    return code.toByteArray();
  }
}
