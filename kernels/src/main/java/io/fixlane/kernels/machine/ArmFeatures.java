package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Set;

/** What a processor of AArch64 has, as the operating system says. */
final class ArmFeatures {
  private static final long AT_HWCAP = 16;
  private static final int HWCAP_ASIMDDP = 20;
  private static final int PF_ARM_V82_DP = 43;

  private ArmFeatures() {}

  /**
   * Asks the system.
   *
   * @throws IllegalStateException if it has no function that tells
   */
  static Set<DotInstructions> own() {
    boolean dotProd = switch (OperatingSystem.own()) {
      case WINDOWS -> windows();
      case MAC -> mac();
      case OTHER -> linux();
    };
    return dotProd ? Set.of(DotInstructions.DOTPROD) : Set.of();
  }

  private static boolean linux() {
    NativeFunction getauxval = new NativeFunction(Linker.nativeLinker().defaultLookup(),
        "getauxval", "errno", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    return (getauxval.call(AT_HWCAP).number() >> HWCAP_ASIMDDP & 1) != 0;
  }

  private static boolean mac() {
    NativeFunction sysctlbyname = new NativeFunction(Linker.nativeLinker().defaultLookup(),
        "sysctlbyname", "errno",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment size = arena.allocateFrom(JAVA_LONG, JAVA_INT.byteSize());
      long failed = sysctlbyname.call(arena.allocateFrom("hw.optional.arm.FEAT_DotProd"), value,
          size, MemorySegment.NULL, 0L).number();
      return failed == 0 && value.get(JAVA_INT, 0) == 1;
    }
  }

  @SuppressWarnings("restricted")
  private static boolean windows() {
    NativeFunction present = new NativeFunction(
        SymbolLookup.libraryLookup("kernel32", Arena.global()), "IsProcessorFeaturePresent",
        "GetLastError", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    return present.call(PF_ARM_V82_DP).number() != 0;
  }
}
