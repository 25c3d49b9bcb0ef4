package io.fixlane.cli.experiments;

import io.fixlane.autograd.data.Augmentation;
import io.fixlane.autograd.models.Model;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Page;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The page of the results. */
final class Report {
  private static final String NONE = "-";

  private final Results results;

  private Report(Results results) {
    this.results = results;
  }

  static Page of(Results results, List<HardwareCounts> hardware) {
    Page page = new Page(
        "Training in fixed point",
        "Float networks, their casts into fixed point (PTQ), and training in fixed point (QFX, "
            + "arXiv 2401.17544) on " + results.images() + ".");
    Report report = new Report(results);
    Summary.sentences(results).forEach(page.section("What came out")::paragraph);
    report.settings(page.section("What was done"));
    report.twins(page.section("1. A batch normalisation and its fixed-point twin"));
    results.budget().models().forEach(model -> report.methods(
        page.section("2. PTQ and QFX: " + Row.name(model)), model));
    report.kHot(page.section("3. A binarised network with K-hot scales"));
    HardwareCounts.addTo(page.section("3. The binarised network on FPGAs"), hardware);
    report.ablations(page.section("4. Ablations"));
    new PointFigures(results).addTo(page.section("4. Every I tried"), report.command(4));
    new WidthFigures(results)
        .addTo(page.section("5. Widths learned under a budget"), report.command(5));
    new FoldFigures(results)
        .addTo(page.section("6. Norms that are folded, and a teacher"), report.command(6));
    new CastFigures(results).addTo(page.section("Binary points and ranges"));
    report.words(page.section("Deployed networks"));
    return page;
  }

  private void settings(Section section) {
    Budget budget = results.budget();
    section.paragraph("Every row of a table has the same budget: " + budget.startEpochs()
        + " epochs in float, which all rows of a seed share, and " + budget.epochs()
        + " more (" + budget.widthEpochs() + " beside learned widths), in float (float, PTQ) or in "
        + "fixed point (QFX). Adam, batches of "
        + budget.batchSize() + ", learning rates of " + budget.startRate() + " and "
        + budget.rate() + " that follow a cosine to 0; I has a rate of its own, " + Row.POINT_RATE
        + " unless a row says otherwise, and stays in " + budget.least() + ".." + budget.most()
        + ". After all but the last " + budget.settledEpochs() + " epochs a network in fixed point "
        + "is settled: each I stays at the integer it rounds to, and batch normalisations use the "
        + "mean and variance of " + budget.settleImages() + " training images.");
    section.paragraph("PTQ takes, of three rules for I, the one that is best on training images; "
        + "once with the statistics of training, and once with statistics that are taken again "
        + "after the cast, as QFX has them. W bits in element-wise layers: scale, shift and output "
        + "of batch normalisations, outputs of activations, shortcuts and poolings; all other "
        + "words have " + Scope.OTHERS + ". W bits in everything: the input, weights, scores too. "
        + "Biases have 16. Words are AP_RND_CONV, AP_SAT. One type by hand is ap_fixed<W,I> "
        + "for all words, of the I from " + HandTunedType.LEAST + " to W that is best on training "
        + "images, with ap_ufixed<W,I-1>, which ends where it does, for what is never negative; "
        + "I by channel gives the weights of each output channel an I of their own.");
    section.table("Settings", new Table(2, "what", "is")
        .row("command", results.command())
        .row("date", results.date())
        .row("machine", results.machine().system() + ", " + results.machine().processors()
            + " processors, " + results.machine().threads() + " trainings side by side")
        .row("Java", results.machine().java())
        .row("time", String.format(Locale.ROOT, "%.1f minutes", results.minutes()))
        .row("images of an epoch", "the first " + budget.trainImages() + " of the training set")
        .row("test images", "the first " + budget.testImages() + ", after each epoch the first "
            + budget.curveImages())
        .row("changes of training images", budget.augmentation().equals(Augmentation.NONE)
            ? "none"
            : "moved by up to " + budget.augmentation().shift() + " pixels"
                + (budget.augmentation().mirrored() ? ", every other one mirrored" : ""))
        .row("seeds", Integer.toString(results.seeds())));
  }

