package io.fixlane.cli.show;

import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ResidualAdd;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constants of layers.
 *
 * @param layer the layer's name, with the blocks that it is in
 * @param role what they are to it, such as {@code weights}
 * @param words the words
 */
record LayerWords(String layer, String role, FixedTensor words) {
  /** Returns those of layers, and of the layers in them, in the order of computation. */
  static List<LayerWords> of(List<Layer> layers) {
    List<LayerWords> all = new ArrayList<>();
    add("", layers, all);
    return all;
  }

  private static void add(String block, List<Layer> layers, List<LayerWords> all) {
    for (Layer layer : layers) {
      String name = block + layer.name();
      switch (layer) {
        case DenseLayer dense -> {
          all.add(new LayerWords(name, "weights", dense.weights().words()));
          add(name, dense.stage(), all);
        }
        case ConvLayer conv -> {
          all.add(new LayerWords(name, "weights", conv.weights().words()));
          add(name, conv.stage(), all);
        }
        case BinaryDenseLayer dense -> {
          all.add(new LayerWords(name, "signs", dense.weights()));
          add(name, dense.result(), all);
        }
        case BinaryConvLayer conv -> {
          all.add(new LayerWords(name, "signs", conv.weights()));
          add(name, conv.result(), all);
        }
        case ScaleAndShiftLayer norm -> {
          all.add(new LayerWords(name, "scale", norm.scale().words()));
          all.add(new LayerWords(name, "shift", norm.shift()));
        }
        case ThresholdLayer stairs ->
            all.add(new LayerWords(name, "thresholds", stairs.thresholds()));
        case UnaryLayer unary -> {
          if (unary.function() instanceof UnaryLayer.LookUp look) {
            all.add(new LayerWords(name, "table", look.table()));
          }
        }
        case BlockLayer within -> within.branches().forEach(
            branch -> add(name + " > " + branch.role() + " > ", branch.layers(), all));
        case PoolLayer _,GlobalAverageLayer _,FlattenLayer _,UpsampleLayer _ -> {
        }
      }
    }
  }

  private static void add(String name, OutputStage stage, List<LayerWords> all) {
    addBias(name, stage.bias(), all);
    for (OutputStage.Step step : stage.steps()) {
      switch (step) {
        case ScaleAndShift norm -> {
          all.add(new LayerWords(name, "scale", norm.scale()));
          all.add(new LayerWords(name, "shift", norm.shift()));
        }
        case ResidualAdd _ -> {
        }
      }
    }
  }

  private static void addBias(String name, @Nullable FixedTensor bias, List<LayerWords> all) {
    if (bias != null) {
      all.add(new LayerWords(name, "bias", bias));
    }
  }

  private static void add(String name, BinaryResult result, List<LayerWords> all) {
    switch (result) {
      case BinaryResult.Signs signs ->
          all.add(new LayerWords(name, "thresholds", signs.thresholds()));
      case BinaryResult.Sums _ -> {
      }
    }
  }
}
