package io.fixlane.cli.words;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.words.file.FileKind;
import io.fixlane.cli.words.file.WordInput;
import io.fixlane.cli.words.file.WordOutput;
import io.fixlane.cli.words.file.WordSink;
import io.fixlane.cli.words.file.WordStatistics;
import io.fixlane.files.AtomicFile;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what is written. */
final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes the words to a file, of the kind that its name ends as.")
  private @Nullable Path out;

  @Option(
      names = "--kind-out",
      paramLabel = "KIND",
      description = "What kind of file is written, where its name does not tell.")
  private @Nullable FileKind kind;

  @Option(
      names = "--numbers-out",
      paramLabel = "raw|values",
      description = "Whether raw words are written or values (default: raw words to .npy and .npz, "
          + "values to .csv, .txt and .h; all others hold the bits of words).")
  private @Nullable Numbers numbers;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the array in an .npz file or a C header (default: that of the "
          + "array that is read, or of FILE).")
  private @Nullable String name;

  @Option(names = "--force", description = "Replaces a file that is there.")
  private boolean force;

  /** What can be written of a word. */
  private enum Numbers {
    RAW,
    VALUES
  }

  /** Gives words, one after the other, to whom they go. */
  @FunctionalInterface
  interface Words {
    /** Gives all of them. */
    void putInto(WordSink sink) throws IOException;
  }

  /** Returns whether a file is asked for. */
  boolean isAsked() {
    return out != null;
  }

  /**
   * Returns what is to be written, or null where nothing is.
   *
   * @param input what is read
   * @param format the format of the words
   * @throws UserError if it cannot be written
   */
  @Nullable
  WordOutput output(WordInput input, FixedFormat format) {
    if (out == null) {
      if (kind != null || numbers != null || name != null || force) {
        throw new UserError(
            "--kind-out, --numbers-out, --name and --force are for --out, which is missing");
      }
      return null;
    }
    FileKind written = FileKind.of("--out", out, kind, "--kind-out");
    if (name != null && !written.hasNames()) {
      throw new UserError("--name is " + name + ": an array of a " + written.option()
          + " file has no name");
    }
    OutputFile file = new OutputFile("--out", out);
    file.requireOther("FILE", input.file());
    if (Files.isRegularFile(out) && !force) {
      throw new UserError("--out is " + out + ": it is there already; --force replaces it");
    }
    return new WordOutput(out, written, format, values(written), name(input, written));
  }

  private boolean values(FileKind written) {
    boolean usual = switch (written) {
      case CSV, DECIMAL, H -> true;
      case NPY, NPZ, HEX, MEM, MEMB, COE -> false;
    };
    return numbers == null ? usual : numbers == Numbers.VALUES;
  }

  private String name(WordInput input, FileKind written) {
    if (name != null) {
      return name;
    }
    String file = String.valueOf(input.file().getFileName());
    String stem = file.lastIndexOf('.') > 0 ? file.substring(0, file.lastIndexOf('.')) : file;
    String base = input.array() == null ? stem : input.array();
    if (written != FileKind.H) {
      return base;
    }
    String plain = base.replaceAll("[^A-Za-z0-9_]+", "_");
    return plain.matches("[A-Za-z_].*") ? plain : "w_" + plain;
  }

  /**
   * Writes the file.
   *
   * @param shape the dimensions of the words
   * @param statistics what is known of them
   * @throws UserError if it cannot be written, or there are not as many words as before
   */
  static void write(
      WordOutput output, List<Long> shape, WordStatistics statistics, Words words) {
    try {
      AtomicFile.write(output.file(), target -> write(output, shape, statistics, words, target));
    } catch (IOException e) {
      throw new UserError(
          "--out is " + output.file() + ": it cannot be written: " + Failure.reason(e), e);
    }
  }

  private static void write(WordOutput output, List<Long> shape, WordStatistics statistics,
      Words words, OutputStream target) throws IOException {
    WordSink sink = output.open(target, shape, statistics);
    Counter counter = new Counter(sink, statistics.words());
    words.putInto(counter);
    counter.finish();
  }

  /** A sink that takes as many words as were counted before. */
  private static final class Counter implements WordSink {
    private final WordSink sink;
    private long left;

    Counter(WordSink sink, long words) {
      this.sink = sink;
      left = words;
    }

    @Override
    public void put(BigInteger raw) throws IOException {
      require(left > 0);
      left--;
      sink.put(raw);
    }

    @Override
    public void finish() throws IOException {
      require(left == 0);
      sink.finish();
    }

    private static void require(boolean same) {
      if (!same) {
        throw new UserError("FILE has changed while it was read");
      }
    }
  }
}
