package io.fixlane.cli.conform;

import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.Implementation;
import io.fixlane.conformance.ReferenceImplementation;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The arithmetic that can be checked, by name. */
final class Implementations implements Iterable<String> {
  private static final Map<String, Supplier<Implementation>> ALL = new TreeMap<>();

  static {
    ALL.put("reference", ReferenceImplementation::new);
    ALL.put("kernels", KernelImplementation::new);
  }

  /**
   * Makes the arithmetic of a name.
   *
   * @throws UserError if none has it
   */
  static Implementation named(String name) {
    Supplier<Implementation> found = ALL.get(name);
    if (found == null) {
      throw new UserError("--implementation is '" + name + "': expected one of "
          + String.join(", ", ALL.keySet()));
    }
    return found.get();
  }

  /** Gives the names, which picocli completes. */
  @Override
  public Iterator<String> iterator() {
    return ALL.keySet().iterator();
  }
}
