package io.fixlane.kernels.lanes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Compiles a recipe: defines a template class once more as a hidden class that has the recipe as
 * its class data ({@link Lookup#defineHiddenClassWithClassData}). What the template reads from its
 * data into {@code static final} fields is a constant to the JIT, and every switch on it folds
 * away. Equal data share one class for as long as anyone uses it and, as {@link SharedInstances}
 * says, for a while after: who plans anew for each batch, as training does, would else wait for the
 * JIT each time.
 */
final class Specializer {

  /** The data of {@link ScalarLoop}. */
  record ScalarData(LoopRecipe recipe, ScalarStep step) {
    /** Returns the loop. */
    Loop loop() {
      return instance(ScalarLoop.class, Loop.class, this);
    }
  }

  /** The data of {@link VectorLoop}: lanes are cast to as many lanes of the result's type. */
  record VectorData(
      LoopRecipe recipe, CastStep step, ScalarData scalar, Container laneType,
      Container resultType, int vectorBits, Memory memory) {}

  /**
   * The classes of the segments a loop runs on. A loop that met several would dispatch at every
   * access.
   */
  record Memory(Class<?> a, Class<?> b, Class<?> c, Class<?> target) {}

  private record Key(Class<?> template, Object data) {}

  /**
   * What a hidden class has as its class data. It holds the class's instance, so that one is there
   * as long as the other: else a collection of young objects alone, which unloads no class, would
   * take instances out of {@link SharedInstances}, and their classes would count no more.
   */
  private static final class ClassData {
    private final Object data;
    private Object instance;

    ClassData(Object data) {
      this.data = data;
    }
  }

  // A class takes about 16 KB of metaspace, and a plan has three or four: those that are kept serve
  // some networks in training, and all that nobody uses take about 32 MB.
  private static final int KEPT = 1024;
  private static final int UNUSED_AT_MOST = 1024;

  private static final SharedInstances<Key> INSTANCES = new SharedInstances<>(KEPT, UNUSED_AT_MOST);
  private static final Map<Class<?>, byte[]> FLATTENED = new ConcurrentHashMap<>();

  private Specializer() {}

  /** Returns the scalar template's instance for the given data. */
  static <T> T instance(Class<? extends T> template, Class<T> type, Object data) {
    return type.cast(instance(new Key(template, data), () -> bytes(template)));
  }

  /** Returns the vector loop for the given data. */
  static Loop vectorLoop(VectorData data) {
    Class<?> cast = switch (data.step()) {
      case IntegerCast _ -> VectorIntegerCast.class;
      case FromFloatCast _ -> VectorFromFloatCast.class;
      case FastFloatCast _ -> VectorFastFloatCast.class;
      case ToFloatCast _ -> VectorToFloatCast.class;
    };
    return (Loop) instance(
        new Key(VectorLoop.class, data),
        () -> FLATTENED.computeIfAbsent(cast, Specializer::flattened));
  }

  /** Returns the micro-kernel of a typed accumulator. */
  static MicroKernel vectorSteps(StepCast step) {
    return (MicroKernel) instance(
        new Key(VectorSteps.class, step),
        () -> FLATTENED.computeIfAbsent(VectorSteps.class, Specializer::flattenedSteps));
  }

  /** Returns the micro-kernel of signs for vectors of a size in bits. */
  static BinaryKernel vectorBinary(int bits) {
    return (BinaryKernel) instance(
        new Key(VectorBinaryKernel.class, bits),
        () -> FLATTENED.computeIfAbsent(VectorBinaryKernel.class,
            template -> new Flattener(Specializer::bytes, List.of(template)).flatten(template)));
  }

  private static byte[] flattenedSteps(Class<?> template) {
    return new Flattener(
        Specializer::bytes,
        List.of(VectorWords.class, VectorOperation.class, VectorOverflow.class,
            VectorIntegerCast.class, VectorSteps.class))
        .flatten(template);
  }

  private static byte[] flattened(Class<?> cast) {
    Flattener flattener = new Flattener(
        Specializer::bytes,
        List.of(VectorWords.class, VectorOperation.class, VectorOverflow.class, VectorTally.class,
            cast));
    flattener.substitute(VectorIntegerCast.class, cast);
    return flattener.flatten(VectorLoop.class);
  }

  private static Object instance(Key key, Supplier<byte[]> bytes) {
    return INSTANCES.get(key, k -> define(k, bytes.get()));
  }

  private static Object define(Key key, byte[] bytes) {
    try {
      ClassData data = new ClassData(key.data);
      data.instance = MethodHandles.lookup()
          .defineHiddenClassWithClassData(bytes, data, true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
      return data.instance;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot define " + key, e);
    }
  }

  private static byte[] bytes(Class<?> template) {
    String name = template.getSimpleName() + ".class";
    try (InputStream in = template.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is missing beside the other classes of its package");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** Returns the class data of the hidden class that asks. */
  static <D> D data(Lookup lookup, Class<D> type) {
    try {
      return type.cast(MethodHandles.classData(lookup, "_", ClassData.class).data);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(
          lookup.lookupClass() + " is a template: it works only as a hidden class", e);
    }
  }
}
