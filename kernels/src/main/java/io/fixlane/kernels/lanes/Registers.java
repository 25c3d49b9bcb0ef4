package io.fixlane.kernels.lanes;

import java.util.Set;
import jdk.incubator.vector.VectorShape;

/**
 * How many vector registers the JIT has, and with them which instructions.
 *
 * <p>x86 has 32 with AVX-512, for shorter vectors too, and 16 without; ARM, RISC-V and Power have
 * 32 or more. That a JVM uses AVX-512 shows in the shape that it prefers, of 512 bits. One that was
 * told to prefer a shorter shape counts as one of 16 registers: there, tiles that are too small
 * cost little, where tiles that are too large halve the speed.
 */
public final class Registers {
  private static final Set<String> X86 = Set.of("amd64", "x86_64");
  /**
   * Whether the JIT compiles for x86 without AVX-512: no vector has more than 16 registers, and
   * none is converted between longs and doubles by an instruction.
   */
  public static final boolean FEW =
      X86.contains(System.getProperty("os.arch")) && !prefers512();

  private Registers() {}

  /** Returns whether vectors of so many bits have 16 registers, rather than 32. */
  public static boolean few(int bits) {
    return FEW && bits < 512;
  }

  private static boolean prefers512() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        && Machine.preferredBits() >= 512;
  }

  /** Touches the vector module, and so is loaded only where it is there. */
  private static final class Machine {
    static int preferredBits() {
      return VectorShape.preferredShape().vectorBitSize();
    }
  }
}
