package io.fixlane.cli.conform;

import io.fixlane.cli.console.TextTable;
import io.fixlane.conformance.Word;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Words as raw, binary and value, a row for each; the last two are to be the same. */
record WordTable(PrintWriter out, Ansi ansi) {
  static final List<String> HEAD = List.of("", "format", "raw", "binary", "value");

  private static final int BITS_COLUMN = 3;

  static List<String> row(String name, Word word) {
    return List.of(name, word.type().toString(), word.text(), WordText.bits(word),
        WordText.value(word));
  }

  void print(List<List<String>> rows) {
    TextTable table = new TextTable(2, rows);
    int last = rows.size() - 1;
    for (int row = 0; row < last; row++) {
      out.println("  " + table.line(row));
    }
    String got = table.line(last);
    out.println(
        "  " + marked(got, rows.get(last - 1).get(BITS_COLUMN), rows.get(last).get(BITS_COLUMN)));
  }

  /** Colours the bits that differ, where as many stand in both. */
  private String marked(String line, String expected, String got) {
    if (!ansi.enabled() || expected.length() != got.length()) {
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
