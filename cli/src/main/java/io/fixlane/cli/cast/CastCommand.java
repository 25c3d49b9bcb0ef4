package io.fixlane.cli.cast;

import io.fixlane.cli.cast.Explanation.Line;
import io.fixlane.cli.text.ExactText;
import io.fixlane.cli.text.FormatText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane cast}: casts values through a chain of formats and explains every bit. */
@Command(
    name = "cast",
    customSynopsis = "fixlane cast [--file=FILE] [VALUE...] FORMAT...",
    description = "Casts a value through one or more formats and explains every bit of each cast;"
        + " of several values, shows a table of their words.",
    footer = {
      "",
      "A VALUE is one of:",
      "  0.34375, -1e-3        a decimal, read exactly: 0.1 is one tenth",
      "  0.1d                  the double next to it, which a C++ literal 0.1 is",
      "  -5/3, 0x1.8p-3, inf   a fraction, a hex double, an infinity",
      "  raw:-5@ap_fixed<8,3>  a raw word; in hex or binary a pattern of bits:",
      "                        raw:0xfb@ap_fixed<8,3>",
      "  an expression         of operands VALUE@FORMAT, the operators of ap_fixed,",
      "                        + - * / & | ^ ~ << >>, and parentheses",
      "  -                     all values on standard input, one a line",
      "A minus sign in front of a digit belongs to the value: -(1@ap_fixed<8,3>)",
      "is the operator.",
      "",
      "A FORMAT is 'ap_fixed<W,I,Q,O,N>' or 'ap_ufixed<W,I,Q,O,N>'; ap_int, ap_uint,",
      "ac_fixed, ac_int, and fixed, ufixed, int and uint as hls4ml writes them, are",
      "read too. Put quotes around formats: the shell takes < and > otherwise.",
      "",
      "Examples:",
      "  fixlane cast 0.34375 'ap_fixed<8,3>' 'ap_fixed<4,2,AP_RND_CONV,AP_SAT>'",
      "  fixlane cast '0.3@ap_fixed<8,3> * raw:-5@ap_fixed<6,2>' 'ap_fixed<8,3,AP_RND>'",
      "  fixlane cast --file weights.txt 'ap_fixed<6,1,AP_RND_CONV,AP_SAT>'"
    })
public final class CastCommand implements Callable<Integer> {
  /** What can only be meant as a format, also where the shell has taken a part of it. */
  private static final Pattern FORMAT =
      Pattern.compile("\\s*(?:[as][cp]_\\w*|u?fixed|u?int)\\s*(?:<.*)?", Pattern.DOTALL);

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Cast the values in FILE, one a line; - is standard input. Blank lines and"
          + " those that start with # are left out.")
  private @Nullable String file;

  @Parameters(
      arity = "0..*",
      paramLabel = "VALUE|FORMAT",
      description = "What to cast, and then what to cast it into.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    int values = 0;
    while (values < arguments.size() && !FORMAT.matcher(arguments.get(values)).matches()) {
      values++;
    }
    require(values, arguments.size() - values);
    List<FixedFormat> targets = arguments.subList(values, arguments.size()).stream()
        .map(FormatText::parse).toList();
    List<CastInput> inputs = new ArrayList<>();
    boolean several = file != null || values > 1;
    for (String argument : arguments.subList(0, values)) {
      if (argument.equals(CastValueFile.STANDARD_INPUT)) {
        inputs.addAll(CastValueFile.read(argument));
        several = true;
      } else {
        inputs.add(CastInput.parse(argument));
      }
    }
    if (file != null) {
      inputs.addAll(CastValueFile.read(file));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (several) {
      CastTable table = new CastTable(targets);
      inputs.forEach(table::add);
      table.print(out);
    } else {
      explain(inputs.getFirst(), targets, out);
    }
    return 0;
  }

  private void require(int values, int formats) {
    if (formats > 0 && (values > 0 || file != null)) {
      return;
    }
    String missing = formats > 0 ? "VALUE" : values > 0 || file != null ? "FORMAT" : null;
    throw new ParameterException(spec.commandLine(), missing == null
        ? "Missing required parameters: 'VALUE', 'FORMAT'"
        : "Missing required parameter: '" + missing + "'");
  }

  private void explain(CastInput input, List<FixedFormat> targets, PrintWriter out) {
    List<Explanation> explanations = new ArrayList<>();
    if (input.value() instanceof CastValue.Word(Fixed result) && !input.steps().isEmpty()) {
      List<Line> lines = new ArrayList<>(input.steps());
      lines.addFirst(new Line.Heading("Expression: " + ExactText.elide(input.text())));
      explanations.add(new Explanation(lines, result));
    }
    CastValue source = input.value();
    String from = input.text();
    for (int i = 0; i < targets.size(); i++) {
      FixedFormat target = targets.get(i);
      String count = targets.size() == 1 ? "Cast" : "Cast " + (i + 1) + " of " + targets.size();
      Explanation explanation = CastExplainer.explain(
          count + ": " + ExactText.elide(from) + " -> " + target, from, source, target);
      explanations.add(explanation);
      source = new CastValue.Word(explanation.result());
      from = target.toString();
    }
    ExplanationPrinter printer = new ExplanationPrinter(out, spec.commandLine().getColorScheme());
    for (int i = 0; i < explanations.size(); i++) {
      if (i > 0) {
        out.println();
      }
      printer.print(explanations.get(i));
    }
  }
}
