package io.fixlane.files;

import java.io.IOException;
import java.util.Locale;

/** The memory of the JVM, asked before what a file says is allocated. */
public final class Memory {
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Memory() {}

  /**
   * Requires memory for so many bytes.
   *
   * @param what is what needs it, for the message
   * @throws ShortOfMemoryException if the JVM cannot have so much, with all garbage collected
   */
  public static void require(String what, long bytes) throws ShortOfMemoryException {
    if (bytes > free()) {
      // What is garbage already counts as used until it is collected.
      System.gc();
      long free = free();
      if (bytes > free) {
        throw new ShortOfMemoryException(
            what + " would need " + text(bytes) + " of memory, and " + text(free) + " are free");
      }
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  /** Returns a size as {@code 12.3 GB}, in powers of 1000. */
  static String text(long bytes) {
    int unit = 0;
    double size = bytes;
    for (; size >= 999.95; unit++) {
      size /= 1000;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  /** A file that holds more than the memory does. The message says how much it needs. */
  public static final class ShortOfMemoryException extends IOException {
    private static final long serialVersionUID = 1;

    private ShortOfMemoryException(String message) {
      super(message);
    }
  }
}
