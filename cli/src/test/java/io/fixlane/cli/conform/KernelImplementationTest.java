package io.fixlane.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.ConformanceReport.OperationCount;
import io.fixlane.conformance.ConformanceSuite;
import io.fixlane.conformance.Implementation;
import io.fixlane.conformance.ReferenceImplementation;
import io.fixlane.conformance.VectorSource;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kernels give every word that real {@code ap_fixed} gave, and the reference's K-hot words, at
 * the vector width that the build asks for; only words of more than 64 bits are not covered.
 */
class KernelImplementationTest {

  private static VectorSource source(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new VectorSource("test.vec", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private static ConformanceReport checkReference(VectorSource source) throws IOException {
    return new ConformanceSuite(new ReferenceImplementation()).run(source);
  }

  @ParameterizedTest
  @CsvSource({
    "cast-8bit.vec.gz, 394240, 0",
    "cast-wide.vec.gz, 231840, 44800",
    "from-double.vec.gz, 100800, 0",
    "to-double.vec.gz, 1712, 200",
    "arith.vec.gz, 14604, 767",
    "unary.vec.gz, 7056, 0",
    "dot.vec.gz, 8316, 0",
    "layer.vec.gz, 10350, 0",
    "khot.vec.gz, 28632, 4176"})
  void everyWordOfAtMost64BitsIsTheSame(String name, long values, long notCovered)
      throws IOException {
    VectorSource source = VectorSource.bundled().stream()
        .filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    ConformanceReport report = new ConformanceSuite(new KernelImplementation()).run(source);
    OperationCount total = report.total();
    assertThat(report.mismatches()).isEmpty();
    assertThat(total.mismatches()).isZero();
    assertThat(total.values()).isEqualTo(values);
    assertThat(total.notCovered()).isEqualTo(notCovered);
  }

  /** The header computes -2147483648 as any other count of the far side: every bit is lost. */
  @Test
  void aShiftByTheEndsOfInt() throws IOException {
    String words = "\tap_fixed<8,3>\t-128 -1 0 1 127\n";
    String zeros = "z\tap_fixed<8,3>\t0 0 0 0 0\n";
    String signs = "z\tap_fixed<8,3>\t-1 -1 0 0 0\n";
    String text = "op\tshr -2147483648\nx" + words + zeros
        + "op\tshl -2147483648\nx" + words + signs
        + "op\tshr 2147483647\nx" + words + signs
        + "op\tshl 2147483647\nx" + words + zeros;
    for (Implementation checked : new Implementation[] {
      new KernelImplementation(), new ReferenceImplementation()}) {
      ConformanceReport report = new ConformanceSuite(checked).run(source(text));
      assertThat(report.mismatches()).isEmpty();
      assertThat(report.total().values()).isEqualTo(20);
    }
  }

  @Test
  void shiftsByTheEndsOfAnIntAreTheReferences() throws IOException {
    VectorSource source = source("""
        op\tshr -2147483648
        x\tap_fixed<8,3>\t-1 1 -128
        z\tap_fixed<8,3>\t0 0 0
        op\tshl -2147483648
        x\tap_fixed<8,3>\t-1 1 -128
        z\tap_fixed<8,3>\t-1 0 -1
        op\tshr 2147483647
        x\tap_fixed<8,3>\t-1 1 -128
        z\tap_fixed<8,3>\t-1 0 -1
        op\tshl 2147483647
        x\tap_fixed<8,3>\t-1 1 -128
        z\tap_fixed<8,3>\t0 0 0
        """);
    assertThat(checkReference(source).mismatches()).isEmpty();
    assertThat(new ConformanceSuite(new KernelImplementation()).run(source).mismatches()).isEmpty();
  }

  /** The kernel 1, 2 over the columns of two images of 2 x 3, each with an output of its own. */
  @Test
  void convolutionsWithAllTheirArguments() throws IOException {
    String words = "x\tap_fixed<8,8>\t1 2 3 4 5 6 -1 -2 -3 -4 -5 -6\n"
        + "y\tap_fixed<8,8>\t1 2 1 2\nacc\tap_fixed<16,16>\nz\tap_fixed<16,16>\t";
    String conv = "op\tconv2d c=2 h=2 w=3 o=2 kh=1 kw=2 groups=2 relu=0 ";
    VectorSource source = source(
        conv + "stride=1 pad=0,0,0,1\n" + words + "5 8 3 14 17 6 -5 -8 -3 -14 -17 -6\n"
            + conv + "stride=1,2 pad=0 ceil=1\n" + words + "5 3 14 6 -5 -3 -14 -6\n"
            + conv + "stride=2,1 pad=0 dilation=1,2\n" + words + "7 -7\n");
    assertThat(checkReference(source).mismatches()).isEmpty();
    ConformanceReport report = new ConformanceSuite(new KernelImplementation()).run(source);
    assertThat(report.mismatches()).isEmpty();
    assertThat(report.total().values()).isEqualTo(22);
  }

  @Test
  void theVectorsHaveTheWidthThatWasAskedFor() {
    String how = Cast.of(FixedFormat.signed(16, 6), FixedFormat.signed(16, 4)).explain();
    String asked = System.getProperty("fixlane.vectorBits", "");
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(how).contains(vectors ? "vectors of " + asked : "scalar");
  }
}
