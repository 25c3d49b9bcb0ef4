package io.fixlane.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.ConformanceReport.OperationCount;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Values that were not checked have a column of their own, as soon as there is one. */
class ConformTableTest {

  private static String table(OperationCount... counts) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ConformanceReport report =
        new ConformanceReport("a.vec", "kernels", List.of(counts), List.of());
    new ConformTable(out, Ansi.OFF).print(List.of(report));
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void whatIsNotCoveredIsShown() {
    assertThat(table(new OperationCount("cast", 2, 3000, 0, 1000, 1_000_000_000),
        new OperationCount("dot", 1, 10, 0, 10, 0))).isEqualTo("""
            file   op    blocks  values  mismatches  not covered  values/s
            a.vec  cast       2   3,000           0        1,000     2,000
            a.vec  dot        1      10           0           10         0
            total             3   3,010           0        1,010     2,000
            kernels: all 2,000 values match, 1,010 are not covered and were not checked
            """);
  }

  @Test
  void whereAllIsCoveredNoColumnSaysSo() {
    assertThat(table(new OperationCount("cast", 2, 3000, 1, 0, 1_000_000_000))).isEqualTo("""
        file   op    blocks  values  mismatches  values/s
        a.vec  cast       2   3,000           1     3,000
        total             2   3,000           1     3,000
        kernels: 1 of 3,000 values differ
        """);
  }
}
