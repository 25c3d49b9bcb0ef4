package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.onnx.OnnxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Steps as layers in a sequence, sums as blocks with two branches. */
final class Assembly {
  private static final int DEEPEST = 32;

  private final Set<Link> placed = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Returns the layers from the beginning to a step. */
  Sequential network(Link end) throws OnnxException {
    Link first = end;
    for (Link before = end; before != null; before = before.before()) {
      first = before;
    }
    return sequence(layers(end, first, 0));
  }

  private List<TapeLayer> layers(Link end, Link beginning, int depth) throws OnnxException {
    if (depth > DEEPEST) {
      throw new OnnxException("has sums in branches of sums more than " + DEEPEST + " deep");
    }
    List<TapeLayer> layers = new ArrayList<>();
    for (Link link = end; link != beginning; link = link.before()) {
      if (link == null) {
        throw new IllegalStateException("a branch does not begin where its block does");
      }
      if (!placed.add(link)) {
        throw new OnnxException("has a sum whose branches share "
            + (link.layer() == null ? "a sum" : "a " + link.layer().getClass().getSimpleName())
            + " and then part: what both take must be what both begin with");
      }
      TapeLayer layer = link.layer();
      layers.addFirst(layer == null ? block(link, depth) : layer);
    }
    return layers;
  }

  private TapeLayer block(Link sum, int depth) throws OnnxException {
    Link beginning = sum.before();
    Link one = sum.one();
    Link other = sum.other();
    if (beginning == null || one == null || other == null) {
      throw new IllegalStateException("a step is neither a layer nor a sum");
    }
    List<TapeLayer> body = layers(one, beginning, depth + 1);
    List<TapeLayer> shortcut = layers(other, beginning, depth + 1);
    if (body.isEmpty() && shortcut.isEmpty()) {
      throw new OnnxException("has the sum of a value and itself: a branch must have a layer");
    }
    if (body.isEmpty()) {
      return new Residual(sequence(shortcut));
    }
    return shortcut.isEmpty()
        ? new Residual(sequence(body))
        : new Residual(sequence(body), sequence(shortcut));
  }

  /** Names layers by their kind and a number of their own in the whole network. */
  private Sequential sequence(List<TapeLayer> layers) {
    SequencedMap<String, TapeLayer> named = new LinkedHashMap<>();
    for (TapeLayer layer : layers) {
      String kind = layer.getClass().getSimpleName().toLowerCase(Locale.ROOT)
          .replaceAll("^float|2d$", "");
      named.put(kind + numbers.merge(kind, 1, Integer::sum), layer);
    }
    return new Sequential(named);
  }
}
