package io.fixlane.kernels.lanes.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
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
      Lookup defined = data == null
          ? lookup.defineHiddenClass(bytes, true)
          : lookup.defineHiddenClassWithClassData(bytes, data, true);
      Constructor<?> constructor = defined.lookupClass().getDeclaredConstructor();
      // A template is of its own room, and so is its constructor.
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot define a class of " + lookup.lookupClass() + " for " + data, e);
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
