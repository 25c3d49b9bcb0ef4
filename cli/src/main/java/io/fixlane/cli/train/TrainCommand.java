package io.fixlane.cli.train;

import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.BitCost;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.WordCheck;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.train.Score;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.console.UserError;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fixlane train}: from float weights to a network of integers. */
@Command(
    name = "train",
    description = "Trains a network in float, calibrates it into fixed point (PTQ), trains it on "
        + "in fixed point (QFX), and deploys it as a network of integers, word for word the same.",
    footer = {
      "",
      "The same options and data give the same network, bit by bit, whatever the",
      "number of threads, and however often training was interrupted.",
      "",
      "Example:",
      "  fixlane train --data fashion-mnist --model resnet8 --bits 6 \\",
      "      --checkpoint resnet8 --out resnet8.fxn"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:trained, and the deployed network gives the same words",
      "1:the deployed network gives other words on a test image",
      "2:a mistake in the command line or in a file, or training that diverges"})
public final class TrainCommand implements Callable<Integer> {
  private static final int MOST_BITS = 24;
  private static final int MOST_THREADS = 1024;

  @Spec
  private CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Option(
      names = "--model",
      paramLabel = "mlp|cnn|resnet8|bnn|vgg|binary_vgg",
      defaultValue = "cnn",
      description = "The network: two dense layers, three convolutions, a residual network of "
          + "eight layers, a binarised one, six convolutions, or these binarised (default: "
          + "${DEFAULT-VALUE}).")
  private Model model;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description = "An ONNX model of floats in the place of --model: it is not trained in float, "
          + "but calibrated and trained on in fixed point as it is.")
  private @Nullable Path onnx;

  @Mixin
  private WidthOptions widths = new WidthOptions();

  @Option(
      names = "--khot",
      paramLabel = "K",
      description = "Weights and scales are sums of at most K signed powers of two.")
  private @Nullable Integer kHot;

  @Option(
      names = "--khot-rule",
      paramLabel = "truncate|nearest|signed_digits",
      defaultValue = "nearest",
      description = "Which terms a weight becomes (default: ${DEFAULT-VALUE}).")
  private KHotRule kHotRule;

  @Option(
      names = "--learn-binary-point",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether the binary point of each tensor is learned with the weights, or "
          + "stays as it was calibrated (default: it is learned).")
  private boolean learnBinaryPoint;

  @Option(
      names = "--channel-points",
      description = "The weights of each output channel have a binary point of their own, which "
          + "costs nothing but wires in hardware.")
  private boolean channelPoints;

  @Option(
      names = "--budget",
      paramLabel = "W",
      description = "Learns the width of the words of each tensor too, from --bits down, and with "
          + "--channel-points that of the weights of each channel: the products, bits x bits, cost "
          + "no more than with W bits everywhere, such as 3.5.")
  private @Nullable Double budget;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often each of the two trainings sees every image (default: 15, and 4 "
          + "where there are 10,000 images or more).")
  private @Nullable Integer epochs;

  @Mixin
  private StepOptions steps = new StepOptions();

  @Mixin
  private FineTuning fineTuning = new FineTuning();

  @Mixin
  private Regularization regularization = new Regularization();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "What start weights and the order of images are drawn from (default: "
          + "${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: one for each processor).")
  private @Nullable Integer threads;

  @Option(
      names = "--subset",
      paramLabel = "N",
      description = "Trains with the first N images alone.")
  private @Nullable Integer subset;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Saves checkpoints in FILE.float and FILE.qfx, and goes on from them.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Saves the deployed network, such as network.fxn.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    requireOptions();
    OutputFile outFile = out == null ? null : new OutputFile("--out", out);
    List<OutputFile> outputs = new ArrayList<>(checkpointFiles());
    if (outFile != null) {
      outputs.addFirst(outFile);
    }
    OutputFile.requireDistinct(outputs);
    if (onnx != null) {
      outputs.forEach(output -> output.requireOther("--onnx", onnx));
    }
    data.requireOthers(outputs);
    DataSplit split =
        subset(data.read(subset == null ? Integer.MAX_VALUE : subset, "--subset"));
    Recipe recipe = recipe(split.train().size());
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(split.train());
    writer.println(split.test());
    writer.println(recipe.beginning() + ": " + recipe.arithmetic() + "; "
        + Numbers.counted(recipe.plan().epochs(), "epoch") + ", seed " + seed);
    writer.println();
    Training.Outcome outcome = train(recipe, split, outputs);
    show(writer, outcome, split.test().size());
    if (budget != null) {
      BitCost cost = BitCost.of(outcome.network(), split.test().imageShape());
      writer.println(String.format(Locale.ROOT, "The widths that were learned cost %,.0f bits x "
          + "bits in the products of an image, as much as W = %.2f everywhere.",
          cost.bits(), cost.uniformWidth()));
    }
    Network network = Qfx.deploy(outcome.network(), split.test().imageShape());
    if (!isSame(writer, outcome.network(), network, split.test(), recipe.plan().threads())) {
      return 1;
    }
    if (outFile != null) {
      outFile.write(network.toBytes());
      writer.println("It is saved in " + out + ".");
    }
    return 0;
  }

  /** Checks all that can be before data are read. */
  private void requireOptions() {
    widths.require();
    if (onnx != null && spec.commandLine().getParseResult().hasMatchedOption("--model")) {
      throw new UserError("--onnx is " + onnx + ", and --model is given: one of both can be");
    }
    Numbers.requireIfGiven("--khot", kHot, MOST_BITS);
    Numbers.requireIfGiven("--epochs", epochs, Integer.MAX_VALUE);
    Numbers.requireIfGiven("--subset", subset, Integer.MAX_VALUE);
    steps.require();
    Numbers.requireIfGiven("--threads", threads, MOST_THREADS);
    fineTuning.require();
    regularization.require();
    requireBudget();
  }

  private void requireBudget() {
    if (budget == null) {
      return;
    }
    int bits = widths.widths().bits();
    if (!(budget >= 1 && budget <= bits)) {
      throw new UserError(
          "--budget is " + budget + ": it must be in 1.." + bits + ", that of --bits");
    }
    if (!learnBinaryPoint) {
      throw new UserError("--budget is given, and --no-learn-binary-point: widths are learned "
          + "beside binary points");
    }
    if (epochs != null && epochs < 2) {
      throw new UserError("--epochs is 1: with --budget it must be at least 2, as widths are "
          + "learned in the first and weights alone in the last");
    }
  }

  private List<OutputFile> checkpointFiles() {
    if (checkpoint == null) {
      return List.of();
    }
    Path common = new OutputFile("--checkpoint", checkpoint).path();
    return Stream.of(Stage.values()).filter(stage -> onnx == null || stage == Stage.QFX)
        .map(stage -> new OutputFile("--checkpoint", stage.checkpoint(common))).toList();
  }

  private DataSplit subset(DataSplit split) {
    if (subset == null) {
      return split;
    }
    Dataset train = split.train();
    Numbers.require("--subset", subset, 1, train.size());
    return new DataSplit(subset == train.size() ? train : train.first(subset), split.test());
  }

  private Recipe recipe(int images) {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    return new Recipe(
        onnx == null ? new Beginning.Random(model) : new Beginning.Onnx(onnx), widths.widths(),
        kHot == null ? null : KHot.of(kHot, kHotRule), learnBinaryPoint, channelPoints, budget,
        fineTuning.foldNorms(), fineTuning.teacher(),
        regularization.in(Recipe.plan(epochs == null ? StepOptions.epochs(images) : epochs,
            steps.batch(), seed, threads == null ? processors : threads)),
        steps.rate(), regularization.decay(), checkpoint);
  }

  private Training.Outcome train(Recipe recipe, DataSplit split, List<OutputFile> outputs) {
    PrintWriter err = spec.commandLine().getErr();
    try (Interruption _ = new Interruption(recipe, err)) {
      return new Training(recipe, split, outputs, err).run();
    }
  }

  private static void show(PrintWriter writer, Training.Outcome outcome, int images) {
    Map.Entry<String, Score> best = outcome.calibrated().entrySet().stream()
        .min(Comparator.comparingDouble(entry -> -entry.getValue().accuracy())).orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("network", "test accuracy", "loss"));
    rows.add(row("float", outcome.floats()));
    outcome.calibrated().forEach((name, score) -> rows.add(row("PTQ, " + name, score)));
    rows.add(row("QFX", outcome.trained()));
    TextTable table = new TextTable(1, rows);
    for (int i = 0; i < rows.size(); i++) {
      writer.println(table.line(i));
    }
    writer.println(String.format(Locale.ROOT, "QFX is at %+.2f points from the best PTQ (%s), "
        + "and at %+.2f from float; one image is %.2f.",
        100 * (outcome.trained().accuracy() - best.getValue().accuracy()), best.getKey(),
        100 * (outcome.trained().accuracy() - outcome.floats().accuracy()), 100.0 / images));
    writer.println();
  }

  private static List<String> row(String name, Score score) {
    return List.of(name, Numbers.percent(score.accuracy()),
        String.format(Locale.ROOT, "%.4f", score.loss()));
  }

  private static boolean isSame(
      PrintWriter writer, TapeLayer training, Network deployed, Dataset test, int threads) {
    WordCheck check;
    try (Workers workers = Workers.of(threads)) {
      check = WordCheck.of(training, deployed, test, workers);
    }
    writer.println("The deployed network: " + deployed.cost() + ".");
    writer.println("It gives the same words as the training network on "
        + Numbers.count(check.same()) + " of " + Numbers.count(check.samples())
        + " test images.");
    return check.isComplete();
  }
}
