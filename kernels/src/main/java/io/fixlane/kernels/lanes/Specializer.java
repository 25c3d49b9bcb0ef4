package io.fixlane.kernels.lanes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a recipe: defines a template class once more as a hidden class that has the recipe as its class data
 * ({@link Lookup#defineHiddenClassWithClassData}). What the template reads from its data into {@code static final} fields is
 * a constant to the JIT, and every switch on it folds away. Equal data share one class for as long as anyone uses it.
 */
final class Specializer {

  /** The data of {@link VectorOverflow}. */
  record OverflowData(OverflowRecipe recipe, int laneBits, int vectorBits) {}

  /** The data of the {@link VectorCast} templates; those of floating-point results have no overflow stage. */
  record CastData(CastStep step, @Nullable OverflowStage overflow, int vectorBits) {}

  /** The data of {@link ScalarLoop}. */
  record ScalarData(LoopRecipe recipe, ScalarCast cast) {}

  /** The data of {@link VectorLoop}: lanes compute, and the cast turns them into as many results. */
  record VectorData(
      LoopRecipe recipe, VectorCast cast, Loop scalar, Class<?> laneType, Class<?> resultType, int vectorBits,
      Memory memory) {}

  /** The classes of the segments a loop runs on. A loop that met several would dispatch at every access. */
  record Memory(Class<?> a, Class<?> b, Class<?> c, Class<?> target) {}

  private record Key(Class<?> template, Object data) {}

  private static final class Entry extends WeakReference<Object> {
    private final Key key;

    Entry(Key key, Object instance, ReferenceQueue<Object> queue) {
      super(instance, queue);
      this.key = key;
    }
  }

  private static final Map<Key, Entry> CACHE = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> UNUSED = new ReferenceQueue<>();

  private Specializer() {}

  /** Returns the instance of a template for the given data. */
  static <T> T instance(Class<? extends T> template, Class<T> type, Object data) {
    while (UNUSED.poll() instanceof Entry unused) {
      CACHE.remove(unused.key, unused);
    }
    Key key = new Key(template, data);
    while (true) {
      Entry entry = CACHE.computeIfAbsent(key, k -> new Entry(k, define(template, data), UNUSED));
      Object instance = entry.get();
      if (instance != null) {
        return type.cast(instance);
      }
      CACHE.remove(key, entry);
    }
  }

  private static Object define(Class<?> template, Object data) {
    try {
      return MethodHandles.lookup()
          .defineHiddenClassWithClassData(bytes(template), data, true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot define " + template.getName() + " for " + data, e);
    }
  }

  private static byte[] bytes(Class<?> template) {
    String name = template.getSimpleName() + ".class";
    try (InputStream in = template.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside the other classes of its package");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** Returns the class data of the hidden class that asks. */
  static <D> D data(Lookup lookup, Class<D> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(lookup.lookupClass() + " is a template: it works only as a hidden class", e);
    }
  }
}
