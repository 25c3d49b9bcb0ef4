package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;

import java.lang.foreign.MemorySegment;
import java.util.function.IntSupplier;

/**
 * Which vector instructions can be used: those that the processor has, and whose registers the
 * operating system saves.
 *
 * @param avx2 vectors of 256 bits
 * @param avx512 vectors of 512 bits and their operations on bytes and words of 16 bits
 * @param avx512Vnni dot products on vectors of 512 bits
 * @param avxVnni dot products on vectors of 256 bits
 */
public record Processor(boolean avx2, boolean avx512, boolean avx512Vnni, boolean avxVnni) {
  private static final int REGISTERS = 4;
  private static final int EAX = 0;
  private static final int EBX = 1;
  private static final int ECX = 2;
  private static final int EXTENDED_FEATURES = 7;
  private static final int YMM_SAVED = 0x6;
  private static final int ZMM_SAVED = 0xE6;

  /** Answers a question to the processor: of a leaf and a subleaf, in EAX, EBX, ECX and EDX. */
  interface Cpuid {
    int[] ask(int leaf, int subleaf);
  }

  /**
   * Asks this machine's processor, which is one of x86-64.
   *
   * @throws IllegalStateException if the system refuses memory for code
   */
  public static Processor own() {
    MemorySegment cpuid = CodeMemory.of(cpuid(Abi.own()));
    MemorySegment xgetbv = CodeMemory.of(xgetbv(Abi.own()));
    return of((leaf, subleaf) -> ask(cpuid, leaf, subleaf), () -> ask(xgetbv, 0, 0)[EAX]);
  }

  /** Reads the answers of a processor; the saved registers are asked for where that is allowed. */
  static Processor of(Cpuid cpuid, IntSupplier savedRegisters) {
    int highest = cpuid.ask(0, 0)[EAX];
    int[] basic = cpuid.ask(1, 0);
    boolean asks = bit(basic[ECX], 27);
    if (highest < EXTENDED_FEATURES || !asks || !bit(basic[ECX], 28)) {
      return new Processor(false, false, false, false);
    }
    int saved = savedRegisters.getAsInt();
    int[] more = cpuid.ask(EXTENDED_FEATURES, 0);
    boolean avx2 = (saved & YMM_SAVED) == YMM_SAVED && bit(more[EBX], 5);
    boolean avx512 = avx2 && (saved & ZMM_SAVED) == ZMM_SAVED
        && bit(more[EBX], 16) && bit(more[EBX], 30);
    boolean deeper = more[EAX] >= 1;
    return new Processor(avx2, avx512, avx512 && bit(more[ECX], 11),
        avx2 && deeper && bit(cpuid.ask(EXTENDED_FEATURES, 1)[EAX], 4));
  }

  private static boolean bit(int word, int place) {
    return (word >> place & 1) != 0;
  }

  private static int[] ask(MemorySegment code, int leaf, int subleaf) {
    int[] registers = new int[REGISTERS];
    registers[EAX] = leaf;
    registers[ECX] = subleaf;
    MemorySegment answer = MemorySegment.ofArray(registers);
    MachineCall.call(code, answer, answer, answer, answer, answer, answer, answer);
    return registers;
  }

  private static byte[] cpuid(Abi abi) {
    Assembler code = new Assembler();
    abi.enter(code, 0);
    code.movsxd(RAX, RDI.at());
    code.movsxd(RCX, RDI.at(ECX * Integer.BYTES));
    code.cpuid();
    code.movl(RDI.at(), RAX);
    code.movl(RDI.at(EBX * Integer.BYTES), RBX);
    code.movl(RDI.at(ECX * Integer.BYTES), RCX);
    code.movl(RDI.at((ECX + 1) * Integer.BYTES), RDX);
    abi.leave(code, 0);
    return code.toBytes();
  }

  private static byte[] xgetbv(Abi abi) {
    Assembler code = new Assembler();
    abi.enter(code, 0);
    code.clear(RCX);
    code.xgetbv();
    code.movl(RDI.at(), RAX);
    abi.leave(code, 0);
    return code.toBytes();
  }
}
