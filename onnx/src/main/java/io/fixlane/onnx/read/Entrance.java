package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes into a model: features, or images whose channels come first or last. */
public final class Entrance {
  /** Images of more channels than this have them first, where nothing else tells. */
  private static final int MOST_LAST = 4;

  private final ModelGraph graph;

  /** Makes the entrance of a graph. */
  public Entrance(ModelGraph graph) {
    this.graph = graph;
  }

  /** Returns how the input of a graph lies. */
  public Layout layout() throws OnnxException {
    long[] shape = graph.inputShape();
    if (shape.length < 2 || shape.length > 4) {
      throw refuse("it must have 2 to 4 dimensions, that of the batch first");
    }
    long size = 1;
    for (long dimension : Arrays.copyOfRange(shape, 1, shape.length)) {
      if (dimension < 1 || dimension > Integer.MAX_VALUE - 8) {
        throw refuse("all dimensions but that of the batch must be known and positive");
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE - 8) {
        throw refuse("a sample must have at most " + (Integer.MAX_VALUE - 8) + " numbers");
      }
    }
    int[] sizes = Arrays.stream(shape).skip(1).mapToInt(d -> (int) d).toArray();
    return switch (sizes.length) {
      case 1 -> Layout.Features.of(sizes[0]);
      case 2 -> channelsFirst(sizes)
          ? new Layout.Image(1, sizes[1], sizes[0], List.of(Axis.CHANNELS, Axis.WIDTH))
          : new Layout.Image(1, sizes[0], sizes[1], List.of(Axis.WIDTH, Axis.CHANNELS));
      default -> channelsFirst(sizes)
          ? new Layout.Image(sizes[1], sizes[2], sizes[0],
              List.of(Axis.CHANNELS, Axis.HEIGHT, Axis.WIDTH))
          : new Layout.Image(sizes[0], sizes[1], sizes[2],
              List.of(Axis.HEIGHT, Axis.WIDTH, Axis.CHANNELS));
    };
  }

  private OnnxException refuse(String rule) {
    return new OnnxException("the input '" + graph.input() + "' has the shape "
        + Arrays.toString(graph.inputShape()).replace("-1", "?") + ": " + rule);
  }

  /**
   * Channels come last where the first thing that is done is to bring them to the front, or where
   * images are only ever flattened and have so few.
   */
  private boolean channelsFirst(int... sizes) throws OnnxException {
    List<String> same = new ArrayList<>(List.of(graph.input()));
    for (ModelNode node : graph.nodes()) {
      if (node.inputs().isEmpty() || !same.contains(node.inputs().getFirst())) {
        continue;
      }
      if (node.domain().endsWith(".channels_last")) {
        return false;
      }
      switch (node.operator()) {
        case "Transpose" -> {
          return !bringsLastToFront(node.integers("perm"), sizes.length);
        }
        case "Flatten", "Reshape", "Squeeze", "Unsqueeze" -> {
          return sizes[0] <= MOST_LAST || sizes[sizes.length - 1] > MOST_LAST;
        }
        case "Identity", "Dropout", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Quant", "IntQuant",
            "BipolarQuant", "Trunc", "QuantizeLinear", "DequantizeLinear", "Add", "Sub", "Mul",
            "Div" -> same.addAll(node.outputs());
        default -> {
          return true;
        }
      }
    }
    return true;
  }

  private static boolean bringsLastToFront(int @Nullable [] order, int rank) {
    return order != null && order.length == rank + 1 && order[1] == rank;
  }
}
