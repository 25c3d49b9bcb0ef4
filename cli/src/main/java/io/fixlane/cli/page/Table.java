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
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells below a header. */
public final class Table {
  private final int leftAligned;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Makes a table without rows.
   *
   * @param leftAligned how many columns, from the first on, are aligned to the left; the others
   *     hold numbers and are to the right
   * @param header the names of the columns
   */
  public Table(int leftAligned, String... header) {
    this.leftAligned = leftAligned;
    this.header = List.of(header);
  }

  /**
   * Adds a row at the end.
   *
   * @throws IllegalArgumentException if it has not as many cells as the header
   */
  public Table row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "cells are " + cells.length + ": a row must have " + header.size());
    }
    rows.add(List.of(cells));
    return this;
  }

  List<List<String>> rows() {
    return rows;
  }

  DomContent content() {
    return table(
        thead(tr(each(indices(), i -> th(header.get(i)).attr("scope", "col")
            .withCondClass(i >= leftAligned, "number")))),
        tbody(each(rows, row -> tr(each(indices(), i -> td(row.get(i))
            .withCondClass(i >= leftAligned, "number"))))));
  }

  private List<Integer> indices() {
    return IntStream.range(0, header.size()).boxed().toList();
  }
}
