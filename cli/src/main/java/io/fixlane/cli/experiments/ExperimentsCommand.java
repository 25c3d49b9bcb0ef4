package io.fixlane.cli.experiments;

import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.models.Model;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.train.DataOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fixlane experiments}: what training in fixed point is worth, on a page. */
@Command(
    name = "experiments",
    description = "Compares float networks, their casts (PTQ) and training in fixed point (QFX), "
        + "and writes a page.",
    footer = {
      "",
      "1  a batch normalisation and its fixed-point twin, forward and backward",
      "2  float, PTQ, QFX with I pinned and with I learned, at several W; one type",
      "   for everything, and an I for each channel of the weights",
      "3  a binarised network with K-hot scales",
      "4  ablations: gradients of casts, start value and learning rate of I; and",
      "   every I of a small network",
      "5  widths that are learned under a budget, beside one W everywhere",
      "6  batch normalisations that are folded into weights, and a teacher",
      "",
      "What is done is kept: the same command goes on after it was stopped or",
      "killed.",
      "",
      "Example:",
      "  fixlane experiments --quick --data digits"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the page is written",
      "1:a deployed network gives other words, or a training failed: the page says which",
      "2:the command line is wrong, or a file"})
public final class ExperimentsCommand implements Callable<Integer> {
  private static final String PAGE = "report.html";
  private static final int SEEDS = 3;
  private static final int QUICK_SEEDS = 2;
  private static final int TWIN_IMAGES = 64;

  @Spec
  private CommandSpec spec;

  @Mixin
  private DataOption data;

  @Option(
      names = "--quick",
      description = "Fewer images, widths and seeds, to see that everything works.")
  private boolean quick;

  @Mixin
  private Choice choice;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "experiments",
      description = "Where results are kept and the page is written, " + PAGE + ", and in its "
          + "folder weights each deployed network of the first seed (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How often each row is trained (default: " + SEEDS + ", or " + QUICK_SEEDS
          + " with --quick).")
  private @Nullable Integer seeds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many trainings go on side by side; results do not depend on it (default: "
          + "the number of processors).")
  private @Nullable Integer threads;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many training images an epoch has.")
  private @Nullable Integer images;

  @Option(
      names = "--report-only",
      description = "Writes the page again from the " + Results.FILE + " of the folder, and from "
          + "the counts of 'fixlane resources --json' in its folder " + HardwareCounts.FOLDER + ".")
  private boolean reportOnly;

  /** Makes the command, for picocli to fill. */
  public ExperimentsCommand() {}

  /** Runs the experiments that are left, and writes the page. */
  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<HardwareCounts> hardware = HardwareCounts.read(folder);
    Results results = reportOnly ? Results.read(folder) : compute(out);
    OutputFile page = new OutputFile("--out", folder.resolve(PAGE));
    page.write(Report.of(results, hardware).bytes());
    Summary.sentences(results).forEach(out::println);
    out.println("the page is " + folder.resolve(PAGE));
    return Summary.isSound(results) ? 0 : 1;
  }

  private Results compute(PrintWriter out) throws IOException {
    int seedCount = atLeastOne("--seeds", seeds, quick ? QUICK_SEEDS : SEEDS);
    int threadCount =
        atLeastOne("--threads", threads, Runtime.getRuntime().availableProcessors());
    Set<Integer> experiments = choice.experiments();
    int imageCount = atLeastOne("--images", images, Integer.MAX_VALUE);
    DataSplit split = data.read(imageCount, "--images");
    requireModels(split);
    Budget budget = budget(split.train().imageShape()[2]);
    budget = images == null ? budget : budget.withTrainImages(imageCount);
    budget = budget.within(split.train().size(), split.test().size());
    choice.require(budget);

    Store store = Store.open(folder, new Results(
        commandLine(), "", Results.Machine.here(threadCount), split.train() + "; " + split.test(),
        budget, seedCount, 0, List.of(), List.of()), PAGE);
    TaskRun run = new TaskRun(budget, split, store.weights());
    boolean twins = experiments.contains(1) && store.results().twins().isEmpty();
    new Runner(store, run, threadCount).run(
        Grid.tasks(experiments, choice::has, seedCount, budget),
        twins ? Set.of(TwinCheck.network()) : Set.of(), new TaskProgress(out, budget));
    if (twins) {
      store.keepTwins(new TwinCheck(run.network(TwinCheck.network()),
          Batches.inOrder(run.data().train(), TWIN_IMAGES).get(0)).results());
    }
    return store.results();
  }

  private Budget budget(int channels) {
    if (quick) {
      return Budget.quick(data.name());
    }
    return channels > 1 ? Budget.colour(data.name()) : Budget.full(data.name());
  }

  private static void requireModels(DataSplit split) {
    for (Model model : Model.values()) {
      try {
        model.build(split.train().imageShape(), split.train().classes(), 0);
      } catch (IllegalArgumentException e) {
        throw new UserError("--data has images that " + Row.name(model) + " cannot take: "
            + e.getMessage(), e);
      }
    }
  }

  private static int atLeastOne(String option, @Nullable Integer value, int otherwise) {
    if (value != null && value < 1) {
      throw new UserError(option + " is " + value + ": it must be at least 1");
    }
    return value == null ? otherwise : value;
  }

  private String commandLine() {
    return "fixlane experiments" + (quick ? " --quick" : "") + " --data " + data.name()
        + (images == null ? "" : " --images " + images)
        + (seeds == null ? "" : " --seeds " + seeds);
  }
}
