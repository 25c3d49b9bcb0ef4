package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Vectors are as wide as was asked for, and a wish that cannot be met is an error. */
class VectorWidthTest {
  /** Prints how a plan computes. */
  static final class Explain {
    public static void main(String[] arguments) {
      System.out.println(Cast.of(FixedFormat.signed(16, 6), FixedFormat.signed(16, 4)).explain());
    }
  }

  /** The width this very run asks for, so that no run of the suite passes at another. */
  @Test
  void thisRunHasTheWidthThatItAsksFor() {
    String asked = System.getProperty("fixlane.vectorBits", "0");
    String how = Cast.of(FixedFormat.signed(16, 6), FixedFormat.signed(16, 4)).explain();
    assertThat(how).contains(asked.equals("0") ? ": scalar" : "vectors of " + asked + " bits");
  }

  @Test
  void withoutTheModuleLoopsAreScalarAndTheLogSaysHowToChangeThat() throws Exception {
    assertThat(explain()).contains(": scalar").contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void aWidthWithoutTheModuleIsAnError() throws Exception {
    assertThat(explain("-Dfixlane.vectorBits=512")).doesNotContain(": scalar").contains(
        "fixlane.vectorBits is 512: vectors need the JVM option --add-modules"
            + " jdk.incubator.vector");
  }

  @Test
  void anImpossibleWidthIsAnError() throws Exception {
    assertThat(explain("--add-modules", "jdk.incubator.vector", "-Dfixlane.vectorBits=100"))
        .contains("fixlane.vectorBits is '100': it must be 512, 256, 128 or 0");
  }

  @Test
  void zeroAsksForScalarLoops() throws Exception {
    assertThat(explain("--add-modules", "jdk.incubator.vector", "-Dfixlane.vectorBits=0"))
        .contains(": scalar").contains("scalar loops: fixlane.vectorBits is 0");
  }

  private static String explain(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), Explain.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  /** Returns where the classes lie, whether this test runs on the class path or the module path. */
  private static String classPath() throws URISyntaxException {
    Path explain = Path.of(Explain.class.getResource("VectorWidthTest$Explain.class").toURI());
    Path tests = explain.resolve("../../../..").normalize();
    return Stream.of(tests, root(Cast.class), root(FixedFormat.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path root(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
