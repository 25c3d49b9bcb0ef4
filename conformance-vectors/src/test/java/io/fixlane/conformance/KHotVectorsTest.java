package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of K-hot words are what the reference writes, and files worked by hand pass. */
class KHotVectorsTest {

  @Test
  void theBundledTextIsWhatTheReferenceWrites() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    VectorWriter.write(written, false, KHotVectors::writeTo);
    try (InputStream bundled =
        new GZIPInputStream(VectorSource.bundled().getLast().opener().open())) {
      assertThat(written.toByteArray()).isEqualTo(bundled.readAllBytes());
    }
  }

  /**
   * Ones of magnitudes: 7 = 4 + 2 + 1; 13 = 8 + 4 + 1; 100 = 64 + 32 + 4; 127 = 64 + ... + 1. The
   * nearest to 7 is 8; to 13 it is 16; to 100 and 127 it would be 128, which is no word; to -100
   * and -127 it is -128. Signed digits: 7 = 8 - 1; 13 = 16 - 4 + 1; 100 = 128 - 32 + 4; 127 = 128 -
   * 1.
   */
  @ParameterizedTest
  @ValueSource(strings = {
    "K=1 rule=TRUNCATE | 0 1 2 4 8 64 64 -64 -64 -128",
    "K=1 rule=NEAREST | 0 1 2 8 16 64 64 -128 -128 -128",
    "K=1 rule=SIGNED_DIGITS | 0 1 4 8 16 64 64 -128 -128 -128",
    "K=2 rule=TRUNCATE | 0 1 3 6 12 96 96 -96 -96 -128",
    "K=2 rule=NEAREST | 0 1 3 6 12 96 96 -96 -128 -128",
    "K=2 rule=SIGNED_DIGITS | 0 1 3 7 12 96 127 -96 -127 -128",
    "rule=NEAREST K=8 | 0 1 3 7 13 100 127 -100 -127 -128"})
  void wordsWorkedByHandPass(String line) throws IOException {
    String[] parts = line.split(" \\| ");
    checkAllPass("op\tkhot " + parts[0] + "\n"
        + "x\tap_fixed<8,3>\t0 1 3 7 13 100 127 -100 -127 -128\n"
        + "z\tap_fixed<8,3>\t" + parts[1] + "\n", 10);
  }

  /**
   * In ap_fixed<8,8> the weights 7 -13 | 3 5 become, one-hot by signed digits, 8 -16 | 4 4; by the
   * nearest word 8 -16 | 2 4; truncated 4 -8 | 2 4. The rows of x are 5 2 and 1 -3.
   *
   * <pre>
   *   signed digits   5*8 + 2*4 = 48    5*-16 + 2*4 = -72    8 - 12 = -4    -16 - 12 = -28
   *   nearest         40 + 4 = 44       -80 + 8 = -72        8 - 6 = 2      -16 - 12 = -28
   *   truncated       20 + 4 = 24       -40 + 8 = -32        4 - 6 = -2     -8 - 12 = -20
   * </pre>
   */
  @ParameterizedTest
  @ValueSource(strings = {
    "relu=0 K=1 rule=SIGNED_DIGITS | 48 -72 -4 -28",
    "relu=1 K=1 rule=SIGNED_DIGITS | 48 0 0 0",
    "relu=0 K=1 rule=NEAREST | 44 -72 2 -28",
    "relu=0 K=1 rule=TRUNCATE | 24 -32 -2 -20",
    // Two terms are enough for 7 = 8 - 1, 3 and 5, and -13 becomes -12: 35 + 6, -60 + 10, ...
    "relu=0 K=2 rule=SIGNED_DIGITS | 41 -50 -2 -27"})
  void productsWorkedByHandPass(String line) throws IOException {
    String[] parts = line.split(" \\| ");
    checkAllPass("op\tkhot_gemm m=2 n=2 k=2 " + parts[0] + "\n"
        + "x\tap_fixed<4,4>\t5 2 1 -3\n"
        + "y\tap_fixed<8,8>\t7 -13 3 5\n"
        + "acc\tap_fixed<16,16>\n"
        + "z\tap_fixed<16,16>\t" + parts[1] + "\n", 4);
  }

  /**
   * The accumulator ap_fixed<4,4,AP_TRN,AP_SAT> holds -8 to 7. It starts at the bias 5; 1 x 7, one
   * signed digit, is 8, and 13 saturates to 7; then 1 x -3 becomes -4, and leaves 3. Cast at the
   * end alone, the sum would be 9, and saturate to 7.
   */
  @Test
  void theAccumulatorIsCastAfterEachProduct() throws IOException {
    checkAllPass("op\tkhot_gemm m=1 n=1 k=2 relu=0 K=1 rule=SIGNED_DIGITS\n"
        + "x\tap_fixed<4,4>\t1 1\n"
        + "y\tap_fixed<8,8>\t7 -3\n"
        + "bias\tap_fixed<4,4>\t5\n"
        + "acc\tap_fixed<4,4,AP_TRN,AP_SAT>\n"
        + "z\tap_fixed<4,4>\t3\n", 1);
  }

  private static void checkAllPass(String text, long words) throws IOException {
    ConformanceReport report = Vectors.checkReference(Vectors.source(text));
    assertThat(report.mismatches()).isEmpty();
    assertThat(report.total().values()).isEqualTo(words);
  }
}
