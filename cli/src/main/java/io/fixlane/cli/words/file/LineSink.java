package io.fixlane.cli.words.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A word a line; in a CSV file, the last dimension of an array of several is a line. */
final class LineSink implements WordSink {
  private final Function<BigInteger, String> text;
  private final Writer out;
  private final long columns;
  private long column;

  /**
   * Begins the file.
   *
   * @param text the text of a word
   */
  LineSink(WordOutput output, List<Long> shape, Function<BigInteger, String> text,
      OutputStream target) throws IOException {
    this.text = text;
    out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.US_ASCII));
    columns = output.kind() == FileKind.CSV && shape.size() > 1 ? shape.getLast() : 1;
    if (output.kind() == FileKind.MEM || output.kind() == FileKind.MEMB) {
      out.write("// " + output.format() + " " + shape + "\n");
    }
  }

  @Override
  public void put(BigInteger raw) throws IOException {
    out.write(text.apply(raw));
    column++;
    if (column == columns) {
      column = 0;
      out.write('\n');
    } else {
      out.write(',');
    }
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
