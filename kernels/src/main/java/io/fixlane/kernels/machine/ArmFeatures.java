package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.EnumSet;
import java.util.Set;

/** What a processor of AArch64 has, as the operating system says. */
final class ArmFeatures {
  private static final long AT_HWCAP = 16;
  private static final long AT_HWCAP2 = 26;
  private static final int HWCAP_ASIMDDP = 20;
  private static final int HWCAP2_I8MM = 13;
  private static final int PF_ARM_V82_DP = 43;
  private static final int PF_ARM_V82_I8MM = 66;

  private ArmFeatures() {}

  /**
   * Asks the system.
   *
   * @throws IllegalStateException if it has no function that tells
   */
  static Set<DotInstructions> own() {
    return switch (OperatingSystem.own()) {
      case WINDOWS -> windows();
      case MAC -> mac();
      case OTHER -> linux();
    };
  }

  /** Says what there is; I8MM is used beside the instructions that came before it. */
  static Set<DotInstructions> of(boolean dotProd, boolean i8mm) {
    Set<DotInstructions> found = EnumSet.noneOf(DotInstructions.class);
    if (dotProd) {
      found.add(DotInstructions.DOTPROD);
      if (i8mm) {
        found.add(DotInstructions.I8MM);
      }
    }
    return found;
  }

  private static Set<DotInstructions> linux() {
    NativeFunction getauxval = new NativeFunction(Linker.nativeLinker().defaultLookup(),
        "getauxval", "errno", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    return of((getauxval.call(AT_HWCAP).number() >> HWCAP_ASIMDDP & 1) != 0,
        (getauxval.call(AT_HWCAP2).number() >> HWCAP2_I8MM & 1) != 0);
  }

  private static Set<DotInstructions> mac() {
    return of(sysctl("hw.optional.arm.FEAT_DotProd"), sysctl("hw.optional.arm.FEAT_I8MM"));
  }

  /** Returns whether a number of the system is 1; it does not know the names of later features. */
  private static boolean sysctl(String name) {
    NativeFunction sysctlbyname = new NativeFunction(Linker.nativeLinker().defaultLookup(),
        "sysctlbyname", "errno",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment size = arena.allocateFrom(JAVA_LONG, JAVA_INT.byteSize());
      long failed = sysctlbyname
          .call(arena.allocateFrom(name), value, size, MemorySegment.NULL, 0L).number();
      return failed == 0 && value.get(JAVA_INT, 0) == 1;
    }
  }

  @SuppressWarnings("restricted")
  private static Set<DotInstructions> windows() {
    NativeFunction present = new NativeFunction(
        SymbolLookup.libraryLookup("kernel32", Arena.global()), "IsProcessorFeaturePresent",
        "GetLastError", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    return of(present.call(PF_ARM_V82_DP).number() != 0,
        present.call(PF_ARM_V82_I8MM).number() != 0);
  }
}
