package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.plan.Fact;
import io.fixlane.kernels.tiles.plan.Planner;
import io.fixlane.kernels.tiles.plan.ProductSpec;
import io.fixlane.kernels.tiles.plan.SumChoice;
import io.fixlane.kernels.tiles.plan.SumPlan;
import io.fixlane.tensor.FixedTensor;
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
    int bits = VectorProvider.vectorBits();
    PackedWeights.requireRoom(weights, bits);
    stage.requireChannels(weights.n());
    FixedTensor bias = bias(stage);
    ProductSpec spec = spec(activations, weightFormat, weights, bias, stage, run, cell, lanewise,
        terms, forced);
    SumChoice choice = Planner.choose(spec, bits);
    if (steps != null && choice.stepByStep()) {
      spec = spec(activations, weightFormat, steps, bias, stage, 1, 1, lanewise, terms, forced);
      choice = Planner.choose(spec, bits);
    }
    Sums sums = sumsOf.make(choice, spec, stage.relu(), stage.outputs());
    OutputPipeline output = choice.plan() == null
        ? OutputPipeline.ofResults(stage)
        : OutputPipeline.ofSums(choice, choice.plan().sum(), stage, bias);
    return new LayerPlan(spec, choice, sums, output);
  }

  /** Returns what the planner is told of a layer; the bias is in the accumulator's format. */
  private static ProductSpec spec(FixedFormat activations, FixedFormat weightFormat,
      WeightMatrix weights, @Nullable FixedTensor bias, OutputStage stage, int run, int cell,
      boolean lanewise, @Nullable TermPlanes terms, @Nullable Unit forced) {
    FixedFormat accumulator = stage.accumulator();
    FixedFormat biasFormat =
        bias != null ? bias.format() : accumulator != null ? accumulator : activations;
    WeightMatrix starts = bias == null ? null : new TensorMatrix(bias, 1, weights.n());
    return new ProductSpec(activations, weightFormat, weights, starts, biasFormat, accumulator, run,
        cell, lanewise, terms, forced);
  }

  /** Returns the bias, cast into the accumulator where there is one. */
  private static @Nullable FixedTensor bias(OutputStage stage) {
    FixedTensor bias = stage.bias();
    FixedFormat accumulator = stage.accumulator();
    if (bias == null) {
      return null;
    }
    FixedFormat format = accumulator == null ? bias.format() : accumulator;
    FixedTensor copy = FixedTensor.allocate(format, bias.shape());
    Cast.of(bias.format(), format).run(bias, copy);
    return copy;
  }

  /** Says how sums are formed, and why. */
  String explain(OutputStage stage) {
    return explain(stage, choice);
  }

  /** Says how sums would be formed with vectors of so many bits, and why. */
  String explain(OutputStage stage, int vectorBits) {
    if (vectorBits != 512 && vectorBits != 256 && vectorBits != 128 && vectorBits != 0) {
      throw new IllegalArgumentException(
          "vectorBits is " + vectorBits + ": it must be 512, 256, 128 or 0");
    }
    return explain(stage, Planner.choose(spec, vectorBits));
  }

  private String explain(OutputStage stage, SumChoice how) {
    FixedFormat accumulator = stage.accumulator();
    FixedFormat product = spec.activations().times(spec.weightFormat());
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("product", product + ", in units of 2^" + -product.fractionBits()));
    facts.add(new Fact("accumulator", accumulator == null ? "exact" : accumulator.toString()));
    facts.add(new Fact("sums",
        (how.stepByStep() ? "step by step: " : "whole, cast once: ") + how.chosen()));
    facts.add(new Fact("bound", how.bound()));
    if (how.plan() != null) {
      facts.addAll(how.plan().facts());
    }
    facts.add(new Fact("output", stage.toString()));
    if (how.plan() != null && castsInRegisters(stage, how, how.plan())) {
      facts.add(new Fact("cast", "in registers, before sums are stored"));
    }
    String lines = lines("  ", facts);
    return how.refused().isEmpty()
        ? lines
        : lines + "\n  why not\n" + lines("    ", how.refused());
  }

  private boolean castsInRegisters(OutputStage stage, SumChoice how, SumPlan plan) {
    RegisterCast cast = OutputPipeline.registerCast(how, plan.sum(), stage);
    return cast != null && plan.fillsVectors(spec.weights().n()) && plan.kernel(0, cast) != null;
  }

  /** Returns facts in two columns. */
  private static String lines(String indent, List<Fact> facts) {
    int width = facts.stream().mapToInt(fact -> fact.subject().length()).max().orElse(0);
    return facts.stream()
        .map(fact -> indent + fact.subject() + " ".repeat(width + 2 - fact.subject().length())
            + fact.text())
        .collect(Collectors.joining("\n"));
  }
}
