package io.fixlane.cli.explain;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.FormatText;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fixlane explain}: how a plan computes a layer, before there are weights. */
@Command(
    name = "explain",
    description = "Says how a layer of given formats is computed: the bound of its sums, the unit "
        + "that is fast and exact, and why not each other one.",
    footer = {
      "",
      "There are no weights yet, so the worst are assumed: columns that are, in turn,",
      "all the smallest and all the largest word of their format. Those of a trained",
      "layer often allow more: Gemm.explain() says what.",
      "",
      "Example:",
      "  fixlane explain --gemm 'ap_fixed<8,3>' 'ap_fixed<8,1>' --k 576 --n 64 \\",
      "      --acc 'ap_fixed<24,12>' --relu --out 'ap_fixed<8,3,AP_RND_CONV,AP_SAT>'"
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final int MOST_WEIGHTS = 1 << 24;
  private static final int COLUMNS = 2;
  private static final int COLUMNS_WITH_BIAS = 4;
  private static final List<Integer> VECTOR_BITS = List.of(512, 256, 128, 0);

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--gemm",
      arity = "2",
      required = true,
      paramLabel = "FORMAT",
      description = "A product of matrices: the formats of activations and of weights.")
  private List<String> gemm;

  @Option(
      names = "--k",
      required = true,
      paramLabel = "K",
      description = "How many products a sum has.")
  private int k;

  @Option(
      names = "--n",
      paramLabel = "N",
      description = "How many columns the weights have (default: 2, and 4 with a bias).")
  private @Nullable Integer n;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FORMAT",
      description = "The format of the results.")
  private String out;

  @Option(
      names = "--acc",
      paramLabel = "FORMAT",
      description = "The accumulator's format, which every step is cast into (default: exact).")
  private @Nullable String accumulator;

  @Option(
      names = "--bias",
      paramLabel = "FORMAT",
      description = "The format of a bias.")
  private @Nullable String bias;

  @Option(names = "--relu", description = "Negative sums become 0.")
  private boolean relu;

  @Option(
      names = "--vector-bits",
      paramLabel = "BITS",
      description = "The vectors of another machine: 512, 256, 128, or 0 for none (default: this "
          + "machine's).")
  private @Nullable Integer vectorBits;

  @Override
  public Integer call() {
    requireSizes();
    FixedFormat activations = FormatText.parse(gemm.getFirst());
    FixedFormat weights = FormatText.parse(gemm.getLast());
    String text;
    try {
      Gemm plan = Gemm.of(activations, worst(weights), stage());
      text = vectorBits == null ? plan.explain() : plan.explain(vectorBits);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    PrintWriter writer = spec.commandLine().getOut();
    text.lines().forEach(writer::println);
    writer.println("The worst weights are assumed: columns are all the smallest or all the largest "
        + "word" + (bias == null ? "." : ", and so is the bias."));
    return 0;
  }

  private void requireSizes() {
    requirePositive("--k", k);
    if (n == null) {
      n = bias == null ? COLUMNS : COLUMNS_WITH_BIAS;
    }
    requirePositive("--n", n);
    if (bias != null && n < COLUMNS_WITH_BIAS) {
      throw new UserError("--n is " + n + ": with --bias it must be at least " + COLUMNS_WITH_BIAS
          + ", for each of the two worst weights with each of the two worst biases");
    }
    if ((long) k * n > MOST_WEIGHTS) {
      throw new UserError("--k times --n is " + (long) k * n + ": it must be at most "
          + MOST_WEIGHTS);
    }
    if (vectorBits != null && !VECTOR_BITS.contains(vectorBits)) {
      throw new UserError("--vector-bits is " + vectorBits + ": it must be 512, 256, 128 or 0");
    }
  }

  private OutputStage stage() {
    OutputStage stage = OutputStage.to(FormatText.parse(out));
    if (accumulator != null) {
      stage = stage.withAccumulator(FormatText.parse(accumulator));
    }
    if (bias != null) {
      FixedFormat format = FormatText.parse(bias);
      FixedTensor words = FixedTensor.allocate(format, n);
      for (int column = 0; column < n; column++) {
        words.setRaw(column, extreme(format, column / 2));
      }
      stage = stage.withBias(words);
    }
    return relu ? stage.withRelu() : stage;
  }

  private FixedTensor worst(FixedFormat format) {
    FixedTensor weights = FixedTensor.allocate(format, k, n);
    for (int row = 0; row < k; row++) {
      for (int column = 0; column < n; column++) {
        weights.setRaw((long) row * n + column, extreme(format, column));
      }
    }
    return weights;
  }

  /** Returns the smallest and the largest word in turn, as bits. */
  private static long extreme(FixedFormat format, int index) {
    return (index % 2 == 0 ? format.minRaw() : format.maxRaw()).longValue();
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new UserError(option + " is " + value + ": it must be positive");
    }
  }
}