  private void twins(Section section) {
    if (results.twins().isEmpty()) {
      section.missing("It was left out.", command(1));
      return;
    }
    section.paragraph("The layer " + TwinCheck.LAYER + " of the trained CNN, on a batch of training"
        + " images: the largest difference from float in steps of the output's format; of a"
        + " gradient, the largest difference as a part of the largest gradient. With input, scales"
        + " and shifts of more bits than the output, its format alone decides.");
    Table table = new Table(1, "output", "W of input, scale, shift", "output", "d input",
        "d gamma", "d beta", "within a step");
    for (TwinResult twin : results.twins()) {
      table.row(twin.format(), Integer.toString(twin.inside()), steps(twin.output()),
          steps(twin.input()), steps(twin.gamma()), steps(twin.beta()),
          twin.isWithinAStep() ? "yes" : "no");
    }
    section.table("Largest differences, in steps", table);
  }

  private static String steps(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void methods(Section section, Model model) {
    List<Row> rows = Grid.methods(model, results.budget()).stream()
        .filter(row -> results.accuracy(row).isPresent()).toList();
    if (rows.isEmpty()) {
      section.missing("It was left out.", command(2));
      return;
    }
    Table table = new Table(3, "words of W bits", "W", "method", "mean, %", "deviation", "least",
        "most", "seeds");
    rows.forEach(row -> accuracy(table, row, row.scope().title(),
        row.bits() == 0 ? NONE : Integer.toString(row.bits()), row.way()));
    section.table("Test accuracy", table);
    for (Scope scope : Grid.SCOPES) {
      figure(section, "Accuracy over W, in " + scope.title(),
          overBits(model, bits -> Grid.ways(model, scope, bits, true).stream()
              .filter(row -> !row.has(Setting.CHANNEL_POINTS)).toList()));
    }
    figure(section, "Accuracy over W in everything, with an I for each channel of the weights",
        overBits(model, bits -> Grid.waysByChannel(model, bits)));
    figure(section, "Cast into one type for everything: accuracy over its I, first seed",
        overTypes(model));
    section.figure("Accuracy over epochs at W = " + results.budget().fewest() + ", "
        + Scope.EVERYTHING.title(), overEpochs(model), command(2));
  }

  private void accuracy(Table table, Row row, String... cells) {
    Spread spread = results.accuracy(row).orElseThrow();
    List<String> all = new ArrayList<>(List.of(cells));
    all.addAll(List.of(Spread.number(spread.mean()), spread.deviationText(),
        Spread.number(spread.least()), Spread.number(spread.most()),
        Integer.toString(spread.count())));
    table.row(all.toArray(String[]::new));
  }

  private void figure(Section section, String caption, @Nullable LineChart chart) {
    if (chart != null) {
      section.figure(caption, chart, command(2));
    }
  }

  /** Returns what some of the ways to W bits come to; null where none was gone. */
  private @Nullable LineChart overBits(Model model, IntFunction<List<Row>> waysTo) {
    LineChart chart = new LineChart(Axis.whole("W, bits"), Axis.linear("accuracy, %"));
    List<Integer> bits = results.budget().bits();
    results.accuracy(Row.inFloat(model, Method.FLOAT)).ifPresent(spread -> chart.bound("float",
        new LineChart.Point(bits.getLast(), spread.mean()),
        new LineChart.Point(bits.getFirst(), spread.mean())));
    List<List<Row>> ways = bits.stream().map(waysTo::apply).toList();
    boolean isEmpty = true;
    for (int way = 0; way < ways.getFirst().size(); way++) {
      List<LineChart.Point> points = new ArrayList<>();
      for (List<Row> rows : ways) {
        Row row = rows.get(way);
        results.accuracy(row).ifPresent(spread -> points.add(
            new LineChart.Point("", row.bits(), spread.mean(), spread.deviation())));
      }
      if (!points.isEmpty()) {
        chart.line(ways.getFirst().get(way).way(), points);
        isEmpty = false;
      }
    }
    return isEmpty ? null : chart;
  }

  /** Returns what each type by hand came to; null where none was tried. */
  private @Nullable LineChart overTypes(Model model) {
    LineChart chart = new LineChart(Axis.whole("I, bits"), Axis.linear("accuracy, %"));
    boolean isEmpty = true;
    for (int bits : results.budget().bits()) {
      Optional<TaskResult> first =
          results.first(Row.fixed(model, Method.UNIFORM, Scope.EVERYTHING, bits));
      List<LineChart.Point> points = new ArrayList<>();
      first.map(TaskResult::calibrations).orElse(List.of()).forEach(type -> points.add(
          new LineChart.Point(Objects.requireNonNull(type.integerBits()), 100 * type.accuracy())));
      if (!points.isEmpty()) {
        chart.line("W = " + bits, points);
        isEmpty = false;
      }
    }
    return isEmpty ? null : chart;
  }

  private LineChart overEpochs(Model model) {
    LineChart chart = new LineChart(Axis.whole("epoch"), Axis.linear("accuracy, %"));
    int bits = results.budget().fewest();
    List<Row> rows = List.of(
        Row.inFloat(model, Method.START), Row.inFloat(model, Method.FLOAT),
        Row.fixed(model, Method.PINNED, Scope.EVERYTHING, bits),
        Row.fixed(model, Method.LEARNED, Scope.EVERYTHING, bits));
    for (Row row : rows) {
      List<TaskResult> seeds = results.of(row);
      if (!seeds.isEmpty()) {
        chart.line(row.method() == Method.START ? "float, shared" : row.method().title(),
            means(seeds));
      }
    }
    return chart;
  }

  private static List<LineChart.Point> means(List<TaskResult> seeds) {
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < seeds.getFirst().epochs().size(); i++) {
      int at = i;
      Spread spread = Spread.of(seeds.stream()
          .mapToDouble(seed -> 100 * seed.epochs().get(at).accuracy()).toArray());
      points.add(new LineChart.Point(
          "", seeds.getFirst().epochs().get(i).epoch(), spread.mean(), spread.deviation()));
    }
    return points;
  }

