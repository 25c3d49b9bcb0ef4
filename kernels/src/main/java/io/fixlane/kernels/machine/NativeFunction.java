package io.fixlane.kernels.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of the operating system, for the few calls that memory for code takes: it is called
 * slowly, and tells why it failed.
 */
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();

  private final String name;
  private final String errorName;
  private final MethodHandle handle;

  /**
   * Finds a function.
   *
   * @param library where it is looked for
   * @param errorName where the system leaves what went wrong: {@code errno} or {@code GetLastError}
   * @throws IllegalStateException if there is no such function
   */
  @SuppressWarnings("restricted")
  NativeFunction(SymbolLookup library, String name, String errorName, FunctionDescriptor type) {
    this.name = name;
    this.errorName = errorName;
    MemorySegment address = library.find(name)
        .orElseThrow(() -> new IllegalStateException("the system has no function " + name));
    this.handle = LINKER.downcallHandle(address, type, Linker.Option.captureCallState(errorName));
  }

  /** What a call came to: its result, and what the system left as its error. */
  record Result(Object value, int error) {
    long number() {
      return value instanceof MemorySegment segment
          ? segment.address()
          : ((Number) value).longValue();
    }
  }

  /** Calls the function. */
  Result call(Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemoryLayout layout = Linker.Option.captureStateLayout();
      MemorySegment state = arena.allocate(layout);
      List<Object> all = new ArrayList<>(List.of(arguments));
      all.addFirst(state);
      Object value = handle.invokeWithArguments(all);
      int error = (int) layout.varHandle(MemoryLayout.PathElement.groupElement(errorName))
          .get(state, 0L);
      return new Result(value, error);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the call of " + name + " failed", e);
    }
  }

  /** Returns the error of a call that failed. */
  IllegalStateException failure(Result result) {
    return new IllegalStateException(name + " failed, " + errorName + " " + result.error());
  }
}
