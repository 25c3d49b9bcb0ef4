package io.fixlane.onnx.read.words;

import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Steps as layers in a sequence, what joins two of them as blocks with two branches. */
final class WordAssembly {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NAME = 90;

  private final Set<Step> placed = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  /** Returns the layers from one step to another, without the first. */
  List<Layer> layers(Step end, Step beginning) throws OnnxException {
    return layers(end, beginning, 0);
  }

  private List<Layer> layers(Step end, Step beginning, int depth) throws OnnxException {
    if (depth > DEEPEST) {
      throw new OnnxException("has blocks in branches of blocks more than " + DEEPEST + " deep");
    }
    List<Step> steps = new ArrayList<>();
    for (Step step = end; step != beginning; step = step.required()) {
      if (!placed.add(step)) {
        throw new OnnxException("has a sum or Concat whose branches share the step '" + step.name()
            + "' and then part: what both take must be what both begin with");
      }
      steps.addFirst(step);
    }
    List<Layer> layers = new ArrayList<>();
    for (Step step : steps) {
      layers.add(switch (step.op()) {
        case Op.Single single -> layer(single, step);
        case Op.Sum sum -> block(sum, step, depth);
        case Op.Beside beside -> concat(beside, step, depth);
        case Op.Input _ -> throw none(step);
        case Op.Sign _ -> throw none(step);
        case Op.Chain _ -> throw none(step);
        case Op.Mixed _ -> throw none(step);
      });
    }
    return layers;
  }

  private static IllegalStateException none(Step step) {
    return new IllegalStateException("the step '" + step.name() + "' is no layer");
  }

  private Layer layer(Op.Single single, Step step) throws OnnxException {
    String name = fresh(step.name());
    try {
      return single.layer(name, step.format());
    } catch (OnnxException | IllegalArgumentException e) {
      throw new OnnxException("layer '" + name + "': " + e.getMessage(), e);
    }
  }

  private Layer block(Op.Sum sum, Step step, int depth) throws OnnxException {
    String name = fresh(step.name());
    List<Layer> body = layers(sum.one(), step.required(), depth + 1);
    List<Layer> shortcut = layers(sum.other(), step.required(), depth + 1);
    if (body.isEmpty() && shortcut.isEmpty()) {
      throw new OnnxException("has the sum of a value and itself: a branch must have a layer");
    }
    return body.isEmpty()
        ? new ResidualLayer(name, shortcut, body, sum.relu(), step.format())
        : new ResidualLayer(name, body, shortcut, sum.relu(), step.format());
  }

  private Layer concat(Op.Beside beside, Step step, int depth) throws OnnxException {
    String name = fresh(step.name());
    List<Layer> first = layers(beside.one(), step.required(), depth + 1);
    List<Layer> second = layers(beside.other(), step.required(), depth + 1);
    if (first.isEmpty() && second.isEmpty()) {
      // Two branches of nothing are none, and a copy is a layer.
      second = List.of(new UnaryLayer(
          fresh(name), new UnaryLayer.Identity(), beside.other().format()));
    }
    return new ConcatLayer(name, first, second, step.format());
  }

  /** Returns a name that layers may have, and no other has. */
  private String fresh(String given) {
    String name = given.replaceAll("[^A-Za-z0-9 _./:-]", "_");
    name = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    String fresh = name;
    for (int i = 2; !names.add(fresh); i++) {
      fresh = name + " " + i;
    }
    return fresh;
  }
}
