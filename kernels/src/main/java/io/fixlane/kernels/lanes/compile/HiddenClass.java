package io.fixlane.kernels.lanes.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Defines what has been written or flattened, and shows it to who asks. */
public final class HiddenClass {
  /**
   * The system property that names a folder: the file of each class that is defined is written
   * there, for {@code javap -c -p}. The folder must exist.
   */
  public static final String DUMP = "fixlane.dump";

  private static final AtomicInteger DUMPED = new AtomicInteger();

  /**
   * What a hidden class has as its class data. It holds the class's instance, so that one is there
   * as long as the other: else a collection of young objects alone, which unloads no class, would
   * take instances out of {@link SharedInstances}, and their classes would count no more.
   */
  private static final class ClassData {
    private final @Nullable Object data;
    private @Nullable Object instance;

    ClassData(@Nullable Object data) {
      this.data = data;
    }
  }

  private HiddenClass() {}

  /**
   * Returns an instance of a class that is defined as a hidden one.
   *
   * @param lookup a lookup in the class's package
   * @param bytes the class file; the class has a constructor without parameters
   * @param data what the class finds as its class data; null for none
   */
  public static Object define(Lookup lookup, byte[] bytes, @Nullable Object data) {
    dump(bytes);
    try {
      ClassData held = new ClassData(data);
      Constructor<?> constructor = lookup.defineHiddenClassWithClassData(bytes, held, true)
          .lookupClass()
          .getDeclaredConstructor();
      // A template is of its own room, and so is its constructor.
      constructor.setAccessible(true);
      Object instance = constructor.newInstance();
      held.instance = instance;
      return instance;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot define a class of " + lookup.lookupClass() + " for " + data, e);
    }
  }

  /** Returns the data of the hidden class that asks. */
  static <D> D data(Lookup lookup, Class<D> type) {
    try {
      return type.cast(MethodHandles.classData(lookup, "_", ClassData.class).data);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(
          lookup.lookupClass() + " is a template: it works only as a hidden class", e);
    }
  }

  private static void dump(byte[] bytes) {
    String folder = System.getProperty(DUMP);
    if (folder == null) {
      return;
    }
    String internal = ClassFile.of().parse(bytes).thisClass().asInternalName();
    String name = internal.substring(internal.lastIndexOf('/') + 1);
    Path file = Path.of(folder, name + "-" + DUMPED.incrementAndGet() + ".class");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(DUMP + " is " + folder + ": " + file + " cannot be written",
          e);
    }
  }
}
