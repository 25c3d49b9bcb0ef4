package io.fixlane.kernels.lanes.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A class that is compiled anew for each recipe: it is defined once more as a hidden class that has
 * the recipe as its class data ({@link Lookup#defineHiddenClassWithClassData}). What it reads from
 * its data into {@code static final} fields is a constant to the JIT, and every switch on it folds
 * away. Equal data share one class for as long as anyone uses it and, as {@link SharedInstances}
 * says, for a while after: who plans anew for each batch, as training does, would else wait for the
 * JIT each time.
 *
 * <p>A template class names its data in a record of its own, which makes the template; a hidden
 * class lies in the package of the lookup that defines it, so that is where the record must be.
 *
 * @param <T> what the class implements
 */
public final class Template<T> {
  private record Key(Class<?> source, Object data) {}

  // A class takes about 16 KB of metaspace, and a plan has three or four: those that are kept serve
  // some networks in training, and all that nobody uses take about 32 MB.
  private static final int KEPT = 1024;
  private static final int UNUSED_AT_MOST = 1024;

  private static final SharedInstances<Key> INSTANCES = new SharedInstances<>(KEPT, UNUSED_AT_MOST);

  private final Lookup lookup;
  private final Class<? extends T> source;
  private final Class<T> type;
  private final UnaryOperator<byte[]> rewrite;
  private volatile byte @Nullable [] bytes;

  private Template(Lookup lookup, Class<? extends T> source, Class<T> type,
      UnaryOperator<byte[]> rewrite) {
    this.lookup = lookup;
    this.source = source;
    this.type = type;
    this.rewrite = rewrite;
  }

  /**
   * Returns the template of a class without vectors, or whose vectors stay in one method.
   *
   * @param lookup a lookup in the package of the class
   * @param source the class
   * @param type what it implements
   */
  public static <T> Template<T> of(Lookup lookup, Class<? extends T> source, Class<T> type) {
    return new Template<>(lookup, source, type, UnaryOperator.identity());
  }

  /**
   * Returns the template of a class whose loop is flattened into one method.
   *
   * @param lookup a lookup in the package of the class
   * @param source the class
   * @param type what it implements
   * @param method the name of the method that holds the loop
   * @param parts the classes whose static methods on vectors are copied into it; what those refer
   *     to must be public, or of the class's package
   * @param substitutes for some of the parts, the class whose methods of the same names and types
   *     are copied in their place
   */
  public static <T> Template<T> flattened(Lookup lookup, Class<? extends T> source, Class<T> type,
      String method, List<Class<?>> parts, Map<Class<?>, Class<?>> substitutes) {
    return new Template<>(lookup, source, type, _ -> {
      Flattener flattener = new Flattener(Template::bytes, parts);
      substitutes.forEach(flattener::substitute);
      return flattener.flatten(source, method);
    });
  }

  /** Returns the instance for the given data, which a hidden class of its own computes. */
  public T compile(Object data) {
    return type.cast(
        INSTANCES.get(new Key(source, data), _ -> HiddenClass.define(lookup, bytes(), data)));
  }

  private byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = rewrite.apply(bytes(source));
      bytes = known;
    }
    return known;
  }

  private static byte[] bytes(Class<?> type) {
    String name = type.getSimpleName() + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
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
  public static <D> D data(Lookup lookup, Class<D> type) {
    return HiddenClass.data(lookup, type);
  }
}
