package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a processor reads code from. x86-64 keeps it like memory by itself; AArch64 must
 * be told what was written.
 */
final class InstructionCache {
  // What GetCurrentProcess returns.
  private static final MemorySegment THIS_PROCESS = MemorySegment.ofAddress(-1);

  private final OperatingSystem system;
  private final @Nullable NativeFunction tell;

  /**
   * Finds the function that tells the processor, where one is needed.
   *
   * @throws IllegalStateException if there is none
   */
  InstructionCache() {
    this.system = OperatingSystem.own();
    this.tell = Processor.arm(System.getProperty("os.arch")) ? find(system) : null;
  }

  @SuppressWarnings("restricted")
  private static NativeFunction find(OperatingSystem system) {
    return switch (system) {
      case WINDOWS -> new NativeFunction(
          SymbolLookup.libraryLookup("kernel32", Arena.global()), "FlushInstructionCache",
          "GetLastError", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
      case MAC -> new NativeFunction(Linker.nativeLinker().defaultLookup(),
          "sys_icache_invalidate", "errno", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
      case OTHER -> new NativeFunction(
          library("libgcc_s.so.1"), "__clear_cache", "errno",
          FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    };
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup library(String name) {
    try {
      return SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the system has no library " + name, e);
    }
  }

  /**
   * Makes the processor run what was written.
   *
   * @throws IllegalStateException if the system refuses to
   */
  void synchronize(MemorySegment code) {
    if (tell == null) {
      return;
    }
    switch (system) {
      case WINDOWS -> {
        NativeFunction.Result done = tell.call(THIS_PROCESS, code, code.byteSize());
        if (done.number() == 0) {
          throw tell.failure(done);
        }
      }
      case MAC -> tell.call(code, code.byteSize());
      case OTHER ->
          tell.call(code, MemorySegment.ofAddress(code.address() + code.byteSize()));
    }
  }
}
