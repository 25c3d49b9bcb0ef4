package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.console.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that compute on the kernels work in JVMs that compile no vectors. */
class JvmOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:MaxVectorSize=8"})
  void layersAreScalarWhereTheJvmCompilesNoVectors(String option) throws Exception {
    Process process = explain(option);
    String printed = printed(process);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("it needs vectors");
  }

  @Test
  void aWidthThatThereIsNotIsAMistake() throws Exception {
    Process process = explain("-Dfixlane.vectorBits=100");
    assertThat(printed(process)).endsWith(
        "fixlane: fixlane.vectorBits is '100': it must be 512, 256, 128 or 0\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /** Without the option that allows it, machine code cannot be asked for. */
  @Test
  void machineCodeThatIsNotAllowedIsAMistake() throws Exception {
    Process process = explain("-Dfixlane.machineCode=avx2");
    assertThat(printed(process)).endsWith("fixlane: fixlane.machineCode is avx2, and machine code "
        + "cannot be used: it needs the JVM option --enable-native-access=io.fixlane.kernels\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Process explain(String option) throws IOException {
    return new ProcessBuilder(Child.java(), option, "--add-modules", "jdk.incubator.vector", "-cp",
        ClassPath.ofTests(), Main.class.getName(), "explain", "--gemm", "ap_fixed<8,3>",
        "ap_fixed<8,1>", "--k", "8", "--out", "ap_fixed<8,3>").redirectErrorStream(true).start();
  }

  private static String printed(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .replace(System.lineSeparator(), "\n");
  }
}
