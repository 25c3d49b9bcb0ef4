package io.fixlane.kernels.machine;

import java.util.Set;

/**
 * Which instructions of dot products can be used.
 *
 * @param instructions those that the processor has, and whose registers the operating system saves
 */
public record Processor(Set<DotInstructions> instructions) {
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  /** Makes the set unmodifiable. */
  public Processor {
    instructions = Set.copyOf(instructions);
  }

  /**
   * Asks this machine's processor, which is one of x86-64 or AArch64.
   *
   * @throws IllegalStateException if the system refuses memory for code
   */
  public static Processor own() {
    return new Processor(
        arm(System.getProperty("os.arch")) ? ArmFeatures.own() : X86Features.own());
  }

  /** Returns whether it has instructions. */
  public boolean has(DotInstructions wanted) {
    return instructions.contains(wanted);
  }

  /** Returns whether code is written for an architecture, as the JVM names it. */
  static boolean known(String architecture) {
    return X86.contains(architecture) || arm(architecture);
  }

  /** Returns whether an architecture is AArch64. */
  static boolean arm(String architecture) {
    return architecture.equals("aarch64");
  }
}
