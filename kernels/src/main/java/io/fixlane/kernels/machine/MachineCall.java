package io.fixlane.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The call of code that takes seven arrays, as {@link Abi#ARGUMENTS} has them. One handle serves
 * all code, so that the JIT knows it as a constant; arrays stay on the heap, and the collector
 * waits for the call to end, which must take less than a millisecond.
 */
public final class MachineCall {
  private static final MethodHandle CALL = handle();

  private MachineCall() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    return Linker.nativeLinker().downcallHandle(
        FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
        Linker.Option.critical(true));
  }

  /** Calls code with arrays, or other memory, of which it gets the addresses. */
  public static void call(MemorySegment code, MemorySegment a, MemorySegment b, MemorySegment c,
      MemorySegment d, MemorySegment e, MemorySegment f, MemorySegment g) {
    try {
      CALL.invokeExact(code, a, b, c, d, e, f, g);
    } catch (RuntimeException | Error error) {
      throw error;
    } catch (Throwable error) {
      throw new IllegalStateException("a call of machine code failed", error);
    }
  }
}