  private void kHot(Section section) {
    Optional<Spread> full = results.accuracy(Grid.multipliers(results.budget()));
    if (full.isEmpty()) {
      section.missing("It was left out.", command(3));
      return;
    }
    section.paragraph("Signs as weights and activations of its convolutions but the first, and "
        + Grid.multipliers(results.budget()).bits()
        + " bits in everything else; K-hot are the scales of batch "
        + "normalisations, so that these need no multiplier.");
    Table table = new Table(2, "scales", "rule", "mean, %", "deviation", "least", "most", "seeds",
        "against full");
    for (Row row : Grid.kHot(results.budget())) {
      results.accuracy(row).ifPresent(spread -> table.row(
          row.bits() == 0 ? "float" : row.kHot() == 0 ? "full multipliers" : row.kHot() + "-hot",
          row.rule() == null ? NONE : row.rule().name(), Spread.number(spread.mean()),
          spread.deviationText(), Spread.number(spread.least()),
          Spread.number(spread.most()), Integer.toString(spread.count()),
          Spread.number(spread.mean() - full.get().mean())));
    }
    section.table("Test accuracy", table);
  }

  private void ablations(Section section) {
    List<Row> rows = Grid.ablations(results.budget()).stream().distinct()
        .filter(row -> results.accuracy(row).isPresent()).toList();
    if (rows.isEmpty()) {
      section.missing("It was left out.", command(4));
      return;
    }
    Row base = Grid.ablated(results.budget());
    section
        .paragraph(Row.name(base.model()) + " at W = " + base.bits() + " in " + base.scope().title()
            + ", I learned. Clipped gradients are 0 where a number saturates, plain ones pass"
            + " everywhere. An I that swings is one that has turned back " + TaskRun.TURNS
            + " times. I is the logarithm of the range already, which TQT learns in the place of"
            + " the range, and a constant factor of its gradient, as LSQ has, changes no step of"
            + " Adam: neither is a row.");
    Table table = new Table(4, "gradients", "start of I", "rate of I", "I that swings", "mean, %",
        "deviation", "least", "most", "seeds");
    rows.forEach(row -> accuracy(table, row,
        row.gradient().name().toLowerCase(Locale.ROOT), row.start().title(),
        Double.toString(row.pointRate()), row.has(Setting.FREEZING) ? "stays" : "is learned on"));
    section.table("Test accuracy", table);
  }

  private void words(Section section) {
    Table table = new Table(1, "network, of the first seed", "same words", "samples");
    for (TaskResult task : results.tasks()) {
      TaskResult.Words words = task.words();
      if (words != null) {
        table.row(task.row().title() + (Grid.isAblation(task.row(), results.budget())
            ? ", " + Summary.setting(task.row())
            : ""), Integer.toString(words.same()), Integer.toString(words.samples()));
      }
    }
    section.paragraph("Each network of the first seed is deployed as an integer network, and every "
        + "output word on every test image is compared with what training computes.");
    section.table("Samples of which all words are the same", table);
  }

  private String command(int experiment) {
    return results.command() + " --only " + experiment;
  }
}
