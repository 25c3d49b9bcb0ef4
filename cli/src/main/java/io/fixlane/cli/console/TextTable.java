package io.fixlane.cli.console;

import java.util.List;

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
    StringBuilder line = new StringBuilder();
    List<String> cells = rows.get(row);
    for (int column = 0; column < cells.size(); column++) {
      String pad = " ".repeat(width(column) - cells.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(column < leftAligned ? cells.get(column) + pad : pad + cells.get(column));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
  }
}
