package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.conformance.ConformanceReport.OperationCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference gives every word that real {@code ap_fixed} gave, and those of K-hot words. */
class BundledVectorsTest {

  @ParameterizedTest
  @CsvSource({
    "cast-8bit.vec.gz, 8, 394240",
    "cast-wide.vec.gz, 21, 231840",
    "from-double.vec.gz, 8, 100800",
    "to-double.vec.gz, 8, 1712",
    "arith.vec.gz, 48, 14604",
    "unary.vec.gz, 35, 7056",
    "dot.vec.gz, 5, 8316",
    "layer.vec.gz, 36, 10350",
    "khot.vec.gz, 384, 28632"})
  void theReferenceGivesEveryWord(String name, long blocks, long values) throws IOException {
    VectorSource source =
        VectorSource.bundled().stream().filter(s -> s.name().equals(name)).findFirst()
            .orElseThrow();
    ConformanceReport report = Vectors.checkReference(source);
    OperationCount total = report.total();
    assertThat(report.mismatches()).isEmpty();
    assertThat(total.mismatches()).isZero();
    assertThat(total.notCovered()).isZero();
    assertThat(total.blocks()).isEqualTo(blocks);
    assertThat(total.values()).isEqualTo(values);
  }

  @Test
  void theFilesAreTheEightOfTheReadmeAndThatOfKHotWords() {
    assertThat(VectorSource.bundled()).extracting(VectorSource::name).containsExactly(
        "cast-8bit.vec.gz",
        "cast-wide.vec.gz", "from-double.vec.gz", "to-double.vec.gz", "arith.vec.gz",
        "unary.vec.gz", "dot.vec.gz",
        "layer.vec.gz", "khot.vec.gz");
  }

  @Test
  void theBytesAreThoseOfTheProvenance() throws Exception {
    String provenance = new String(bytes("PROVENANCE.md"), StandardCharsets.UTF_8);
    Matcher sum = Pattern.compile("([0-9a-f]{64})  (\\S+)").matcher(provenance);
    int count = 0;
    for (; sum.find(); count++) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(sum.group(2)));
      assertThat(HexFormat.of().formatHex(digest)).as(sum.group(2)).isEqualTo(sum.group(1));
    }
    assertThat(count).isEqualTo(9);
  }

  @Test
  void readAndWrittenAgainTheTextIsTheSame() throws IOException {
    for (VectorSource source : VectorSource.bundled()) {
      List<Vectors.Block> blocks = Vectors.read(source);
      byte[] text = Vectors.write(blocks, false);
      try (InputStream original = new GZIPInputStream(source.opener().open())) {
        assertThat(text).as(source.name()).isEqualTo(original.readAllBytes());
      }
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = VectorSource.class.getResourceAsStream("vectors/" + name)) {
      return in.readAllBytes();
    }
  }
}
