package io.fixlane.cli;

import io.fixlane.cli.console.TextTable;
import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.Mismatch;
import io.fixlane.conformance.Word;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Mismatches in full: where, what, and each word as raw, binary and value. */
final class MismatchText {
  /** The operands that are shown from either end of a long sum. */
  private static final int ENDS = 8;
  private static final int BITS_COLUMN = 3;

  private final PrintWriter out;
  private final Ansi ansi;

  MismatchText(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(List<ConformanceReport> reports) {
    long shown = 0;
    long all = 0;
    for (ConformanceReport report : reports) {
      report.mismatches().forEach(this::print);
      shown += report.mismatches().size();
      all += report.total().mismatches();
    }
    if (all > shown) {
      out.println();
      out.println((all - shown) + " further mismatches are not shown: see --max-mismatches");
    }
  }

  private void print(Mismatch mismatch) {
    out.println();
    out.println(
        mismatch.file() + ", line " + mismatch.line() + ": " + mismatch.operation().text() + ", "
            + mismatch.expected().name()
            + (mismatch.accumulator() == null ? "" : ", accumulated in " + mismatch.accumulator()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "format", "raw", "binary", "value"));
    List<Word> operands = mismatch.operands();
    int left = operands.size() - 2 * ENDS;
    for (int i = 0; i < operands.size(); i++) {
      if (left <= 1 || i < ENDS || i >= ENDS + left) {
        rows.add(row(operands.get(i).name(), operands.get(i)));
      } else if (i == ENDS) {
        rows.add(List.of("... " + left + " more", "", "", "", ""));
      }
    }
    rows.add(row("expected", mismatch.expected()));
    rows.add(row("got", mismatch.got()));
    printTable(rows);
  }

  private static List<String> row(String name, Word word) {
    return List.of(name, word.type().toString(), word.text(), WordText.bits(word),
        WordText.value(word));
  }

  private void printTable(List<List<String>> rows) {
    TextTable table = new TextTable(2, rows);
    int last = rows.size() - 1;
    for (int row = 0; row < last; row++) {
      out.println("  " + table.line(row));
    }
    String got = table.line(last);
    out.println(
        "  " + marked(got, rows.get(last - 1).get(BITS_COLUMN), rows.get(last).get(BITS_COLUMN)));
  }

  /** Colours the bits that differ. */
  private String marked(String line, String expected, String got) {
    if (!ansi.enabled()) {
      return line;
    }
    int start = line.lastIndexOf("  " + got) + 2;
    StringBuilder marked = new StringBuilder(line.substring(0, start));
    for (int i = 0; i < got.length(); i++) {
      boolean differs = got.charAt(i) != expected.charAt(i);
      marked.append(differs
          ? Style.on(Style.fg_red, Style.bold) + got.charAt(i) + Style.reset.on()
          : String.valueOf(got.charAt(i)));
    }
    return marked + line.substring(start + got.length());
  }
}
