package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that compute on the kernels work in JVMs that compile no vectors. */
class JvmOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:MaxVectorSize=8"})
  void layersAreScalarWhereTheJvmCompilesNoVectors(String option) throws Exception {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), option,
        "--add-modules", "jdk.incubator.vector", "-cp", ClassPath.ofTests(), Main.class.getName(),
        "explain", "--gemm", "ap_fixed<8,3>", "ap_fixed<8,1>", "--k", "8", "--out",
        "ap_fixed<8,3>").redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("it needs vectors");
  }
}
