package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps as tools write them, and two of them compared. */
class DumpReaderTest {
  private static final FixedFormat FORMAT = FixedFormat.parse("ap_fixed<8,3>");
  private static final DumpNumbers VALUES = DumpNumbers.of(FORMAT, DumpNotation.VALUES);

  private static List<Integer> read(VectorSource source, DumpNumbers numbers) throws IOException {
    List<Integer> words = new ArrayList<>();
    try (DumpReader dump = new DumpReader(source, numbers)) {
      for (BigInteger word = dump.next(); word != null; word = dump.next()) {
        words.add(word.intValueExact());
      }
      assertThat(dump.words()).isEqualTo(words.size());
    }
    return words;
  }

  @Test
  void numbersStandBetweenBlanksCommasLineEndsAndComments() throws IOException {
    for (String text : List.of(
        "0.34375 -0.34375 \n-4 0 \n", "0.34375\n-0.34375\n-4\n0", "0.34375,-0.34375,\t-4, 0\r\n",
        "\ufeff# csim\r\n0.34375 // first\r\n\r\n-0.34375#second\r\n-4\r\n0\r\n")) {
      assertThat(read(Vectors.source(text), VALUES)).containsExactly(11, -11, -128, 0);
      assertThat(read(Vectors.source(Vectors.gzip(text)), VALUES))
          .containsExactly(11, -11, -128, 0);
    }
    assertThat(read(Vectors.source("f5\n0B\n"), DumpNumbers.of(FORMAT, DumpNotation.HEX)))
        .containsExactly(-11, 11);
  }

  @Test
  void theExpectedWordsOfAVectorFileAreItsWords() throws IOException {
    String text = "# by hand\nop\tcast\nx\tap_fixed<9,4>\t1 2\nz\tap_fixed<8,3>\t3 4\n"
        + "z\tap_fixed<8,3,AP_RND>\t5 6\nop\tneg\nx\tap_fixed<7,2>\t1\nz\tap_fixed<8,3>\t-1\n";
    assertThat(read(Vectors.source(text), VALUES)).containsExactly(3, 4, 5, 6, -1);
    assertThatThrownBy(
        () -> read(Vectors.source(text.replace("<8,3,AP_RND>", "<8,2>")), VALUES))
        .hasMessage("test.vec, line 5, column 1: z is ap_fixed<8,2>: expected words of "
            + "ap_fixed<8,3>");
  }

  @Test
  void whatIsNoWordHasItsPlace() {
    assertThatThrownBy(() -> read(Vectors.source("0 0.5\n1 INFO: 3\n"), VALUES))
        .isInstanceOf(VectorFileException.class)
        .hasMessage("test.vec, line 2, column 3: 'INFO:' is no number: expected a number, such as "
            + "0.34375 or -4e-05");
    assertThatThrownBy(() -> read(Vectors.source("# nothing\n"), VALUES)).hasMessage(
        "test.vec, line 2, column 1: the file has no number: expected words of ap_fixed<8,3>");
    assertThatThrownBy(() -> read(Vectors.source("1".repeat(30_000)), VALUES))
        .hasMessageStartingWith("test.vec, line 1, column 1: '1111")
        .hasMessageEndingWith("goes on for more than 20000 bytes");
  }

  @Test
  void wordsAreComparedByTheirValues() throws IOException {
    DumpComparison same = compare("0.5 -1", VALUES, "0x04 0xf8",
        DumpNumbers.of(FixedFormat.parse("ap_fixed<8,5>"), DumpNotation.VALUES));
    assertThat(same).isEqualTo(new DumpComparison(2, 2, 0, List.of()));
    assertThat(same.same()).isTrue();
    DumpComparison other = compare("0.5\n-1\n2\n3", VALUES, "0.5 -1.5 2.5", VALUES);
    WordType type = new WordType(FORMAT);
    assertThat(other.same()).isFalse();
    assertThat(other).isEqualTo(new DumpComparison(4, 3, 2, List.of(new DumpComparison.Difference(
        1, 2, new Word("A", type, BigInteger.valueOf(-32)), 1,
        new Word("B", type, BigInteger.valueOf(-48))))));
    assertThat(compare("1 2", VALUES, "1", VALUES).same()).isFalse();
    assertThat(compare("1", VALUES, "1 2", VALUES).same()).isFalse();
  }

  private static DumpComparison compare(String a, DumpNumbers numbersA, String b,
      DumpNumbers numbersB) throws IOException {
    try (DumpReader readerA = new DumpReader(Vectors.source(a), numbersA);
        DumpReader readerB = new DumpReader(Vectors.source(b), numbersB)) {
      return DumpComparison.of(readerA, readerB, 1);
    }
  }

  @Test
  void theExamplesHold(@TempDir Path folder) throws IOException {
    Path log = Files.writeString(folder.resolve("csim_results.log"), "-12.0557 0.000976563 \n");
    Path hex = Files.writeString(folder.resolve("rtl.hex"), "cfc7\n0001\n");
    assertThat(DumpExample.number()).isEqualTo(-12345);
    assertThat(DumpExample.countNegative(log)).isEqualTo(1);
    assertThat(DumpExample.same(log, hex)).isTrue();
  }
}
