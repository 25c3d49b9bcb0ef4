package io.fixlane.cli.page;

import io.fixlane.cli.page.LineChart.Point;
import java.util.List;

/** The example of {@link Page}. */
final class PageExample {
  private PageExample() {}

  static byte[] page() {
    // @start region="page"
    Page page = new Page("Bits against accuracy", "How few bits a small network needs.");
    Section training = page.section("Training");
    training.paragraph("Three seeds each; a bar is the spread of their losses.");
    training.figure("The loss falls as fast with 4 bits as with floats.",
        new LineChart(Axis.linear("epoch"), Axis.linear("loss"))
            .line("float", List.of(new Point("", 1, 2.3, 0.1), new Point("", 2, 1.1, 0.05)))
            .line("4 bits", List.of(new Point("", 1, 2.4, 0.2), new Point("", 2, 1.2, 0.06))),
        "fixlane experiments bits");
    training.table("After the last epoch.",
        new Table(1, "network", "accuracy", "spread")
            .row("float", "0.981", "0.002")
            .row("4 bits", "0.979", "0.003"));
    page.section("Weights").figure("Most weights are small.",
        new Histogram("weight", -1, 1, 8).add("first layer", -0.4, -0.1, 0, 0.05, 0.1, 0.7),
        "fixlane experiments bits");
    byte[] file = page.bytes();
    // @end
    return file;
  }
}
