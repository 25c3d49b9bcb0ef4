package io.fixlane.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What processes that tests start are started with. */
public final class ClassPath {
  private ClassPath() {}

  /** Returns all classes of the program and of tests, wherever this test finds them. */
  public static String ofTests() {
    try {
      Path tests = Path.of(ClassPath.class.getResource("ClassPath.class").toURI())
          .resolve("../../../..").normalize();
      return Stream.of(tests.toString(), System.getProperty("java.class.path"),
          System.getProperty("jdk.module.path", "")).filter(path -> !path.isEmpty())
          .collect(Collectors.joining(File.pathSeparator));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
