package io.fixlane.cli.console;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of cells in columns.
 *
 * @param leftAligned how many columns, from the first on, are aligned to the left; the others are
 *     to the right
 * @param rows cells, equally many in each row
 */
public record TextTable(int leftAligned, List<List<String>> rows) {

  /** Returns the text of a row, two spaces between columns. */
  public String line(int row) {
    return line(rows.get(row), widths());
  }

  /** Returns the text of all rows. */
  public List<String> lines() {
    int[] widths = widths();
    return rows.stream().map(cells -> line(cells, widths)).toList();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String pad = " ".repeat(widths[column] - cells.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(column < leftAligned ? cells.get(column) + pad : pad + cells.get(column));
    }
    return line.toString().stripTrailing();
  }

  private int[] widths() {
    return IntStream.range(0, rows.getFirst().size())
        .map(column -> rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0))
        .toArray();
  }
}
