package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import io.fixlane.kernels.machine.arm.ArmAssembler;
import io.fixlane.kernels.machine.arm.ArmLabel;
import io.fixlane.kernels.machine.arm.ArmVectorAssembler;
import io.fixlane.kernels.machine.arm.V;
import io.fixlane.kernels.machine.arm.X;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies bytes and makes each larger by 128, modulo 256: signed ones become unsigned ones, and
 * these signed ones that are smaller by 128. It is called as long as a JVM's own copy takes, and
 * needs AVX2 on x86-64.
 */
public final class BiasedCopy {
  /** The bytes of a step: only whole ones are copied. */
  public static final int STEP = 64;

  private static final int BITS = 256;
  private static final int VECTOR_BYTES = BITS / Byte.SIZE;
  private static final int VECTORS = 3;
  private static final int ARM_BYTES = 16;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int END = 2;
  private static final int BIAS = 3;
  private static final long BIASES = 0x8080_8080L;

  private static volatile @Nullable MemorySegment code;

  private BiasedCopy() {}

  private static MemorySegment code() {
    MemorySegment written = code;
    return written == null ? make() : written;
  }

  private static synchronized MemorySegment make() {
    MemorySegment written = code;
    if (written == null) {
      written = CodeMemory.of(
          Processor.arm(System.getProperty("os.arch")) ? writeArm() : write(Abi.own()));
      code = written;
    }
    return written;
  }

  /**
   * Copies whole steps.
   *
   * @param source where the bytes lie
   * @param from the offset of the first
   * @param target where they go
   * @param to the offset of the first
   * @param bytes how many there are, a multiple of {@link #STEP} and not 0
   * @param numbers an array of four numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void copy(MemorySegment source, long from, MemorySegment target, long to,
      long bytes, long[] numbers, MemorySegment numberMemory) {
    numbers[FROM] = from;
    numbers[TO] = to;
    numbers[END] = bytes;
    numbers[BIAS] = BIASES;
    MachineCall.call(code(), source, target, numberMemory, numberMemory, numberMemory,
        numberMemory, numberMemory);
  }

  private static byte[] write(Abi abi) {
    Assembler code = new Assembler();
    VectorAssembler lanes = code.vectors();
    Vector bias = new Vector(0, BITS);
    abi.enter(code, VECTORS);
    code.mov(R8, RDX.at(FROM * Long.BYTES));
    code.add(RDI, R8);
    code.mov(R8, RDX.at(TO * Long.BYTES));
    code.add(RSI, R8);
    code.mov(RCX, RDX.at(END * Long.BYTES));
    code.add(RCX, RDI);
    lanes.vpbroadcastd(bias, RDX.at(BIAS * Long.BYTES));
    Label steps = new Label();
    code.bind(steps);
    for (int i = 1; i < VECTORS; i++) {
      Vector words = new Vector(i, BITS);
      lanes.vmovdqu(words, RDI.at((i - 1) * VECTOR_BYTES));
      lanes.vpxor(words, words, bias);
      lanes.vmovdqu(RSI.at((i - 1) * VECTOR_BYTES), words);
    }
    code.add(RDI, STEP);
    code.add(RSI, STEP);
    code.cmp(RDI, RCX);
    code.jne(steps);
    abi.leave(code, VECTORS);
    return code.toBytes();
  }

  private static byte[] writeArm() {
    ArmAssembler code = new ArmAssembler();
    ArmVectorAssembler lanes = code.vectors();
    X source = new X(0);
    X target = new X(1);
    X numbers = new X(2);
    X left = new X(3);
    V bias = new V(0);
    V words = new V(1);
    code.ldr(left, numbers, FROM * Long.BYTES);
    code.add(source, source, left, 0);
    code.ldr(left, numbers, TO * Long.BYTES);
    code.add(target, target, left, 0);
    code.ldr(left, numbers, END * Long.BYTES);
    lanes.movi128(bias);
    ArmLabel steps = new ArmLabel();
    code.bind(steps);
    for (int place = 0; place < STEP; place += ARM_BYTES) {
      lanes.ldr(words, source, place);
      lanes.eor(words, words, bias);
      lanes.str(words, target, place);
    }
    code.add(source, source, STEP);
    code.add(target, target, STEP);
    code.subs(left, left, STEP);
    code.bne(steps);
    code.ret();
    return code.toBytes();
  }
}
