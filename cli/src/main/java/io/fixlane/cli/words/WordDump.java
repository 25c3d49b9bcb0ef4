package io.fixlane.cli.words;

import io.fixlane.cli.words.file.FileKind;
import io.fixlane.cli.words.file.NumberMeaning;
import io.fixlane.cli.words.file.OptionNames;
import io.fixlane.cli.words.file.WordInput;
import io.fixlane.cli.words.file.WordSource;
import io.fixlane.conformance.DumpNotation;
import io.fixlane.conformance.DumpNumbers;
import io.fixlane.conformance.VectorSource;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of words that is no dump, read as one of raw words: a line each, from the first on. */
public final class WordDump extends InputStream {
  private final WordSource words;
  private byte[] line = new byte[0];
  private int next;

  private WordDump(WordSource words) {
    this.words = words;
  }

  /**
   * Returns a file as a dump of raw words, or nothing where its name is not that of an array of
   * numpy, of coefficients or of a C header: dumps have many names.
   *
   * @param option what names the file on the command line
   * @param name the file's name
   * @param numbers the format of the words, and whether values are cast
   */
  public static Optional<VectorSource> of(String option, String name, DumpNumbers numbers) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    FileKind kind = FileKind.find(file).orElse(FileKind.DECIMAL);
    return switch (kind) {
      case CSV, DECIMAL, HEX, MEM, MEMB -> Optional.empty();
      case NPY, NPZ, COE, H -> {
        NumberMeaning decimals = numbers.notation() == DumpNotation.CAST
            ? NumberMeaning.CAST
            : NumberMeaning.VALUES;
        WordInput input =
            new WordInput(OptionNames.ofCompare(option), file, kind, null, null, decimals,
                numbers.format(), null);
        yield Optional.of(new VectorSource(name, -1, () -> new WordDump(input.open())));
      }
    };
  }

  /** Returns what the numbers of such a dump are. */
  public static DumpNumbers numbers(DumpNumbers numbers) {
    return DumpNumbers.of(numbers.format(), DumpNotation.WORDS);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int count = 0;
    while (count < length && fill()) {
      int part = Math.min(length - count, line.length - next);
      System.arraycopy(line, next, bytes, offset + count, part);
      next += part;
      count += part;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Makes sure that there is more of a line; returns false at the end. */
  private boolean fill() throws IOException {
    if (next == line.length) {
      @Nullable
      BigInteger word = words.next();
      if (word == null) {
        return false;
      }
      line = (word + "\n").getBytes(StandardCharsets.US_ASCII);
      next = 0;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    words.close();
  }
}
