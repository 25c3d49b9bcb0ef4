package io.fixlane.cli.conform;

import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.Mismatch;
import io.fixlane.conformance.Word;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Mismatches in full: where, what, and each word as raw, binary and value. */
final class MismatchText {
  /** The operands that are shown from either end of a long sum. */
  private static final int ENDS = 8;

  private final PrintWriter out;
  private final WordTable words;

  MismatchText(PrintWriter out, Ansi ansi) {
    this.out = out;
    words = new WordTable(out, ansi);
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
    rows.add(WordTable.HEAD);
    List<Word> operands = mismatch.operands();
    int left = operands.size() - 2 * ENDS;
    for (int i = 0; i < operands.size(); i++) {
      if (left <= 1 || i < ENDS || i >= ENDS + left) {
        rows.add(WordTable.row(operands.get(i).name(), operands.get(i)));
      } else if (i == ENDS) {
        rows.add(List.of("... " + left + " more", "", "", "", ""));
      }
    }
    rows.add(WordTable.row("expected", mismatch.expected()));
    rows.add(WordTable.row("got", mismatch.got()));
    words.print(rows);
  }
}
