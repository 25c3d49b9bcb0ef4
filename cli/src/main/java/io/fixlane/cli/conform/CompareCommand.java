package io.fixlane.cli.conform;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.FormatText;
import io.fixlane.cli.words.WordDump;
import io.fixlane.conformance.DumpComparison;
import io.fixlane.conformance.DumpComparison.Difference;
import io.fixlane.conformance.DumpNotation;
import io.fixlane.conformance.DumpNumbers;
import io.fixlane.conformance.DumpReader;
import io.fixlane.conformance.VectorFileException;
import io.fixlane.conformance.VectorSource;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code fixlane compare}: two dumps, word by word. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Compares two dumps of fixed-point words, such as hls4ml's csim_results.log, or "
        + "a dump and the expected words of a vector file.",
    footer = {
      "",
      "The numbers of a dump stand between blanks, commas and line ends; # and //",
      "begin comments. Words are equal where their values are. KIND is one of",
      "  values     decimals as operator<< prints them, rounded to N digits: each is",
      "             the one word that prints so, and refused where none or several do.",
      "             Integers behind 0x and 0b are the bits of a word.",
      "  cast       as values, but decimals are exact, and cast into the format by its",
      "             modes: for hls4ml's tb_output_predictions.dat, which is in float",
      "  words      integers are raw words: -11, 0xf5, 0b11110101",
      "  hex        the bits of a word in hex digits, as Verilog has them: f5",
      "  to_string  exact values as to_string of ap_fixed has them: -0x0.58p0",
      "Arrays of numpy (.npy, .npz), Vivado's coefficients (.coe) and C headers (.h,",
      ".hpp) are compared too, as words reads them: integers of numpy are raw words,",
      "and decimals values.",
      "",
      "Example:",
      "  fixlane compare tb_data/csim_results.log rtl.hex --format 'ap_fixed<16,6>' \\",
      "      --numbers-b hex"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:both have the same words",
      "1:a word differs, or one has more of them",
      "2:the command line is wrong, or a file cannot be read to its end"})
public final class CompareCommand implements Callable<Integer> {
  private static final int SAME = 0;
  private static final int DIFFERENT = 1;

  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A dump or a vector file, plain or gzip, or another file of words; - is "
          + "standard input.")
  private String fileA;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String fileB;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "What the words are: 'ap_fixed<W,I,Q,O,N>' or 'ap_ufixed<W,I,Q,O,N>'.")
  private String formatA;

  @Option(
      names = "--format-b",
      paramLabel = "FORMAT",
      description = "What the words of B are, where that is something else.")
  private @Nullable String formatB;

  @Option(
      names = "--numbers",
      paramLabel = "KIND",
      defaultValue = "values",
      description = "What the numbers are: values, cast, words, hex or to_string, as said below "
          + "(default: ${DEFAULT-VALUE}).")
  private DumpNotation notationA;

  @Option(
      names = "--numbers-b",
      paramLabel = "KIND",
      description = "What the numbers of B are, where that is something else.")
  private @Nullable DumpNotation notationB;

  @Option(
      names = "--digits",
      paramLabel = "N",
      defaultValue = "" + DumpNumbers.STREAM_DIGITS,
      description = "The significant digits that decimals were printed with, as by "
          + "std::setprecision(N) (default: ${DEFAULT-VALUE}).")
  private int digits;

  @Option(
      names = "--max-mismatches",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many differences are shown in full (default: ${DEFAULT-VALUE}).")
  private int maxMismatches;

  @Override
  public Integer call() {
    requireAtLeast("--max-mismatches", maxMismatches, 0);
    requireAtLeast("--digits", digits, 1);
    if (fileA.equals("-") && fileB.equals("-")) {
      throw new UserError("A and B are -: standard input can be read once");
    }
    FixedFormat ofA = FormatText.parse(formatA);
    FixedFormat ofB = formatB == null ? ofA : FormatText.parse(formatB);
    DumpNumbers numbersA = new DumpNumbers(ofA, notationA, digits);
    DumpNumbers numbersB =
        new DumpNumbers(ofB, notationB == null ? notationA : notationB, digits);
    try (DumpReader a = open("A", fileA, numbersA);
        DumpReader b = open("B", fileB, numbersB)) {
      DumpComparison comparison = DumpComparison.of(a, b, maxMismatches);
      show(a.name(), b.name(), comparison);
      return comparison.same() ? SAME : DIFFERENT;
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new UserError(option + " is " + value + ": it must be at least " + least);
    }
  }

  private static DumpReader open(String option, String name, DumpNumbers numbers)
      throws VectorFileException {
    Optional<VectorSource> words = WordDump.of(option, name, numbers);
    return words.isPresent()
        ? new DumpReader(words.get(), WordDump.numbers(numbers))
        : new DumpReader(source(name), numbers);
  }

  private static VectorSource source(String name) throws VectorFileException {
    if (name.equals("-")) {
      return VectorSource.of("standard input", System.in);
    }
    try {
      return VectorSource.of(Path.of(name));
    } catch (InvalidPathException e) {
      throw new UserError(name + ": is no path: " + e.getReason(), e);
    }
  }

  private void show(String a, String b, DumpComparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    long common = Math.min(comparison.wordsA(), comparison.wordsB());
    String words = number(common) + " words";
    out.println(ansi.string(comparison.differing() > 0
        ? "@|red " + number(comparison.differing()) + " of " + words + " differ|@"
        : "@|" + (comparison.same() ? "green" : "yellow") + " all " + words + " are the same|@"));
    if (comparison.wordsA() != comparison.wordsB()) {
      boolean more = comparison.wordsA() > comparison.wordsB();
      long further = Math.abs(comparison.wordsA() - comparison.wordsB());
      out.println(ansi.string("@|red " + number(further) + " further words are in "
          + (more ? "A" : "B") + " alone|@") + ": " + (more ? a : b));
    }
    WordTable table = new WordTable(out, ansi);
    for (Difference difference : comparison.differences()) {
      out.println();
      out.println("word [" + difference.index() + "], A: " + a + ", line " + difference.lineA()
          + ", B: " + b + ", line " + difference.lineB());
      table.print(List.of(WordTable.HEAD, WordTable.row("A", difference.a()),
          WordTable.row("B", difference.b())));
    }
    long left = comparison.differing() - comparison.differences().size();
    if (left > 0) {
      out.println();
      out.println(left + " further differences are not shown: see --max-mismatches");
    }
    out.flush();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
