package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
  }

  /** Gives a beginning, and then one word for ever. */
  private static VectorSource endlessWords(String beginning) {
    return VectorSource.of("endless", new InputStream() {
      private long at;

      @Override
      public int read() {
        long i = at++;
        return i < beginning.length()
            ? beginning.charAt((int) i)
            : (i - beginning.length()) % 2 == 0 ? '1' : ' ';
      }
    });
  }

  @Test
  void aLineHoldsALimitedNumberOfWords() {
    assertThatThrownBy(() -> Vectors.read(endlessWords("op\tcast\nx\tap_fixed<8,3>\t")))
        .hasMessage("endless, line 2, column 8388625: more than 4194304 values on the line: "
            + "a line holds at most 4194304 words of ap_fixed<8,3>");
    assertThatThrownBy(() -> Vectors.read(endlessWords("op\tcast\nx\tap_fixed<4096,3>\t")))
        .hasMessage("endless, line 2, column 131092: more than 65536 values on the line: "
            + "a line holds at most 65536 words of ap_fixed<4096,3>");
    String words = "1 ".repeat(65_536);
    assertThatThrownBy(() -> Vectors.read(endlessWords(
        "op\tcast\nx\tap_fixed<8,3>\t" + words + "1\nz\tap_fixed<4096,3>\t")))
        .hasMessage("endless, line 3, column 3: z would have 65537 words of ap_fixed<4096,3>: "
            + "a line holds at most 65536");
    assertThatThrownBy(() -> Vectors.read(endlessWords(
        "op\tcast\nx\tap_fixed<8,3>\t" + words + "\nz\tap_fixed<4096,3>\t")))
        .hasMessageEndingWith("more than 65536 values on the line: "
            + "a line holds at most 65536 words of ap_fixed<4096,3>");
  }

  @Test
  void theOperandsOfTheLongestSumAreKeptAsPlaces() {
    Words ones = Words.of(FixedFormat.signed(2, 2), LongStream.generate(() -> 1)
        .limit(Signature.MAX_WORDS).toArray());
    Operation dot = new Operation.Dot(Signature.MAX_WORDS);
    List<Word> operands =
        OperandsOf.result(new VectorBlock(dot, ones, ones, null, null, 0), 0);
    assertThat(operands).hasSize(2 * Signature.MAX_WORDS);
    assertThat(operands.getLast().name()).isEqualTo("y[4194303]");
    assertThat(operands.get(6).name()).isEqualTo("x[3]");
  }

  @Test
  void aBlockThatNoFileHoldsIsRefused() {
    Words many = Words.of(FixedFormat.signed(8, 3), new long[Signature.MAX_WORDS + 1]);
    assertThatThrownBy(
        () -> new VectorBlock(new Operation.Cast(), many, null, null, null, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x would have 4194305 words of ap_fixed<8,3>: a line holds at most 4194304");
  }
}
