package io.fixlane.onnx.model;

import io.fixlane.onnx.OnnxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes that only arrange constants give: constants too. */
final class Folding {
  private final Map<String, ModelTensor> constants;

  Folding(Map<String, ModelTensor> constants) {
    this.constants = constants;
  }

  /** Returns the constant that a node gives, or null where it gives none. */
  @Nullable
  ModelTensor fold(ModelNode node) throws OnnxException {
    if (!node.domain().isEmpty() || node.outputs().size() != 1) {
      return null;
    }
    String name = node.outputs().getFirst();
    if (node.operator().equals("Constant")) {
      return node.constant(name);
    }
    List<String> inputs = node.inputs();
    if (inputs.isEmpty() || !constants.keySet().containsAll(inputs)) {
      return null;
    }
    ModelTensor first = constants.get(inputs.getFirst());
    return switch (node.operator()) {
      case "Identity" -> first.renamed(name);
      case "Transpose" -> first.transposed(name, permutation(node, first.rank()));
      case "Reshape" -> reshaped(node, name, first);
      default -> null;
    };
  }

  private static int[] permutation(ModelNode node, int rank) throws OnnxException {
    int[] given = node.integers("perm");
    int[] order = given == null ? new int[rank] : given;
    boolean[] seen = new boolean[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = given == null ? rank - 1 - i : order[Math.min(i, order.length - 1)];
      if (order.length != rank || order[i] < 0 || order[i] >= rank || seen[order[i]]) {
        throw node.refuse("its attribute 'perm' is no permutation of " + rank + " dimensions");
      }
      seen[order[i]] = true;
    }
    return order;
  }

  private ModelTensor reshaped(ModelNode node, String name, ModelTensor first)
      throws OnnxException {
    node.requireInputs(2, 2);
    long[] asked = constants.get(node.input(1)).longs();
    int[] shape = new int[asked.length];
    int[] before = first.shape();
    int open = -1;
    long size = 1;
    for (int i = 0; i < asked.length; i++) {
      boolean copied = asked[i] == 0 && i < before.length;
      long dimension = copied ? before[i] : asked[i];
      if (dimension == -1 && open < 0) {
        open = i;
      } else if (dimension < 0 || dimension > Integer.MAX_VALUE || (size *= dimension) > first
          .size()) {
        throw node.refuse("it cannot give " + first + " the shape that it asks for");
      } else {
        shape[i] = (int) dimension;
      }
    }
    if (open >= 0) {
      shape[open] = (int) (size == 0 ? 0 : first.size() / size);
      size *= shape[open];
    }
    if (size != first.size()) {
      throw node.refuse("it cannot give " + first + " the shape that it asks for");
    }
    return first.reshaped(name, shape);
  }
}
