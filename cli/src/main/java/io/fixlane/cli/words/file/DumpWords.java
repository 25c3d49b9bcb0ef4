package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.DumpNumbers;
import io.fixlane.conformance.DumpReader;
import io.fixlane.conformance.VectorFileException;
import io.fixlane.conformance.VectorSource;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a text, whose lines are rows where all have equally many. */
final class DumpWords implements WordSource {
  private final WordInput input;
  private final DumpReader reader;
  private long line;
  private long rows;
  private long inRow;
  private long columns;
  private boolean even = true;

  DumpWords(WordInput input, DumpNumbers numbers) {
    this.input = input;
    try {
      reader = new DumpReader(VectorSource.of(input.file()), numbers);
    } catch (VectorFileException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public @Nullable BigInteger next() {
    BigInteger word;
    try {
      word = reader.next();
    } catch (VectorFileException e) {
      throw new UserError(e.getMessage() + " (word [" + reader.words() + "])"
          + input.options().hint(String.valueOf(e.getMessage())), e);
    }
    if (word == null) {
      endRow();
    } else if (reader.line() != line) {
      endRow();
      line = reader.line();
      rows++;
      inRow = 1;
    } else {
      inRow++;
    }
    return word;
  }

  private void endRow() {
    if (rows == 1) {
      columns = inRow;
    }
    even &= rows == 0 || inRow == columns;
  }

  @Override
  public List<Long> shape() {
    if (!even) {
      return List.of(reader.words());
    }
    if (columns == 1 || rows == 1) {
      return List.of(rows * columns);
    }
    return List.of(rows, columns);
  }

  @Override
  public String description() {
    return input.kind().option() + " " + shape();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
