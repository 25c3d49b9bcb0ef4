package io.fixlane.cli.page;

/** What a page draws. Each figure knows its numbers, which the page shows as a table as well. */
public sealed interface Figure permits LineChart, BarChart, Histogram, HeatMap {
  /** Returns all that is drawn, as a table. */
  Table numbers();

  /**
   * Returns the drawing, as a part of an HTML page.
   *
   * @param id what no other figure of the page is called
   * @param name what it shows, for readers who do not see it
   */
  String drawing(String id, String name);
}
