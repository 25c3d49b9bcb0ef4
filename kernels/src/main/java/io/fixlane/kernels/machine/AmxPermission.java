package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/**
 * Asks the operating system to save the registers of AMX, of 8 KiB a thread, for this process: an
 * instruction of AMX ends a process that has not asked. Only Linux is asked, by its arch_prctl
 * (<a href="https://docs.kernel.org/arch/x86/xstate.html">xstate</a>).
 */
final class AmxPermission {
  private static final Logger LOG = System.getLogger("io.fixlane.kernels");
  private static final long ARCH_PRCTL = 158;
  private static final long REQUEST = 0x1023;
  private static final long TILE_DATA = 18;

  private AmxPermission() {}

  /** Returns whether the registers may be used, by all threads from now on. */
  static boolean granted() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    try {
      Linker linker = Linker.nativeLinker();
      NativeFunction syscall = new NativeFunction(linker.defaultLookup(), "syscall", "errno",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
      NativeFunction.Result result = syscall.call(ARCH_PRCTL, REQUEST, TILE_DATA);
      if (result.number() == 0) {
        return true;
      }
      LOG.log(Level.INFO, "no AMX: " + syscall.failure(result).getMessage());
    } catch (IllegalStateException e) {
      LOG.log(Level.INFO, "no AMX: " + e.getMessage());
    }
    return false;
  }
}
