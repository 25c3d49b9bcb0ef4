package io.fixlane.kernels.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the processor runs. It is written first and run then, and never both at once. The
 * system takes it back when nothing reaches it any more.
 */
public final class CodeMemory {
  /** The operating system's side of it. */
  interface Pages {
    /**
     * Maps pages, writes code into them, and makes them read-only and executable.
     *
     * @throws IllegalStateException if the system refuses them
     */
    MemorySegment map(byte[] code);

    /** Unmaps what {@link #map} has mapped. */
    void unmap(MemorySegment pages);
  }

  private static volatile @Nullable Pages own;
  private static volatile @Nullable InstructionCache cache;

  private CodeMemory() {}

  /**
   * Returns code in executable memory, which is released when the segment is not used any more.
   *
   * @throws IllegalStateException if the system refuses it; the message says which call failed
   */
  public static MemorySegment of(byte[] code) {
    Pages pages = own;
    if (pages == null) {
      pages = OperatingSystem.own() == OperatingSystem.WINDOWS
          ? new WindowsPages()
          : new PosixPages();
      own = pages;
    }
    return of(code, pages);
  }

  @SuppressWarnings("restricted")
  static MemorySegment of(byte[] code, Pages pages) {
    InstructionCache instructions = cache;
    if (instructions == null) {
      instructions = new InstructionCache();
      cache = instructions;
    }
    MemorySegment mapped = pages.map(code);
    MemorySegment memory = MemorySegment.ofAddress(mapped.address())
        .reinterpret(mapped.byteSize(), Arena.ofAuto(), pages::unmap)
        .asReadOnly();
    instructions.synchronize(memory);
    return memory;
  }
}
