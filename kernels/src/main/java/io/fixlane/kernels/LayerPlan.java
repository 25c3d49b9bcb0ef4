package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.VectorProvider;
import io.fixlane.kernels.tiles.Planner;
import io.fixlane.kernels.tiles.ProductSpec;
import io.fixlane.kernels.tiles.SumChoice;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.TermPlanes;
import io.fixlane.kernels.tiles.Unit;
import io.fixlane.kernels.tiles.WeightMatrix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a matrix product and a convolution have in common: the sums of their products, and what
 * becomes of them.
 *
 * @param spec what is summed
 * @param choice how
 * @param sums the sums
 * @param output what becomes of them
 */
record LayerPlan(ProductSpec spec, SumChoice choice, Sums sums, OutputPipeline output) {

  /** Makes the sums that were decided on. */
  interface SumsOf {
    /** Makes them; sums that are formed one by one do relu and the cast themselves. */
    Sums make(SumChoice choice, ProductSpec spec, boolean relu, List<FixedFormat> outputs);
  }

  /**
   * Returns the plan of a layer.
   *
   * @param activations the format of the activations
   * @param weightFormat the format of the weights
   * @param weights the weights, one column for each output channel
   * @param steps the same in the order in which steps are taken one by one, run and cell 1; or null
   *     where that is the same order
   * @param stage what surrounds the products
   * @param run how many activations of a row lie one after the other
   * @param cell how many of them must not be divided among groups
   * @param lanewise whether each column has activations of its own
   * @param terms the terms of K-hot weights, where products are to be shifts and additions, or null
   * @param forced the unit that is taken whether or not it is exact, or null
   * @param sumsOf makes the sums
   */
  static LayerPlan of(FixedFormat activations, FixedFormat weightFormat, WeightMatrix weights,
      @Nullable WeightMatrix steps, OutputStage stage, int run, int cell, boolean lanewise,
      @Nullable TermPlanes terms, @Nullable Unit forced, SumsOf sumsOf) {
    Container.of(activations);
    stage.requireChannels(weights.n());
    FixedTensor bias = bias(stage);
    FixedFormat accumulator = stage.accumulatorFormat();
    FixedFormat biasFormat =
        bias != null ? bias.format() : accumulator != null ? accumulator : activations;
    ProductSpec spec = new ProductSpec(activations, weightFormat, weights,
        bias == null ? null : words(bias), biasFormat, accumulator, run, cell, lanewise,
        terms, forced);
    SumChoice choice = Planner.choose(spec, VectorProvider.vectorBits());
    if (steps != null && choice.stepByStep()) {
      spec = new ProductSpec(activations, weightFormat, steps, spec.bias(), biasFormat,
          accumulator, 1, 1, lanewise, terms, forced);
      choice = Planner.choose(spec, VectorProvider.vectorBits());
    }
    Sums sums = sumsOf.make(choice, spec, stage.hasRelu(), stage.outputs());
    OutputPipeline output = choice.plan() == null
        ? OutputPipeline.ofResults(stage)
        : OutputPipeline.ofSums(choice, choice.plan().sum(), stage, bias);
    return new LayerPlan(spec, choice, sums, output);
  }

  /** Returns the bias, cast into the accumulator where there is one. */
  private static @Nullable FixedTensor bias(OutputStage stage) {
    FixedTensor bias = stage.biasWords();
    FixedFormat accumulator = stage.accumulatorFormat();
    if (bias == null) {
      return null;
    }
    FixedFormat format = accumulator == null ? bias.format() : accumulator;
    FixedTensor copy = FixedTensor.allocate(format, bias.shape());
    Cast.of(bias.format(), format).run(bias, copy);
    return copy;
  }

  private static BigInteger[] words(FixedTensor tensor) {
    BigInteger[] words = new BigInteger[Math.toIntExact(tensor.size())];
    for (int i = 0; i < words.length; i++) {
      words[i] = tensor.value(i).raw();
    }
    return words;
  }

  /** Says how sums are formed, and why. */
  String explain(OutputStage stage) {
    List<String> lines = new ArrayList<>();
    FixedFormat accumulator = stage.accumulatorFormat();
    lines.add("accumulator  " + (accumulator == null ? "exact" : accumulator) + ": "
        + choice.chosen());
    lines.add("bound        " + choice.bound());
    lines.add("kernel       " + (choice.plan() == null ? "128 bits, scalar" : choice.plan()));
    if (choice.plan() != null) {
      lines.add("weights      " + choice.plan().weights());
    }
    lines.add("output       " + stage);
    choice.refused().forEach(reason -> lines.add("not          " + reason));
    return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }
}
