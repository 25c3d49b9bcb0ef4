package io.fixlane.kernels.machine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides, once, whether dot products are machine code, and of which instructions.
 *
 * <p>Where the JVM allows this module native access, with the option
 * {@code --enable-native-access=io.fixlane.kernels}, the fastest instructions that the processor
 * has are taken, on AArch64 only under Linux. The system property {@value #PROPERTY} forbids it, or
 * asks for others. The results are the same bits in any case.
 */
public final class MachineCode {
  /** The system property that asks for instructions: off, avx2, avx512, vnni, amx or dotprod. */
  public static final String PROPERTY = "fixlane.machineCode";

  private static final Logger LOG = System.getLogger("io.fixlane.kernels");

  /** What the JVM and the machine allow. */
  record Host(boolean nativeAccess, String architecture, OperatingSystem system,
      Supplier<Processor> processor) {

    /** Returns whether nobody has seen it work, and what goes wrong may end the JVM. */
    boolean untried() {
      return Processor.arm(architecture) && system != OperatingSystem.OTHER;
    }
  }

  private MachineCode() {}

  /** Returns whether code can be run: the JVM allows it, and it is written for the machine. */
  public static boolean canRun() {
    Host host = host();
    return host.nativeAccess() && Processor.known(host.architecture()) && !host.untried();
  }

  private static Host host() {
    return new Host(MachineCode.class.getModule().isNativeAccessEnabled(),
        System.getProperty("os.arch"), OperatingSystem.own(), Processor::own);
  }

  /**
   * Returns the instructions of dot products, or null where they are not to be used.
   *
   * @throws IllegalArgumentException if {@value #PROPERTY} is not one of its words
   * @throws IllegalStateException if it asks for instructions that cannot be used
   */
  public static @Nullable DotInstructions instructions() {
    return choose(System.getProperty(PROPERTY), host());
  }

  /**
   * Chooses instructions.
   *
   * @param asked the value of {@value #PROPERTY}, or null where it is not set
   * @param host what there is
   */
  static @Nullable DotInstructions choose(@Nullable String asked, Host host) {
    boolean forced = asked != null && !asked.equals("off");
    DotInstructions[] wanted = wanted(asked);
    if (wanted.length == 0) {
      return none(Level.INFO, PROPERTY + " is off");
    }
    String refusal = null;
    Processor processor = null;
    if (!host.nativeAccess()) {
      refusal = "it needs the JVM option --enable-native-access=io.fixlane.kernels";
    } else if (!Processor.known(host.architecture())) {
      refusal = "it is written for x86-64 and AArch64, and this is " + host.architecture();
    } else if (host.untried() && !forced) {
      refusal = "on AArch64 it has run on Linux alone; " + PROPERTY + " asks for it";
    } else {
      try {
        processor = host.processor().get();
      } catch (IllegalStateException e) {
        refusal = "the processor cannot be asked: " + e.getMessage();
      }
    }
    for (DotInstructions instructions : wanted) {
      if (processor != null && processor.has(instructions)) {
        LOG.log(Level.INFO, "dot products in machine code: " + instructions
            + (forced ? ", as " + PROPERTY + " asks" : ", the processor's best"));
        return instructions;
      }
    }
    if (refusal == null) {
      String best = Processor.arm(host.architecture()) ? "dotprod" : "avx2";
      refusal = "the processor has no " + (forced ? asked : best)
          + ("amx".equals(asked) ? ", or the system does not save its registers" : "");
    }
    if (forced) {
      throw new IllegalStateException(
          PROPERTY + " is " + asked + ", and machine code cannot be used: " + refusal);
    }
    return none(host.nativeAccess() ? Level.INFO : Level.DEBUG, refusal);
  }

  private static @Nullable DotInstructions none(Level level, String reason) {
    LOG.log(level, "no machine code: " + reason);
    return null;
  }

  /** Returns the instructions that will do, the best first. */
  private static DotInstructions[] wanted(@Nullable String asked) {
    return switch (asked) {
      case null -> DotInstructions.values();
      case "off" -> new DotInstructions[0];
      case "amx" -> new DotInstructions[] {DotInstructions.AMX};
      case "vnni" ->
          new DotInstructions[] {DotInstructions.AVX512_VNNI, DotInstructions.AVX_VNNI};
      case "avx512" -> new DotInstructions[] {DotInstructions.AVX512};
      case "avx2" -> new DotInstructions[] {DotInstructions.AVX2};
      case "dotprod" -> new DotInstructions[] {DotInstructions.DOTPROD};
      default -> throw new IllegalArgumentException(
          PROPERTY + " is '" + asked + "': it must be off, avx2, avx512, vnni, amx or dotprod");
    };
  }
}
