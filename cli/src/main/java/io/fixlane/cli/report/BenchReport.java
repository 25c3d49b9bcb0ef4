package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.bench.Machine;
import io.fixlane.cli.bench.WrongWords;
import io.fixlane.cli.page.Numbers;
import io.fixlane.cli.page.Page;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;

/** The page: a section for each question, in the order in which a reader asks them. */
final class BenchReport {
  private BenchReport() {}

  static Page of(Results results) {
    Page page = new Page("Fixlane: how fast it is here",
        "Bit-exact HLS fixed-point arithmetic on the JVM, as measured on one machine. Every figure "
            + "is of one JVM that has run all modes or plans of its benchmark before, each result "
            + "checked against the reference; an error is half the interval that holds the mean "
            + "with 99.9 % confidence.");
    machine(page.section("The machine"), results);
    Roofline.add(page.section("How close to the machine"), results);
    Layers.add(page.section("Layers"), results);
    Peers.add(page.section("Other libraries"), results);
    Sizes.add(page.section("Sizes and threads"), results);
    Words.add(page.section("Word by word"), results);
    CastModes.add(page.section("Casts in every mode"), results);
    PlanCosts.add(page.section("What a plan costs"), results);
    Training.add(page.section("Training"), results);
    ReferenceSpeed.add(page.section("The reference"), results);
    everything(page.section("Every result"), results);
    return page;
  }

  private static void machine(Section section, Results results) {
    Machine machine = results.file().machine();
    if (machine == null) {
      section.missing("The results do not say what measured them.", "fixlane bench");
      return;
    }
    section.table("What measured, and when.", new Table(2, "", "")
        .row("processor", machine.processor())
        .row("processors of the JVM", Integer.toString(machine.processors()))
        .row("vectors",
            machine.vectorBits() == 0 ? "unknown" : machine.vectorBits() + " bits")
        .row("system", machine.system())
        .row("JVM", machine.jvm())
        .row("newest result", results.file().date()));
  }

  private static void everything(Section section, Results results) {
    Table table = new Table(2, "benchmark", "parameters", "unit", "score", "error");
    for (BenchResult result : results.all()) {
      WrongWords wrong = result.wrong();
      table.row(result.name(),
          result.parameterText() + (wrong == null ? "" : "; " + wrong), result.unit(),
          Numbers.measured(result.score()), "+- " + Numbers.measured(result.error()));
    }
    section.folded("All " + results.all().size() + " results", table);
  }
}
