package io.fixlane.cli.conform;

import io.fixlane.cli.console.TextTable;
import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.ConformanceReport.OperationCount;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** The counts of all files, a line for each operation of each, and what they come to. */
final class ConformTable {
  private final PrintWriter out;
  private final Ansi ansi;

  ConformTable(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(List<ConformanceReport> reports) {
    OperationCount total = reports.stream().map(ConformanceReport::total)
        .reduce(OperationCount::plus).orElseThrow();
    boolean covered = total.notCovered() == 0;
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        cells(covered, "file", "op", "blocks", "values", "mismatches", "not covered", "values/s"));
    for (ConformanceReport report : reports) {
      for (OperationCount count : report.operations()) {
        rows.add(cells(covered, report.file(), count));
      }
    }
    rows.add(cells(covered, "total", total));
    TextTable table = new TextTable(2, rows);
    for (int row = 0; row < rows.size(); row++) {
      boolean wrong = row > 0 && !rows.get(row).get(4).equals("0");
      String style = row == 0 || row == rows.size() - 1 ? "bold" : "";
      out.println(styled(wrong ? "red" : style, table.line(row)));
    }
    out.println(summary(reports.getFirst().implementation(), total));
  }

  private static List<String> cells(boolean covered, String file, OperationCount count) {
    return cells(covered, file, count.operation().equals("total") ? "" : count.operation(),
        number(count.blocks()),
        number(count.values()), number(count.mismatches()), number(count.notCovered()),
        number(Math.round(count.valuesPerSecond())));
  }

  /** Leaves out the number of values that are not covered where all are. */
  private static List<String> cells(boolean covered, String... cells) {
    List<String> row = new ArrayList<>(List.of(cells));
    if (covered) {
      row.remove(5);
    }
    return row;
  }

  private String summary(String implementation, OperationCount total) {
    String checked = number(total.values() - total.notCovered());
    String notCovered = total.notCovered() == 0
        ? ""
        : ", " + number(total.notCovered()) + " are not covered and were not checked";
    if (total.mismatches() > 0) {
      return styled("red", implementation + ": " + number(total.mismatches()) + " of " + checked
          + " values differ" + notCovered);
    }
    return styled(notCovered.isEmpty() ? "green" : "yellow",
        implementation + ": all " + checked + " values match" + notCovered);
  }

  private String styled(String style, String text) {
    return style.isEmpty() || !ansi.enabled()
        ? text
        : Ansi.Style.on(Ansi.Style.parse(style)) + text
            + Ansi.Style.reset.on();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
