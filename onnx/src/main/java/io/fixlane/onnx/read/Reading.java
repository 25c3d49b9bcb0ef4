package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph that is being read: what its nodes give so far.
 *
 * @param <W> how it is computed
 */
public final class Reading<W extends Way<W>> {
  private final ModelGraph graph;
  private final Map<String, Signal<W>> signals = new HashMap<>();

  /** Begins to read a graph. */
  public Reading(ModelGraph graph) {
    this.graph = graph;
  }

  /** Returns the graph. */
  public ModelGraph graph() {
    return graph;
  }

  /** Keeps what a node gives, by the name of its output. */
  public void put(String name, Signal<W> signal) {
    signals.put(name, signal);
  }

  /** Returns what comes to an input of a node, or null where it is a constant. */
  @Nullable
  public Signal<W> maybe(ModelNode node, int place) throws OnnxException {
    return signals.get(node.input(place));
  }

  /** Returns what comes to an input of a node, and may have a padding that is still to be taken. */
  public Signal<W> padded(ModelNode node, int place) throws OnnxException {
    Signal<W> signal = maybe(node, place);
    if (signal == null) {
      throw node.refuse("its input " + place + ", '" + node.input(place)
          + "', is a constant: it must be computed from the model's input");
    }
    return signal;
  }

  /** Returns what comes to an input of a node. */
  public Signal<W> signal(ModelNode node, int place) throws OnnxException {
    Signal<W> signal = padded(node, place);
    if (signal.padding() != null) {
      throw node.refuse("it takes what a Pad gives: only Conv and AveragePool do");
    }
    return signal;
  }

  /** Returns what the model gives. */
  public Signal<W> end() throws OnnxException {
    Signal<W> end = signals.get(graph.output());
    if (end == null || end.padding() != null) {
      throw new OnnxException("the output '" + graph.output() + "' is " + (end == null
          ? "the result of no node"
          : "what a Pad gives") + ": it must be computed from the input '" + graph.input() + "'");
    }
    return end;
  }

  /** Returns the only thing that comes to a node of one input. */
  public Signal<W> only(ModelNode node) throws OnnxException {
    node.requireInputs(1, 1);
    return signal(node, 0);
  }

  /** Returns what comes to a Dropout: what trains a network is not in it when it computes. */
  public Signal<W> dropout(ModelNode node) throws OnnxException {
    node.requireAttributes("ratio", "seed");
    node.requireInputs(1, 3);
    requireOneResult(node);
    if (node.hasInput(2)) {
      long[] training = constant(node, 2).longs();
      if (training.length != 1 || training[0] != 0) {
        throw node.refuse("its training_mode must be one false: only models to evaluate are read");
      }
    }
    return signal(node, 0);
  }

  /** Requires that a node gives its first result alone. */
  static void requireOneResult(ModelNode node) throws OnnxException {
    for (String output : node.outputs().subList(1, node.outputs().size())) {
      if (!output.isEmpty()) {
        throw node.refuse("it gives '" + output + "' too: only its first result is read");
      }
    }
  }

  /** Returns a constant of floats that a node takes. */
  public ModelTensor constant(ModelNode node, int place) throws OnnxException {
    return graph.constant(node, place);
  }

  /** Returns the integers of a constant that a node takes. */
  public int[] integers(ModelNode node, int place) throws OnnxException {
    long[] longs = constant(node, place).longs();
    int[] integers = new int[longs.length];
    for (int i = 0; i < longs.length; i++) {
      // Beyond an int only what stands for "to the end", or is refused for its size.
      integers[i] = Math.clamp(longs[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return integers;
  }

  /** Requires a constant to hold one number for each of some channels. */
  public static float[] numbers(ModelNode node, ModelTensor constant, int count)
      throws OnnxException {
    float[] numbers = constant.floats();
    if (numbers.length != count) {
      throw node.refuse("it takes " + constant + ": it must have " + count + " numbers");
    }
    for (float number : numbers) {
      requireFinite(node, constant, number);
    }
    return numbers;
  }

  /** Requires a number to be one. */
  public static void requireFinite(ModelNode node, ModelTensor constant, float number)
      throws OnnxException {
    if (!Float.isFinite(number)) {
      throw node.refuse("it takes " + constant + " with " + number + ": numbers must be finite");
    }
  }

  /** Returns the image that comes to a node, channels first. */
  public static Layout.Image image(ModelNode node, Signal<?> signal) throws OnnxException {
    if (signal.layout() instanceof Layout.Image image && image.isChannelsFirst()) {
      return image;
    }
    throw node.refuse("it takes " + signal.layout().dimensions()
        + " for a sample: it must be an image, channels first");
  }

  /** Returns the features that come to a node. */
  public static Layout.Features features(ModelNode node, Signal<?> signal) throws OnnxException {
    if (signal.layout() instanceof Layout.Features features
        && features.dimensions().size() == 1) {
      return features;
    }
    throw node.refuse("it takes " + signal.layout().dimensions()
        + " for a sample: it must be features, as Flatten gives them");
  }

  /** Requires a layout to have as many numbers as an array can. */
  public static <L extends Layout> L checked(ModelNode node, L layout) throws OnnxException {
    boolean fits;
    try {
      fits = layout.size() <= Integer.MAX_VALUE - 8;
    } catch (ArithmeticException e) {
      fits = false;
    }
    if (!fits) {
      throw node.refuse("it gives " + layout.dimensions() + " for a sample: that are more than "
          + (Integer.MAX_VALUE - 8) + " numbers");
    }
    return layout;
  }
}
