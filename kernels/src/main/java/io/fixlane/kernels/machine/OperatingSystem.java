package io.fixlane.kernels.machine;

import java.util.Locale;

/** Systems that differ in how memory for code is had. */
enum OperatingSystem {
  WINDOWS, MAC,
  /** Linux, and what is much like it. */
  OTHER;

  /** Returns this system. */
  static OperatingSystem own() {
    return of(System.getProperty("os.name"));
  }

  /** Returns the system that the JVM names so. */
  static OperatingSystem of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("windows") ? WINDOWS : lower.startsWith("mac") ? MAC : OTHER;
  }
}
