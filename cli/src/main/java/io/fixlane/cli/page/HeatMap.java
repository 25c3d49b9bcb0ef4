package io.fixlane.cli.page;

import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by row and column, the larger the deeper their colour. It is a table whose cells are
 * coloured, so that each number stands where it is seen.
 */
public final class HeatMap implements Figure {
  private final String corner;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();

  /**
   * Makes a map without cells.
   *
   * @param corner what rows and columns are, and the unit of the numbers
   */
  public HeatMap(String corner) {
    this.corner = corner;
  }

  /** Adds a cell. Rows and columns stand in the order in which they are first named. */
  public HeatMap cell(String row, String column, double value) {
    if (!columns.contains(column)) {
      columns.add(column);
    }
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, value);
    return this;
  }

  @Override
  public Table numbers() {
    List<String> header = new ArrayList<>(List.of(corner));
    header.addAll(columns);
    Table table = new Table(1, header.toArray(String[]::new));
    rows.forEach((name, cells) -> {
      List<String> row = new ArrayList<>(List.of(name));
      columns.forEach(column -> row.add(text(cells.get(column))));
      table.row(row.toArray(String[]::new));
    });
    return table;
  }

  @Override
  public String drawing(String id, String name) {
    TreeSet<Double> values = new TreeSet<>();
    rows.values().forEach(cells -> values.addAll(cells.values()));
    double low = values.isEmpty() ? 0 : values.first();
    double high = values.isEmpty() ? 0 : values.last();
    return table(
        thead(tr(th(corner), each(columns, column -> th(column).attr("scope", "col")))),
        tbody(each(rows.entrySet(), row -> tr(
            th(row.getKey()).attr("scope", "row"),
            each(columns, column -> cell(row.getValue().get(column), low, high))))))
        .withClass("heat").attr("aria-label", name).render();
  }

  /** Returns a cell; 0 is the colour of the lowest number and 1 of the highest. */
  private static DomContent cell(@Nullable Double value, double low, double high) {
    if (value == null) {
      return td();
    }
    double share = high > low ? (value - low) / (high - low) : 0;
    return td(text(value)).withStyle(String.format(Locale.ROOT, "--share: %.3f", share));
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Numbers.measured(value);
  }
}
