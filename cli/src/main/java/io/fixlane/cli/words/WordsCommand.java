package io.fixlane.cli.words;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.FormatText;
import io.fixlane.cli.words.file.FileKind;
import io.fixlane.cli.words.file.NumberMeaning;
import io.fixlane.cli.words.file.OptionNames;
import io.fixlane.cli.words.file.WordInput;
import io.fixlane.cli.words.file.WordOutput;
import io.fixlane.cli.words.file.WordSink;
import io.fixlane.cli.words.file.WordSource;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane words}: a file of words, shown, cast, and written as another kind of file. */
@Command(
    name = "words",
    description = "Shows the words of a file, casts them into another format, and writes them as "
        + "another kind of file: arrays of numpy, texts, memories of Verilog, coefficients of "
        + "Vivado and C headers of hls4ml, each into any other.",
    footer = {
      "",
      "The ending of a file's name tells what it is, or else KIND does:",
      "  npy, npz  an array of numpy, or several in a zip file",
      "  csv       rows of decimals",
      "  decimal   decimals between blanks: .txt, .dat, .log",
      "  hex       the bits of words in hex digits, as compare reads them",
      "  mem       what $readmemh reads: hex digits, with comments and addresses",
      "  memb      what $readmemb reads: binary digits",
      "  coe       Vivado's memory_initialization_vector, or coefdata of filters",
      "  h         the array of a C header, as hls4ml writes weights: .h, .hpp",
      "Without FORMAT, the arrays of an .npy or .npz file are listed.",
      "",
      "A histogram goes from the smallest word of a format to its largest: a blank is",
      "no word, and the later ones of the marks .:-=+*#%%@ are more words.",
      "",
      "Examples:",
      "  fixlane words w2.npy --format 'ap_fixed<8,3>'",
      "  fixlane words weights/w2.h --format 'ap_fixed<8,3>' --out w2.npy",
      "  fixlane words x.npy --cast --format 'ap_fixed<8,3,AP_RND,AP_SAT>' --out x.mem",
      "  fixlane words rom.coe --format 'ap_fixed<16,6>' --to 'ap_fixed<8,3>' \\",
      "      --out rom8.coe"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, and written where that was asked",
      "2:a mistake in the command line or in a file, or an output that cannot be written"})
public final class WordsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file of words.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "What the words are: 'ap_fixed<W,I,Q,O,N>' or 'ap_ufixed<W,I,Q,O,N>'.")
  private @Nullable String format;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "Casts the words into another format, by its modes.")
  private @Nullable String to;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What kind of file it is, where its name does not tell.")
  private @Nullable FileKind kind;

  @Option(
      names = "--array",
      paramLabel = "NAME",
      description = "Which array of an .npz file or a C header is meant, where there are several.")
  private @Nullable String array;

  @ArgGroup
  private @Nullable NumbersOption numbers;

  @Option(
      names = "--digits",
      paramLabel = "N",
      description = "To how many significant digits decimals of a text were rounded when they were "
          + "printed; each is then the one word that prints so (default: they are exact).")
  private @Nullable Integer digits;

  @Option(
      names = "--shape",
      paramLabel = "N",
      split = ",",
      description = "The dimensions of the words, where the file does not tell them, or others.")
  private long @Nullable [] shape;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many words are shown (default: ${DEFAULT-VALUE}).")
  private int maxWords;

  @Mixin
  private OutputOptions output = new OutputOptions();

  /**
   * Shows, and writes.
   *
   * @return the exit code
   * @throws UserError if the file cannot be read, a word is none of the format, or the other file
   *     cannot be written
   */
  @Override
  public Integer call() {
    if (maxWords < 0) {
      throw new UserError("--max-words is " + maxWords + ": it must be at least 0");
    }
    PrintWriter out = spec.commandLine().getOut();
    FileKind read = FileKind.of("FILE", file, kind, "--kind");
    if (format == null) {
      boolean more = to != null || array != null || numbers != null || digits != null
          || shape != null || output.isAsked();
      if (more) {
        throw new UserError("--format is missing: without it, the arrays of FILE are listed alone");
      }
      ArrayTable.print(file, read, out);
      return 0;
    }
    FixedFormat from = FormatText.parse(format);
    FixedFormat target = to == null ? from : FormatText.parse(to);
    WordInput input = new WordInput(OptionNames.WORDS, file, read, array,
        numbers == null ? null : numbers.meaning(), NumberMeaning.VALUES, from, digits);
    WordOutput written = output.output(input, target);
    WordsText text = new WordsText(from, target, maxWords);
    List<Long> dimensions = input.read(source -> look(source, from, target, text));
    text.print(file.toString(), out);
    if (written != null) {
      OutputOptions.write(written, dimensions, text.result(),
          sink -> input.read(source -> put(source, from, target, sink)));
      out.println("The words are in " + written.file() + ".");
    }
    return 0;
  }

  private List<Long> look(
      WordSource source, FixedFormat from, FixedFormat target, WordsText text)
      throws IOException {
    CastWords words = new CastWords(source, from, target);
    for (BigInteger word = words.next(); word != null; word = words.next()) {
      text.add(words.original(), word);
    }
    List<Long> dimensions = dimensions(source.shape(), text.result().words());
    text.end(source.description(), words);
    return dimensions;
  }

  private List<Long> dimensions(List<Long> ofFile, long words) {
    if (shape == null) {
      return ofFile;
    }
    List<Long> wanted = Arrays.stream(shape).boxed().toList();
    long size;
    try {
      size = wanted.stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException e) {
      size = -1;
    }
    if (size != words || wanted.stream().anyMatch(dimension -> dimension < 0)) {
      throw new UserError("--shape is " + String.join(",", wanted.stream().map(String::valueOf)
          .toList()) + ": FILE has " + words + " words");
    }
    return wanted;
  }

  private static boolean put(
      WordSource source, FixedFormat from, FixedFormat target, WordSink sink) throws IOException {
    CastWords words = new CastWords(source, from, target);
    for (BigInteger word = words.next(); word != null; word = words.next()) {
      sink.put(word);
    }
    return true;
  }
}
