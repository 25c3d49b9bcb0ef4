package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What a processor of x86-64 has: instructions that it says it has, and whose registers the
 * operating system saves.
 */
final class X86Features {
  private static final int REGISTERS = 4;
  private static final int EAX = 0;
  private static final int EBX = 1;
  private static final int ECX = 2;
  private static final int EDX = 3;
  private static final int EXTENDED_FEATURES = 7;
  private static final int YMM_SAVED = 0x6;
  private static final int ZMM_SAVED = 0xE6;
  private static final int TILES_SAVED = 0x6_0000;

  /** Answers a question to the processor: of a leaf and a subleaf, in EAX, EBX, ECX and EDX. */
  interface Cpuid {
    int[] ask(int leaf, int subleaf);
  }

  private X86Features() {}

  /**
   * Asks this machine's processor.
   *
   * @throws IllegalStateException if the system refuses memory for code
   */
  static Set<DotInstructions> own() {
    MemorySegment cpuid = CodeMemory.of(cpuid(Abi.own()));
    MemorySegment xgetbv = CodeMemory.of(xgetbv(Abi.own()));
    Set<DotInstructions> found =
        of((leaf, subleaf) -> ask(cpuid, leaf, subleaf), () -> ask(xgetbv, 0, 0)[EAX]);
    if (found.contains(DotInstructions.AMX) && !AmxPermission.granted()) {
      found.remove(DotInstructions.AMX);
    }
    return found;
  }

  /** Reads the answers of a processor; the saved registers are asked for where that is allowed. */
  static Set<DotInstructions> of(Cpuid cpuid, IntSupplier savedRegisters) {
    Set<DotInstructions> found = EnumSet.noneOf(DotInstructions.class);
    int highest = cpuid.ask(0, 0)[EAX];
    int[] basic = cpuid.ask(1, 0);
    boolean asks = bit(basic[ECX], 27);
    if (highest < EXTENDED_FEATURES || !asks || !bit(basic[ECX], 28)) {
      return found;
    }
    int saved = savedRegisters.getAsInt();
    int[] more = cpuid.ask(EXTENDED_FEATURES, 0);
    if ((saved & YMM_SAVED) != YMM_SAVED || !bit(more[EBX], 5)) {
      return found;
    }
    found.add(DotInstructions.AVX2);
    boolean deeper = more[EAX] >= 1;
    if (deeper && bit(cpuid.ask(EXTENDED_FEATURES, 1)[EAX], 4)) {
      found.add(DotInstructions.AVX_VNNI);
    }
    if ((saved & ZMM_SAVED) == ZMM_SAVED && bit(more[EBX], 16) && bit(more[EBX], 30)) {
      found.add(DotInstructions.AVX512);
      if (bit(more[ECX], 11)) {
        found.add(DotInstructions.AVX512_VNNI);
        boolean tiles = bit(more[EDX], 24) && bit(more[EDX], 25);
        if (tiles && (saved & TILES_SAVED) == TILES_SAVED) {
          found.add(DotInstructions.AMX);
        }
      }
    }
    return found;
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
    code.movl(RDI.at(EDX * Integer.BYTES), RDX);
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
