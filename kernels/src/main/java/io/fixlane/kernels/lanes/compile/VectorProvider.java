package io.fixlane.kernels.lanes.compile;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, once, how wide the vectors are: 512, 256 or 128 bits, or 0 for scalar loops.
 *
 * <p>The system property {@value #PROPERTY} asks for a width; without it the machine's own is
 * taken, at most 512, and loops are scalar where the JVM does not compile vectors. A width that is
 * asked for and not compiled, as one beyond the machine's, is emulated: each operation is a call
 * that allocates its result, hundreds of times slower. The results are the same bits at every
 * width.
 */
public final class VectorProvider {
  /** The system property that asks for a vector width, in bits: 512, 256, 128 or 0. */
  public static final String PROPERTY = "fixlane.vectorBits";

  private static final Logger LOG = System.getLogger("io.fixlane.kernels");
  private static final int UNDECIDED = -1;
  private static volatile int chosen = UNDECIDED;

  private VectorProvider() {}

  /**
   * Returns the vector width in bits: 512, 256, 128, or 0 where loops are scalar.
   *
   * @throws IllegalArgumentException if {@value #PROPERTY} is none of these
   * @throws IllegalStateException if it asks for vectors and the vector module is missing, or the
   *     JIT compiles vectors of that width wrongly
   */
  public static int vectorBits() {
    return chosen == UNDECIDED ? decide() : chosen;
  }

  private static synchronized int decide() {
    if (chosen == UNDECIDED) {
      chosen = choose(System.getProperty(PROPERTY), Canary::complaint);
    }
    return chosen;
  }

  /**
   * Returns why vectors of so many bits are emulated, by what the JVM says of itself; null where
   * they are compiled, and for 0.
   */
  public static @Nullable String emulation(int bits) {
    String vm = System.getProperty("java.vm.info", "");
    if (bits == 0) {
      return null;
    }
    if (vm.contains("interpreted mode") || vm.contains("emulated-client")) {
      return "the JVM runs without C2, its compiler of vectors (java.vm.info: " + vm + ")";
    }
    int machine = Machine.preferredBits();
    if (bits > machine) {
      return "the JVM's vectors have at most " + machine + " bits here";
    }
    String refusal = ModuleLayer.boot().findModule("jdk.management").isPresent()
        ? JvmOptions.refusal()
        : null;
    return refusal == null ? null : refusal + ": C2 compiles no vectors";
  }

  /**
   * Chooses a width.
   *
   * @param asked the value of {@value #PROPERTY}, or null where it is not set
   * @param canary tells what vectors of a width compute wrongly, or null
   */
  static int choose(@Nullable String asked, IntFunction<@Nullable String> canary) {
    int bits = asked == null ? UNDECIDED : parse(asked);
    if (bits == 0) {
      return scalar(Level.INFO, PROPERTY + " is 0");
    }
    boolean forced = bits > 0;
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      if (forced) {
        throw new IllegalStateException(
            PROPERTY + " is " + bits
                + ": vectors need the JVM option --add-modules jdk.incubator.vector");
      }
      return scalar(Level.WARNING,
          "for vectors, start the JVM with --add-modules jdk.incubator.vector");
    }
    int width = forced ? bits : Math.clamp(Machine.preferredBits(), 128, 512);
    String emulation = emulation(width);
    String wrong = emulation == null ? canary.apply(width) : null;
    if (wrong != null) {
      String reason = "the JIT compiles vectors of " + width + " bits wrongly: " + wrong;
      if (forced) {
        throw new IllegalStateException(
            PROPERTY + " is " + bits + ": it must be a width that is compiled rightly, and "
                + reason);
      }
      return scalar(Level.WARNING, reason);
    }
    if (forced) {
      LOG.log(emulation == null ? Level.INFO : Level.WARNING,
          "vectors of " + width + " bits, as " + PROPERTY + " asks: "
              + (emulation == null ? "native" : "emulated and so slow, for " + emulation));
      return width;
    }
    if (emulation != null) {
      return scalar(Level.WARNING, emulation);
    }
    LOG.log(Level.INFO, "vectors of " + width + " bits: the machine's own");
    return width;
  }

  private static int scalar(Level level, String reason) {
    LOG.log(level, "scalar loops: " + reason);
    return 0;
  }

  private static int parse(String asked) {
    return switch (asked) {
      case "512", "256", "128", "0" -> Integer.parseInt(asked);
      default -> throw new IllegalArgumentException(
          PROPERTY + " is '" + asked + "': it must be 512, 256, 128 or 0");
    };
  }

  /** Touches the vector module, and so is loaded only where it is there. */
  private static final class Machine {
    static int preferredBits() {
      return jdk.incubator.vector.VectorShape.preferredShape().vectorBitSize();
    }
  }
}
