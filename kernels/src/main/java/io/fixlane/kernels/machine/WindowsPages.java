package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Pages of Windows: VirtualAlloc to write, then VirtualProtect to run. */
final class WindowsPages implements CodeMemory.Pages {
  private static final int RESERVE_AND_COMMIT = 0x3000;
  private static final int RELEASE = 0x8000;
  private static final int READ_WRITE = 4;
  private static final int EXECUTE_READ = 0x20;

  private final SymbolLookup library = kernel32();
  private final NativeFunction allocate = function("VirtualAlloc",
      FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
  private final NativeFunction protect = function("VirtualProtect",
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS));
  private final NativeFunction free =
      function("VirtualFree", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  @SuppressWarnings("restricted")
  private static SymbolLookup kernel32() {
    return SymbolLookup.libraryLookup("kernel32", Arena.global());
  }

  private NativeFunction function(String name, FunctionDescriptor type) {
    return new NativeFunction(library, name, "GetLastError", type);
  }

  @Override
  @SuppressWarnings("restricted")
  public MemorySegment map(byte[] code) {
    NativeFunction.Result result = allocate.call(
        MemorySegment.NULL, (long) code.length, RESERVE_AND_COMMIT, READ_WRITE);
    if (result.number() == 0) {
      throw allocate.failure(result);
    }
    MemorySegment pages = MemorySegment.ofAddress(result.number()).reinterpret(code.length);
    pages.copyFrom(MemorySegment.ofArray(code));
    try (Arena arena = Arena.ofConfined()) {
      NativeFunction.Result done = protect.call(
          pages, pages.byteSize(), EXECUTE_READ, arena.allocate(JAVA_INT));
      if (done.number() == 0) {
        unmap(pages);
        throw protect.failure(done);
      }
    }
    return pages;
  }

  @Override
  public void unmap(MemorySegment pages) {
    free.call(pages, 0L, RELEASE);
  }
}
