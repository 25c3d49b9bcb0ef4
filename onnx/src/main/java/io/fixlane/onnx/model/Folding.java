package io.fixlane.onnx.model;

import io.fixlane.onnx.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes that only arrange constants give: constants too. */
final class Folding {
  private static final int MOST_DIMENSIONS = 16;

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
      case "Concat" -> concatenated(node, name);
      case "Gather" -> gathered(node, name, first);
      case "Add", "Sub", "Mul", "Div", "Pow", "Sqrt" -> FoldedNumbers.of(
          node, name, first, inputs.size() > 1 ? constants.get(inputs.get(1)) : first);
      default -> arranged(node, name, first);
    };
  }

  /**
   * Returns what a node makes of a tensor in the place of what it takes first, where it only
   * arranges it; else null.
   */
  @Nullable
  ModelTensor arranged(ModelNode node, String name, ModelTensor first) throws OnnxException {
    return switch (node.operator()) {
      case "Identity" -> first.renamed(name);
      case "Transpose" -> first.transposed(name, permutation(node, first.rank()));
      case "Reshape" -> reshaped(node, name, first);
      case "Squeeze" -> squeezed(node, name, first);
      case "Unsqueeze" -> unsqueezed(node, name, first);
      default -> null;
    };
  }

  private static int place(ModelNode node, long axis, int rank) throws OnnxException {
    long place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank) {
      throw node.refuse("it takes the dimension " + axis + " of " + rank);
    }
    return (int) place;
  }

  /** Returns the axes that an attribute or the second input names; null where none does. */
  private int @Nullable [] axes(ModelNode node, int rank) throws OnnxException {
    int[] axes = node.integers("axes");
    if (axes == null && node.hasInput(1)) {
      ModelTensor given = constants.get(node.input(1));
      axes = given == null
          ? null
          : Arrays.stream(given.longs()).mapToInt(axis -> Math.clamp(axis, -99, 99))
              .toArray();
    }
    for (int i = 0; axes != null && i < axes.length; i++) {
      axes[i] = place(node, axes[i], rank);
    }
    return axes;
  }

  private ModelTensor squeezed(ModelNode node, String name, ModelTensor first)
      throws OnnxException {
    int[] shape = first.shape();
    int[] axes = axes(node, shape.length);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      int at = i;
      boolean gone = axes == null
          ? shape[i] == 1
          : Arrays.stream(axes).anyMatch(axis -> axis == at);
      if (gone && shape[i] != 1) {
        throw node.refuse("it removes a dimension of " + first + " that is not 1");
      }
      if (!gone) {
        left.add(shape[i]);
      }
    }
    return first.reshaped(name, left.stream().mapToInt(size -> size).toArray());
  }

  private @Nullable ModelTensor unsqueezed(ModelNode node, String name, ModelTensor first)
      throws OnnxException {
    int[] given = node.integers("axes");
    int more = given != null
        ? given.length
        : node.hasInput(1) && constants.get(node.input(1)) != null
            ? constants.get(node.input(1)).size()
            : 0;
    int[] shape = new int[Math.min(first.rank() + more, MOST_DIMENSIONS)];
    int[] axes = axes(node, shape.length);
    if (axes == null || shape.length != first.rank() + axes.length) {
      return null;
    }
    for (int axis : axes) {
      shape[axis] = 1;
    }
    int next = 0;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0 && next < first.rank()) {
        shape[i] = first.shape()[next++];
      }
    }
    if (next != first.rank() || Arrays.stream(axes).distinct().count() != axes.length) {
      throw node.refuse("its axes are " + Arrays.toString(axes) + ": each must be there once");
    }
    return first.reshaped(name, shape);
  }

  /** Picks from a list, as what reads a dimension of a shape does. */
  private @Nullable ModelTensor gathered(ModelNode node, String name, ModelTensor first)
      throws OnnxException {
    node.requireInputs(2, 2);
    ModelTensor places = constants.get(node.input(1));
    if (first.rank() != 1 || first.isFloat() || node.integer("axis", 0) != 0) {
      return null;
    }
    long[] picked = new long[places.size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = first.longs()[place(node, places.longs()[i], first.size())];
    }
    return ModelTensor.of(name, places.shape(), picked);
  }

  /** Puts lists of integers one behind the other. */
  private @Nullable ModelTensor concatenated(ModelNode node, String name) throws OnnxException {
    List<Long> all = new ArrayList<>();
    for (String input : node.inputs()) {
      ModelTensor part = constants.get(input);
      if (part.rank() != 1 || part.size() > 0 && part.isFloat()) {
        return null;
      }
      for (long number : part.longs()) {
        all.add(number);
      }
    }
    return ModelTensor.of(
        name, new int[] {all.size()}, all.stream().mapToLong(n -> n).toArray());
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
    ModelTensor target = constants.get(node.input(1));
    if (target == null) {
      throw node.refuse("it gives " + first + " a shape that is computed: it must be a constant");
    }
    long[] asked = target.longs();
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
