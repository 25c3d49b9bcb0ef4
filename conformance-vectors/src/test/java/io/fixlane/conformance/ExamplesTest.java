package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the Javadoc do what they show. */
class ExamplesTest {

  @Test
  void anImplementationOfOnesOwn() throws IOException {
    ConformanceReport report = OwnImplementationExample.run();
    assertThat(report.total().mismatches()).isZero();
    assertThat(report.total().values()).isEqualTo(14_604);
    assertThat(report.total().notCovered()).isBetween(1L, 14_603L);
    assertThat(OwnImplementationExample.words().toLongArray()).containsExactly(-128, 0, 127);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.vec", "example.vec.gz"})
  void aFileWrittenAndRead(String name, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(name);
    VectorFileExample.write(file);
    assertThat(VectorFileExample.countWords(file)).isEqualTo(4);
    assertThat(Vectors.checkReference(VectorSource.of(file)).total().mismatches()).isZero();
  }
}
