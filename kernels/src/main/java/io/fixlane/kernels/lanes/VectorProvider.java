package io.fixlane.kernels.lanes;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Chooses, once, how wide the vectors are: 512, 256 or 128 bits, or 0 for scalar loops.
 *
 * <p>The system property {@value #PROPERTY} asks for a width; without it the machine's own is
 * taken, at most 512. The results are the same bits at every width.
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
   * @throws IllegalStateException if it asks for vectors and the vector module is missing
   */
  public static int vectorBits() {
    return chosen == UNDECIDED ? decide() : chosen;
  }

  private static synchronized int decide() {
    if (chosen == UNDECIDED) {
      chosen = choose(System.getProperty(PROPERTY));
    }
    return chosen;
  }

  private static int choose(String asked) {
    int bits = asked == null ? UNDECIDED : parse(asked);
    if (bits == 0) {
      LOG.log(Level.INFO, "scalar loops: " + PROPERTY + " is 0");
      return 0;
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      if (bits > 0) {
        throw new IllegalStateException(
            PROPERTY + " is " + bits
                + ": vectors need the JVM option --add-modules jdk.incubator.vector");
      }
      LOG.log(
          Level.WARNING,
          "scalar loops: for vectors, start the JVM with --add-modules jdk.incubator.vector");
      return 0;
    }
    int machine = Math.min(512, Machine.preferredBits());
    int width = bits < 0 ? machine : bits;
    String complaint = Canary.complaint(width);
    if (complaint != null) {
      LOG.log(Level.WARNING,
          "scalar loops: the JIT compiles vectors of " + width + " bits wrongly: " + complaint);
      return 0;
    }
    LOG.log(
        Level.INFO,
        "vectors of " + width + " bits: "
            + (bits < 0 ? "the machine's own" : "as " + PROPERTY + " asks")
            + (width > machine ? ", beyond the machine's " + machine + " and so slow" : ""));
    return width;
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
