package io.fixlane.cli;

import io.fixlane.format.FixedFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane cast}: casts a value through a chain of formats and explains every bit. */
@Command(
    name = "cast",
    description = "Casts a value through one or more formats and explains every bit of each cast.",
    footer = {
      "",
      "Values are read exactly: 0.1 is one tenth, not the double next to it, which is",
      "0x1.999999999999ap-4. A raw word may be a decimal number, or a pattern of bits in",
      "hex or binary: raw:0xfb@ap_fixed<8,3> is raw -5.",
      "Put quotes around formats: the shell takes < and > otherwise.",
      "",
      "Example:",
      "  fixlane cast 0.34375 'ap_fixed<8,3>' 'ap_fixed<4,2,AP_RND_CONV,AP_SAT>'"
    })
final class CastCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "VALUE",
      description = "A decimal (0.34375, -1e-3), a fraction (-5/3), a hex double (0x1.8p-3),"
          + " a raw word with its format ('raw:-5@ap_fixed<8,3>'), or Infinity.")
  private String value;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FORMAT",
      description = "What to cast into: 'ap_fixed<W,I,Q,O,N>' or 'ap_ufixed<W,I,Q,O,N>'.")
  private List<String> formats;

  @Override
  public Integer call() {
    CastValue source = CastValueText.parse(value);
    List<FixedFormat> targets = formats.stream().map(CastValueText::parseFormat).toList();
    PrintWriter out = spec.commandLine().getOut();
    ExplanationPrinter printer = new ExplanationPrinter(out, spec.commandLine().getColorScheme());
    String from = ExactText.elide(value);
    for (int i = 0; i < targets.size(); i++) {
      FixedFormat target = targets.get(i);
      String count = targets.size() == 1 ? "Cast" : "Cast " + (i + 1) + " of " + targets.size();
      Explanation explanation =
          CastExplainer.explain(count + ": " + from + " -> " + target, source, target);
      if (i > 0) {
        out.println();
      }
      printer.print(explanation);
      source = new CastValue.Word(explanation.result());
      from = target.toString();
    }
    return 0;
  }
}
