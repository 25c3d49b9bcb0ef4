package io.fixlane.cli.search;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.search.Front;
import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.Halving;
import io.fixlane.autograd.search.Search;
import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.SearchSpace;
import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialResult;
import io.fixlane.autograd.search.TrialRunner;
import io.fixlane.autograd.search.TrialService;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.ShutdownHook;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.page.Drawing;
import io.fixlane.cli.train.DataOption;
import io.fixlane.cli.train.FoldOption;
import io.fixlane.cli.train.StepOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fixlane search}: which formats are worth their bits, on a page. */
@Command(
    name = "search",
    description = "Tries formats of a network, by calibration (PTQ) and by training in fixed point "
        + "(QFX), trains the better half longer, again and again, and writes a page with the "
        + "Pareto fronts and the best networks.",
    footer = {
      "",
      "The same options and data give the same results, bit by bit, whatever the",
      "number of threads or machines. What is done is kept: the same command goes",
      "on after it was stopped or killed.",
      "",
      "Example:",
      "  fixlane search --data fashion-mnist --subset 6000 --bits 2..6 --khot 0..2"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the page is written",
      "1:an integer network gives other words than its training: the page says which",
      "2:a mistake in the command line or in a file, or a float training that diverges"})
public final class SearchCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 1024;

  @Spec
  private CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Mixin
  private SpaceOptions space = new SpaceOptions();

  @Option(
      names = "--model",
      paramLabel = "mlp|cnn|resnet8|bnn",
      defaultValue = "cnn",
      description = "The network, as for train (default: ${DEFAULT-VALUE}).")
  private Model model;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Tries N of all combinations, drawn at random (default: all).")
  private @Nullable Integer trials;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "12",
      description = "The epochs of the longest training in fixed point (default: "
          + "${DEFAULT-VALUE}).")
  private int budget;

  @Option(
      names = "--rungs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often the better half is chosen, and once more: each time it is trained "
          + "twice as long, up to --budget (default: ${DEFAULT-VALUE}).")
  private int rungs;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often the float training, from which all trials go on, sees every image "
          + "(default: 15, and 4 where there are 10,000 images or more).")
  private @Nullable Integer epochs;

  @Mixin
  private StepOptions steps = new StepOptions();

  @Mixin
  private FoldOption fold = new FoldOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "What everything random is drawn from (default: ${DEFAULT-VALUE}).")
  private int seed;

  @Option(
      names = "--subset",
      paramLabel = "N",
      description = "Searches with the first N images to train with alone.")
  private @Nullable Integer subset;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many trials are computed side by side (default: one for each processor).")
  private @Nullable Integer threads;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = "Computes the trials on Spark: local[2], spark://HOST:PORT, yarn, or submit "
          + "for what spark-submit says (default: here, without Spark).")
  private @Nullable String spark;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "search",
      description = "Where trials are kept and the page, " + SearchFolder.PAGE + ", and the best "
          + "networks are written (default: ${DEFAULT-VALUE}).")
  private Path folder;

  /** Makes the command, for picocli to fill. */
  public SearchCommand() {}

  /** Computes the trials that are left, and writes the page. */
  @Override
  public Integer call() {
    SearchSpace tried = space.space();
    requireOptions();
    Halving halving = halving();
    TrialService service = spark == null ? null : Places.spark(spark);
    Drawing.prepare();
    DataSplit split = data.read(subset == null ? Integer.MAX_VALUE : subset, "--subset");
    Ground.Parts parts = parts(split);
    Settings settings = new Settings(data.name(), images(split, parts), model.name(),
        epochs == null ? StepOptions.epochs(parts.train().size()) : epochs, steps.batch(),
        steps.rate(), seed, fold.foldNorms());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SearchProgress progress = new SearchProgress(err);
    SearchFolder kept = SearchFolder.open(folder, settings, progress);
    List<Trial> plan = trials == null
        ? tried.grid(seed, halving.epochs(0))
        : tried.random(trials, seed, halving.epochs(0));
    SearchFile file;
    try (ShutdownHook _ = new ShutdownHook(() -> tellOfEnd(err))) {
      int parallel = threads == null
          ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS)
          : threads;
      FloatNetwork floats = new FloatNetwork(settings, parts, parallel);
      Sequential network = floats.train(kept.floats(), err);
      Ground ground = Ground.of(model, network, parts, steps.batch(),
          StepOptions.fineTuning(steps.rate()));
      ground = fold.foldNorms() ? ground.withFoldedNorms() : ground;
      progress.start(plan, halving);
      SearchResult result;
      try (TrialRunner runner = service == null || spark == null
          ? Places.here(ground, parallel, kept.trials())
          : Places.on(service, spark, ground)) {
        result = search(plan, halving, kept, runner);
      }
      file = new SearchFile(settings, tried, floats.accuracy(network, parts.choosing()),
          floats.accuracy(network, parts.test()), result.rungs(),
          Front.of(result.latest()).stream().map(best -> best.trial().key()).toList());
    }
    kept.deleteLeftovers();
    kept.saveNetworks(file.best());
    kept.write(SearchFile.NAME, file.json());
    kept.write(SearchFolder.PAGE, SearchReport.of(file, commandLine(), kept).bytes());
    if (progress.kept() > 0) {
      out.println(progress.kept() + " trials are kept from an earlier start");
    }
    Summary.sentences(file).forEach(out::println);
    out.println("the page is " + folder.resolve(SearchFolder.PAGE));
    return file.result().all().stream().allMatch(TrialResult::gaveSameWords) ? 0 : 1;
  }

  private static SearchResult search(
      List<Trial> plan, Halving halving, SearchFolder kept, TrialRunner runner) {
    try {
      return new Search(plan, halving, kept).run(runner);
    } catch (IOException e) {
      throw new UserError("a trial could not be computed: " + Failure.reason(e)
          + "; the same command goes on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("the search was interrupted: the same command goes on", e);
    }
  }

  private void tellOfEnd(PrintWriter err) {
    err.println("fixlane: interrupted; what is done is kept in " + folder
        + ": the same command goes on");
    err.flush();
  }

  private void requireOptions() {
    requireAtLeastOne("--trials", trials);
    requireAtLeastOne("--epochs", epochs);
    steps.require();
    requireAtLeastOne("--subset", subset);
    requireAtLeastOne("--threads", threads);
    if (threads != null && threads > MOST_THREADS) {
      throw new UserError("--threads is " + threads + ": it must be in 1.." + MOST_THREADS);
    }
  }

  private static void requireAtLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UserError(option + " is " + value + ": it must be at least 1");
    }
  }

  private Halving halving() {
    try {
      return new Halving(budget, rungs);
    } catch (IllegalArgumentException e) {
      throw new UserError("--budget is " + budget + " and --rungs is " + rungs + ": "
          + e.getMessage(), e);
    }
  }

  private Ground.Parts parts(DataSplit split) {
    Dataset train = split.train();
    if (subset != null && subset > train.size()) {
      throw new UserError("--subset is " + subset + ": it must be in 1.." + train.size());
    }
    try {
      return Ground.Parts.of(new DataSplit(
          subset == null || subset == train.size() ? train : train.first(subset), split.test()));
    } catch (IllegalArgumentException e) {
      throw new UserError("--data has too few images to train with: " + e.getMessage(), e);
    }
  }

  private static String images(DataSplit split, Ground.Parts parts) {
    int[] shape = parts.train().imageShape();
    return split.train().name() + ": " + Summary.count(parts.train().size()) + " images of "
        + shape[0] + "x" + shape[1] + "x" + shape[2] + " to train with, "
        + Summary.count(parts.choosing().size()) + " to choose by and "
        + Summary.count(parts.test().size()) + " to test with, " + parts.train().classes()
        + " classes";
  }

  /** Returns the command line without what no result depends on. */
  private String commandLine() {
    return "fixlane search" + spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !List.of("--threads", "--spark", "--out").contains(option.longestName()))
        .map(SearchCommand::text).collect(Collectors.joining());
  }

  private static String text(OptionSpec option) {
    return " " + option.longestName()
        + (option.arity().max() == 0
            ? ""
            : " " + String.join(",", option.originalStringValues()));
  }
}
