package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.reference.Fixed;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Memory is bounded by a block, however large the file. */
class LargeVectorStreamTest {

  @Test
  void aFileLargerThanTheHeapIsChecked() throws Exception {
    String classes = Stream.of(LargeVectorStream.class, Words.class, Fixed.class)
        .map(c -> Path
            .of(URI.create(c.getProtectionDomain().getCodeSource().getLocation().toString())))
        .map(Path::toString).distinct().collect(Collectors.joining(File.pathSeparator));
    Process java =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx16m",
            "-cp", classes, LargeVectorStream.class.getName(), "8000").redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output)
        .startsWith("32352000 bytes, 8008000 values, 0 mismatches, 16777216 bytes of heap");
    assertThat(java.waitFor()).isZero();
  }

  /** Gives one byte for ever. */
  private static VectorSource endless(char b) {
    return VectorSource.of("endless", new InputStream() {
      @Override
      public int read() {
        return b;
      }
    });
  }

  @Test
  void anEndlessLineIsRefusedEarly() {
    assertThatThrownBy(() -> Vectors.read(endless('a')))
        .hasMessage("endless, line 1, column 1: the key "
            + "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' goes on for more than 64 bytes");
    assertThatThrownBy(() -> Vectors.read(endless('\0')))
        .hasMessageStartingWith("endless, line 1, column 1: the key");
    assertThatThrownBy(() -> Vectors.read(endless('\n')))
        .hasMessageStartingWith("endless, line 1, column 1: no TAB");
  }
}
