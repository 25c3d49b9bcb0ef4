package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.graph.Node;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.UpsampleLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The casts of a layer. */
final class Casts {
  /** More fraction bits than any format has: those of a quotient. */
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final List<Cast> casts = new ArrayList<>();

  private Casts() {}

  /**
   * A cast of exact values.
   *
   * @param negative whether a value may be negative
   * @param rounds whether a value may have bits below those of the destination
   * @param to the destination
   */
  record Cast(boolean negative, boolean rounds, FixedFormat to) {}

  /** Returns the casts of a node; a copy is none. */
  static List<Cast> of(Node node) {
    Casts casts = new Casts();
    FixedFormat x = node.input().format();
    switch (node.layer()) {
      case DenseLayer dense ->
          casts.product(x.times(dense.weights().words().format()), dense.stage());
      case ConvLayer conv ->
          casts.product(x.times(conv.weights().words().format()), conv.stage());
      case BinaryDenseLayer dense -> casts.signs(dense.result());
      case BinaryConvLayer conv -> casts.signs(conv.result());
      case ScaleAndShiftLayer scale -> casts.add(
          x.times(scale.scale().words().format()).plus(scale.shift().format()), scale.result());
      case UnaryLayer unary -> casts.unary(x, unary);
      case ThresholdLayer _ -> {}
      case PoolLayer pool -> {
        switch (pool.function()) {
          case Max _ -> {}
          case Average average -> casts.add(x.signed(), ENDLESS, average.result());
        }
      }
      case GlobalAverageLayer average -> casts.add(x.signed(), ENDLESS, average.result());
      case ResidualLayer block -> casts.sum(node, block);
      // The second branch's format is any.
      case ConcatLayer block -> casts.add(true, ENDLESS, block.result());
      case FlattenLayer _,UpsampleLayer _ -> {}
    }
    return casts.casts;
  }

  /** Returns the stage of a layer that has one. */
  static Optional<OutputStage> stage(Layer layer) {
    return switch (layer) {
      case DenseLayer dense -> Optional.of(dense.stage());
      case ConvLayer conv -> Optional.of(conv.stage());
      default -> Optional.empty();
    };
  }

  private void add(boolean negative, int fractionBits, FixedFormat to) {
    casts.add(new Cast(negative, fractionBits > to.fractionBits(), to));
  }

  private void add(FixedFormat from, FixedFormat to) {
    add(from.signed(), from.fractionBits(), to);
  }

  private void product(FixedFormat product, OutputStage stage) {
    FixedFormat exact = product;
    if (stage.bias() != null) {
      exact = exact.plus(stage.bias().format());
    }
    FixedFormat accumulator = stage.accumulator();
    if (accumulator != null) {
      add(exact.plus(accumulator), accumulator);
      exact = accumulator;
    }
    FixedFormat output = stage.outputs().getFirst();
    add(exact.signed() && !stage.relu(), exact.fractionBits(), output);
    FixedFormat z = output;
    for (Step step : stage.steps()) {
      if (step instanceof ScaleAndShift s) {
        add(z.times(s.scale().format()).plus(s.shift().format()), s.result());
      }
      z = step.result();
    }
  }

  private void signs(BinaryResult result) {
    if (result instanceof BinaryResult.Sums sums) {
      add(true, 0, sums.format());
    }
  }

  private void unary(FixedFormat x, UnaryLayer layer) {
    boolean copies = x.equals(layer.result());
    switch (layer.function()) {
      case Identity _ -> {
        if (!copies) {
          add(x, layer.result());
        }
      }
      case Relu _ -> {
        if (!copies) {
          add(false, x.fractionBits(), layer.result());
        }
      }
      case LeakyRelu leaky -> {
        FixedFormat slope = leaky.slope().format();
        add(x.signed(), Math.max(x.fractionBits(), x.fractionBits() + slope.fractionBits()),
            layer.result());
      }
      case LookUp _ -> {}
    }
  }

  private void sum(Node node, ResidualLayer block) {
    // The shortcut's format is any: it may be negative, and have more bits than the result.
    add(!block.relu(), ENDLESS, block.result());
    assert node.layer() == block;
  }
}
