package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Vectors are as wide as was asked for, and a wish that cannot be met is an error; without a wish
 * they are there where the JVM compiles them.
 */
class VectorWidthTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Prints how plans compute, and the words of one. */
  static final class Explain {
    public static void main(String[] arguments) {
      FixedFormat format = FixedFormat.signed(16, 6);
      System.out.println(Cast.of(format, FixedFormat.signed(16, 4)).explain());
      BitMatrix signs = BitMatrix.signs(FixedTensor.of(format, new short[] {1, -1, 1, 1}, 2, 2));
      FixedTensor sums = FixedTensor.allocate(FixedFormat.signed(8, 8), 2, 2);
      BinaryGemm.of(signs.transpose(), sums.format()).run(signs, sums);
      System.out.println(LongStream.range(0, 4).map(sums::raw).boxed().toList());
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
    assertThat(explain(MODULE, "-Dfixlane.vectorBits=100"))
        .contains("fixlane.vectorBits is '100': it must be 512, 256, 128 or 0");
  }

  @Test
  void zeroAsksForScalarLoops() throws Exception {
    assertThat(explain(MODULE, "-Dfixlane.vectorBits=0"))
        .contains(": scalar").contains("scalar loops: fixlane.vectorBits is 0");
  }

  /** Each of these JVMs has vectors of no more than 64 bits, or computes them one call a lane. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      -Xint                           | the JVM runs without C2, its compiler of vectors
      -XX:TieredStopAtLevel=1         | the JVM runs without C2, its compiler of vectors
      -XX:TieredStopAtLevel=3         | the JVM option TieredStopAtLevel is 3
      -XX:MaxVectorSize=8             | the JVM's vectors have at most 64 bits here
      -XX:-EnableVectorSupport        | the JVM option EnableVectorSupport is false""")
  void whereTheJvmCompilesNoVectorsLoopsAreScalarAndTheLogSaysWhy(String option, String reason)
      throws Exception {
    String printed = explain(MODULE, "-XX:+UnlockExperimentalVMOptions", option);
    assertThat(printed).contains("ap_fixed<16,4>: scalar", "[2, 0, 0, 2]");
    assertThat(printed.lines().filter(line -> line.contains("scalar loops: ")))
        .singleElement(STRING).contains("scalar loops: " + reason);
  }

  @Test
  void aWidthThatIsAskedForIsKeptWhereItIsEmulated() throws Exception {
    assertThat(explain(MODULE, "-XX:MaxVectorSize=8", "-Dfixlane.vectorBits=256")).contains(
        "vectors of 256 bits, as fixlane.vectorBits asks: emulated and so slow, for the JVM's"
            + " vectors have at most 64 bits here",
        "ap_fixed<16,4>: vectors of 256 bits", "[2, 0, 0, 2]");
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
