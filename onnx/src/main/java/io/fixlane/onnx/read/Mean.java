package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mean over the rows and columns of an image.
 *
 * @param image the image
 * @param rank how many dimensions the result has
 */
public record Mean(Layout.Image image, int rank) {
  /** Reads what a ReduceMean means. */
  public static Mean of(ModelNode node, Signal<?> signal, Reading<?> reading) throws OnnxException {
    node.requireAttributes("axes", "keepdims", "noop_with_empty_axes");
    node.requireInputs(1, 2);
    int[] axes = node.hasInput(1) ? reading.integers(node, 1) : node.integers("axes");
    if (axes != null && signal.layout() instanceof Layout.Image image) {
      int rank = image.axes().size();
      List<Axis> meant = new ArrayList<>();
      for (int axis : axes) {
        int at = axis < 0 ? axis + rank : axis - 1;
        if (at < 0 || at >= rank) {
          throw node.refuse("its axes are " + Arrays.toString(axes)
              + ": they must be those of an image");
        }
        meant.add(image.axes().get(at));
      }
      List<Axis> spatial =
          image.axes().stream().filter(axis -> axis != Axis.CHANNELS).toList();
      boolean keeps = node.integer("keepdims", 1) != 0;
      if (meant.size() == spatial.size() && meant.containsAll(spatial)
          && (!keeps || image.isChannelsFirst())) {
        return new Mean(image, keeps ? rank : 1);
      }
    }
    throw node.refuse("it takes means of " + signal.layout().dimensions()
        + " along " + Arrays.toString(axes)
        + ": only those over the rows and columns of an image, channels first, are read");
  }

  /** Returns the features of the mean. */
  public Layout result() {
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dimensions.add(i == 0 ? image.channels() : 1);
    }
    return new Layout.Features(List.copyOf(dimensions), null);
  }
}
