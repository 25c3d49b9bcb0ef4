package io.fixlane.autograd.data;

import static io.fixlane.autograd.data.CsvImages.Label.FIRST;
import static io.fixlane.autograd.data.CsvImages.Label.LAST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in lines of numbers, good and bad. */
class CsvFilesTest {
  @TempDir
  private Path folder;

  private void assertCsvRefused(String content, String rule) throws IOException {
    Path file = folder.resolve("images.csv");
    Files.writeString(file, content);
    assertThatThrownBy(() -> new CsvImages(1, 2, 1, 16, 3, LAST).read("csv", file))
        .isInstanceOf(DataFileException.class).hasMessage(file + ": " + rule);
  }

  @Test
  void badLinesOfNumbers() throws IOException {
    assertCsvRefused("", "it has no images: there must be a line for each");
    assertCsvRefused("a,b,label\n", "it has no images: there must be a line for each");
    assertCsvRefused("1,2,0\na,b,label\n",
        "line 2, field 1 is 'a': it must be a whole number in 0..16");
    assertCsvRefused("1,b,0\n", "line 1, field 2 is 'b': it must be a whole number in 0..16");
    assertCsvRefused("\uFEFF1,2,0\n",
        "line 1, field 1 is '\u00ef\u00bb\u00bf1': it must be a whole number in 0..16");
    assertCsvRefused("1,99999999999999999999,0\n",
        "line 1, field 2 is '2147483647': it must be a whole number in 0..16");
    assertCsvRefused("1,2,0\n\n", "line 2 has 1 numbers: it must have 2 pixels and a label");
    assertCsvRefused("1,2,0\n1,2\n", "line 2 has 2 numbers: it must have 2 pixels and a label");
    assertCsvRefused("1,17,0\n", "line 1, field 2 is '17': it must be a whole number in 0..16");
    assertCsvRefused("1,-1,0\n", "line 1, field 2 is '-1': it must be a whole number in 0..16");
    assertCsvRefused("1,x,0\n", "line 1, field 2 is 'x': it must be a whole number in 0..16");
    assertCsvRefused("1,2,3\n", "line 1, field 3 is '3': it must be a whole number in 0..2");
    assertCsvRefused("1,2,\n", "line 1, field 3 is '': it must be a whole number in 0..2");
    Path nowhere = folder.resolve("nowhere.csv");
    assertThatThrownBy(() -> new CsvImages(1, 2, 1, 16, 3, LAST).read("csv", nowhere))
        .hasMessage(nowhere + ": there is no such file");
    assertThatThrownBy(() -> new CsvImages(1, 0, 1, 16, 3, LAST))
        .hasMessage("width is 0: it must be at least 1");
  }

  /** The line has five numbers of which either end may be the label: nothing is guessed. */
  @Test
  void labelsAreWhereTheyAreSaidToBe() throws IOException {
    Path file = folder.resolve("images.csv");
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      Files.writeString(file, String.join(end, "label,1x1,1x2,2x1,2x2", "5,0,255,51,3", ""));
      Dataset first = new CsvImages(2, 2, 1, 255, 10, FIRST).read("kaggle", file);
      assertThat(first.label(0)).isEqualTo(5);
      assertThat(first.images()).containsExactly(0, 1, 0.2f, 3 / 255f);
      Dataset last = new CsvImages(2, 2, 1, 255, 10, LAST).read("uci", file);
      assertThat(last.label(0)).isEqualTo(3);
      assertThat(last.images()).containsExactly(5 / 255f, 0, 1, 0.2f);
    }
  }

  @Test
  void filesOfWhichOnlyTheOrderIsKnown() throws IOException {
    Path train = folder.resolve("train.csv");
    Path test = folder.resolve("test.csv");
    Files.writeString(train, "1,0,0,0,255\n3,0,0,0,0\n".repeat(50));
    Files.writeString(test, "label,a,b,c,d\n2,255,255,255,255\n");
    DataSplit two = CsvSplit.read("two", train, test, FIRST);
    assertThat(two.train()).hasToString("two train: 100 images 2x2x1, 3 classes");
    assertThat(two.train().label(1)).isEqualTo(2);
    assertThat(two.test()).hasToString("two test: 1 images 2x2x1, 3 classes");
    assertThat(two.test().label(0)).isEqualTo(1);
    assertThat(two.test().firstLabel()).isEqualTo(1);
    DataSplit one = CsvSplit.read("one", train, FIRST);
    assertThat(one.train()).hasToString("one train: 80 images 2x2x1, 3 classes");
    assertThat(one.test()).hasToString("one test: 20 images 2x2x1, 3 classes");
    Files.writeString(test, "4,255,255,255,255\n");
    assertSplitRefused(train, test, test + ": label 0 is 4: those to train with are in 1..3");
    Files.writeString(test, "1,2\n");
    assertSplitRefused(train, test,
        test + ": line 1 has 2 numbers: it must have 4 pixels and a label");
    assertSplitRefused(test, null,
        test + ": it has 1 image: there must be one to train with and one to test with");
    Files.writeString(test, "1,2,3\n1,2,3\n");
    assertSplitRefused(test, null,
        test + ": an image has 2 pixels: it must be square, as 784 are 28 x 28");
    Files.writeString(test, "1\n");
    assertSplitRefused(test, null,
        test + ": line 1 has 1 numbers: it must have pixels and a label");
  }

  private static void assertSplitRefused(Path train, @Nullable Path test, String message) {
    assertThatThrownBy(() -> {
      if (test == null) {
        CsvSplit.read("csv", train, FIRST);
      } else {
        CsvSplit.read("csv", train, test, FIRST);
      }
    }).isInstanceOf(DataFileException.class).hasMessage(message);
  }

  /** Lines without end, and without content. */
  @Test
  void endlessLinesTakeNoMemory() throws IOException {
    Path file = folder.resolve("endless.csv.gz");
    for (String text : new String[] {"\n", "1", "1,", "x"}) {
      byte[] piece = text.repeat(1 << 20).getBytes(UTF_8);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        for (int i = 0; i < 32; i++) {
          out.write(piece);
        }
      }
      assertThatThrownBy(() -> CsvSplit.read("endless", file, LAST))
          .isInstanceOf(DataFileException.class).hasMessageStartingWith(file + ": ");
    }
  }
}
