package io.fixlane.kernels.lanes.compile;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of HotSpot that decide whether C2 compiles vectors. It touches jdk.management, and so
 * is loaded only where that is there.
 */
final class JvmOptions {
  private static final Map<String, String> WITH_VECTORS = new TreeMap<>(Map.of(
      "TieredStopAtLevel", "4",
      "UseJVMCICompiler", "false",
      "EnableVectorSupport", "true"));

  private JvmOptions() {}

  /** Returns the option that keeps C2 from compiling vectors, or null. */
  static @Nullable String refusal() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (jvm == null) {
      return null;
    }
    for (Map.Entry<String, String> option : WITH_VECTORS.entrySet()) {
      String value = value(jvm, option.getKey());
      if (value != null && !value.equals(option.getValue())) {
        return "the JVM option " + option.getKey() + " is " + value;
      }
    }
    return null;
  }

  /** Returns the value of an option, or null of one that is unknown or locked, as by default. */
  private static @Nullable String value(HotSpotDiagnosticMXBean jvm, String option) {
    try {
      return jvm.getVMOption(option).getValue();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
