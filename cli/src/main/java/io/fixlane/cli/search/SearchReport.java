package io.fixlane.cli.search;

import io.fixlane.autograd.search.Front;
import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.TrialCost;
import io.fixlane.autograd.search.TrialResult;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Page;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The page of a search. */
final class SearchReport {
  private static final String ACCURACY = "accuracy, %";

  private final SearchFile file;
  private final String command;
  private final List<TrialResult> latest;

  private SearchReport(SearchFile file, String command) {
    this.file = file;
    this.command = command;
    this.latest = file.result().latest();
  }

  /**
   * Returns the page.
   *
   * @param command the command that makes it again
   * @param folder where the best networks are kept
   */
  static Page of(SearchFile file, String command, SearchFolder folder) {
    Page page = new Page(
        "Formats worth their bits",
        "The network " + file.settings().model()
            + " in fixed point, by calibration alone (PTQ) and "
            + "by training (QFX), on " + file.settings().images() + ".");
    SearchReport report = new SearchReport(file, command);
    Summary.sentences(file).forEach(page.section("What came out")::paragraph);
    report.fronts(page);
    report.best(page.section("The best networks"), folder);
    report.settings(page.section("What was done"));
    report.trials(page.section("All trials"));
    return page;
  }

  private void fronts(Page page) {
    if (latest.isEmpty()) {
      page.section("Pareto fronts").missing("No trial came to a network.", command);
      return;
    }
    page.section("Accuracy over bits")
        .paragraph("The best accuracy of each width, on the images to choose by.")
        .figure("Accuracy over W", overBits(), command);
    Section section = page.section("Pareto fronts")
        .paragraph("Each point is a network, with the accuracy of its longest training on the "
            + "images to choose by. On the line are those that no network of the same cost or less "
            + "beats.");
    section.figure("Accuracy over MACs x bits, each multiply-accumulate of a sample times the "
        + "width of its weight",
        over("MACs x bits, thousands", TrialCost::macBits, 1000), command);
    section.figure("Accuracy over the multiplications of a sample that are no shifts",
        over("multiplications, thousands", TrialCost::multiplications, 1000), command);
    section.figure("Accuracy over the bytes of weights, biases, scales and shifts",
        over("kilobytes", TrialCost::bytes, 1000), command);
  }

  private Map<String, List<TrialResult>> series() {
    Map<String, List<TrialResult>> series = new LinkedHashMap<>();
    latest.forEach(result -> series
        .computeIfAbsent(Titles.series(result.trial()), name -> new ArrayList<>()).add(result));
    return series;
  }

  private LineChart overBits() {
    LineChart chart = new LineChart(Axis.whole("W, bits"), Axis.linear(ACCURACY));
    int least = file.space().bits().getFirst();
    int most = file.space().bits().getLast();
    chart.bound("float", new LineChart.Point(least, 100 * file.floatAccuracy()),
        new LineChart.Point(most, 100 * file.floatAccuracy()));
    series().forEach((name, results) -> {
      TreeMap<Integer, Double> best = new TreeMap<>();
      results.forEach(result -> best.merge(
          result.trial().formats().bits(), 100 * result.accuracy(), Math::max));
      chart.line(name, best.entrySet().stream()
          .map(entry -> new LineChart.Point(entry.getKey(), entry.getValue())).toList());
    });
    return chart;
  }

  private LineChart over(String title, ToLongFunction<TrialCost> cost, double unit) {
    LineChart chart = new LineChart(Axis.fromZero(title), Axis.linear(ACCURACY));
    chart.line("front", points(Front.of(latest, cost), cost, unit));
    series().forEach((name, results) -> chart.points(name, points(results, cost, unit)));
    return chart;
  }

  private static List<LineChart.Point> points(
      List<TrialResult> results, ToLongFunction<TrialCost> cost, double unit) {
    return results.stream().map(result -> new LineChart.Point(Titles.of(result.trial()),
        cost.applyAsLong(result.costOrThrow()) / unit, 100 * result.accuracy(), 0)).toList();
  }

  private void best(Section section, SearchFolder folder) {
    section.paragraph("No network beats one of these in accuracy, MACs x bits, multiplications and "
        + "bytes together. Each is saved as an integer network in the folder networks: fixlane "
        + "evaluate, export and resources take it. LUTs and adders are an estimate for look-up "
        + "tables of six inputs, where all is laid out in full with shifts and adders.");
    Table table = new Table(2, "network", "file", "chosen by, %", "test, %", "bytes",
        "MACs x bits", "multiplications", "LUTs", "adders");
    for (TrialResult result : file.bestResults()) {
      TrialCost cost = result.costOrThrow();
      Estimate estimate = Estimate.of(folder.network(result.trial().key()));
      table.row(Titles.of(result.trial()), result.trial().key() + ".fxn",
          percent(result.accuracy()), percent(result.testAccuracy()), Summary.count(cost.bytes()),
          Summary.count(cost.macBits()), Summary.count(cost.multiplications()),
          estimate.luts(), estimate.adders());
    }
    section.table("The networks that none beats", table);
  }

  private static String percent(double part) {
    return Summary.percent(part).replace(" %", "");
  }

  private void settings(Section section) {
    Settings settings = file.settings();
    section.paragraph("Every trial goes on from one float network. PTQ chooses each binary point "
        + "by three rules, with and without taking the statistics of batch normalisations again, "
        + "and keeps what is best on images of training. QFX trains weights and binary points in "
        + "fixed point. The better half of the QFX trials is trained anew for twice as many "
        + "epochs, with a learning rate that falls to 0: first those that none beats in accuracy "
        + "and all costs, and of these the ones far from their neighbours. It is chosen by images "
        + "that no training sees; nothing is chosen by the test images.");
    Table table = new Table(2, "what", "is");
    table.row("command", command).row("images", settings.images())
        .row("float training", settings.floatEpochs() + " epochs, Adam with a rate of "
            + settings.rate() + ", batches of " + settings.batchSize())
        .row("batch normalisations", settings.foldNorms() ? "folded" : "as they are")
        .row("seed", Long.toString(settings.seed()));
    for (SearchResult.Rung rung : file.rungs()) {
      table.row("rung of " + rung.epochs() + " epochs", rung.results().size() + " trials");
    }
    section.table("Settings", table).command(command);
  }

  private void trials(Section section) {
    Table table = new Table(1, "trial", "chosen by, %", "test, %", "loss", "bytes", "MACs x bits",
        "multiplications", "K-hot adders", "same words");
    for (TrialResult result : file.result().all()) {
      if (!result.succeeded()) {
        section.paragraph(Titles.of(result.trial()) + " failed: " + result.failure());
        continue;
      }
      TrialCost cost = result.costOrThrow();
      table.row(Titles.of(result.trial()), percent(result.accuracy()),
          percent(result.testAccuracy()), String.format(Locale.ROOT, "%.4f",
              result.loss()),
          Summary.count(cost.bytes()), Summary.count(cost.macBits()),
          Summary.count(cost.multiplications()), Summary.count(cost.adders()),
          result.sameWords() + " of " + result.testImages());
    }
    section
        .paragraph("The last column says on how many test images the integer network gives every "
            + "word that its training computes.");
    section.folded("Trials of all rungs", table);
  }
}
