package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Pages of Linux and macOS: mmap to write, then mprotect to run. Where that is refused, as SELinux
 * may refuse to run what has been written, Linux maps a file in memory once to write and once to
 * run.
 */
final class PosixPages implements CodeMemory.Pages {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int SHARED = 1;
  private static final int PRIVATE = 2;
  private static final boolean MAC = OperatingSystem.own() == OperatingSystem.MAC;
  private static final int ANONYMOUS = MAC ? 0x1000 : 0x20;
  private static final int CLOSE_ON_EXEC = 1;
  private static final int NO_FILE = -1;
  private static final long FAILED = -1;

  private final SymbolLookup library = Linker.nativeLinker().defaultLookup();
  private final NativeFunction mmap = function("mmap", FunctionDescriptor.of(
      ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private final NativeFunction mprotect =
      function("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private final NativeFunction munmap =
      function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

  private NativeFunction function(String name, FunctionDescriptor type) {
    return new NativeFunction(library, name, "errno", type);
  }

  @Override
  public MemorySegment map(byte[] code) {
    MemorySegment pages = map(code.length, READ | WRITE, PRIVATE | ANONYMOUS, NO_FILE);
    pages.copyFrom(MemorySegment.ofArray(code));
    NativeFunction.Result done = mprotect.call(pages, pages.byteSize(), READ | EXECUTE);
    if (done.number() == 0) {
      return pages;
    }
    unmap(pages);
    if (MAC) {
      throw mprotect.failure(done);
    }
    return mapFile(code);
  }

  @Override
  public void unmap(MemorySegment pages) {
    munmap.call(pages, pages.byteSize());
  }

  /** Maps code as a file in memory, which has no name and ends with its mapping. */
  MemorySegment mapFile(byte[] code) {
    NativeFunction create =
        function("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    NativeFunction truncate =
        function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    NativeFunction close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    int file;
    try (Arena arena = Arena.ofConfined()) {
      NativeFunction.Result created =
          create.call(arena.allocateFrom("fixlane"), CLOSE_ON_EXEC);
      file = (int) created.number();
      if (file < 0) {
        throw create.failure(created);
      }
    }
    try {
      NativeFunction.Result done = truncate.call(file, (long) code.length);
      if (done.number() != 0) {
        throw truncate.failure(done);
      }
      MemorySegment written = map(code.length, READ | WRITE, SHARED, file);
      written.copyFrom(MemorySegment.ofArray(code));
      unmap(written);
      return map(code.length, READ | EXECUTE, SHARED, file);
    } finally {
      close.call(file);
    }
  }

  @SuppressWarnings("restricted")
  private MemorySegment map(int size, int protection, int flags, int file) {
    NativeFunction.Result result =
        mmap.call(MemorySegment.NULL, (long) size, protection, flags, file, 0L);
    if (result.number() == FAILED) {
      throw mmap.failure(result);
    }
    return MemorySegment.ofAddress(result.number()).reinterpret(size);
  }
}
