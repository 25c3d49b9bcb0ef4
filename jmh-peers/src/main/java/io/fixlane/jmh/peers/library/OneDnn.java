package io.fixlane.jmh.peers.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** oneDNN on the processor, with the thread that made it alone. */
public final class OneDnn implements AutoCloseable {
  private final engine engine;
  private final stream stream;
  private final IntMemoryMap arguments = new IntMemoryMap();

  /** Loads the library, for one thread. */
  public OneDnn() {
    Loader.load(org.bytedeco.dnnl.global.dnnl.class);
    setOneThread();
    engine = new engine(org.bytedeco.dnnl.engine.kind.cpu.value, 0);
    stream = new stream(engine);
  }

  /**
   * Tells OpenMP, which oneDNN computes with, to use no other thread: its variable of the
   * environment is read as it loads, and Java cannot set it.
   */
  @SuppressWarnings("restricted") // libraries of native code are all that this module has
  private static void setOneThread() {
    Optional<MemorySegment> function =
        SymbolLookup.loaderLookup().find("omp_set_num_threads");
    try {
      Linker.nativeLinker().downcallHandle(
          function.orElseThrow(() -> new IllegalStateException("oneDNN has loaded no OpenMP")),
          FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("omp_set_num_threads failed", e);
    }
  }

  /** Returns memory with bytes in it. */
  public memory bytes(memory.desc shape, byte[] data) {
    return filled(shape, new BytePointer(data));
  }

  /** Returns memory with floats in it. */
  public memory floats(memory.desc shape, float[] data) {
    return filled(shape, new FloatPointer(data));
  }

  private memory filled(memory.desc shape, Pointer data) {
    return new memory(shape, engine, data);
  }

  /** Returns a copy in the layout that an operation asks for. */
  public memory reordered(memory from, memory.desc shape) {
    memory to = new memory(shape, engine);
    new reorder(from, to).execute(stream, from, to);
    stream._wait();
    return to;
  }

  /** Gives an argument to {@link #execute}. */
  public OneDnn argument(int number, memory value) {
    arguments.put(number, value);
    return this;
  }

  /** Returns the processor, as the library names it. */
  public engine engine() {
    return engine;
  }

  /** Runs an operation on its arguments, and waits for it. */
  public void execute(primitive operation) {
    operation.execute(stream, arguments);
    stream._wait();
  }

  @Override
  public void close() {
    arguments.close();
    stream.close();
    engine.close();
  }
}
