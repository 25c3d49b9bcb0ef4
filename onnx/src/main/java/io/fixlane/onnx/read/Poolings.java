package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Poolings. */
final class Poolings {
  private final Reading<Link> reading;

  Poolings(Reading<Link> reading) {
    this.reading = reading;
  }

  Signal<Link> max(ModelNode node) throws OnnxException {
    node.requireAttributes(Windows.attributesAnd("storage_order"));
    if (node.outputs().size() > 1 && !node.outputs().get(1).isEmpty()) {
      throw node.refuse("it gives indices: only the largest numbers are read");
    }
    Signal<Link> signal = reading.only(node);
    Layout.Image image = Reading.image(node, signal);
    Window window = window(node, image, signal);
    return new Signal<>(result(node, image, window),
        signal.link().then(new MaxPool2d(window)));
  }

  Signal<Link> average(ModelNode node) throws OnnxException {
    node.requireAttributes(Windows.attributesAnd("count_include_pad"));
    node.requireInputs(1, 1);
    Signal<Link> signal = reading.padded(node, 0);
    Layout.Image image = Products.unpadded(Reading.image(node, signal), signal);
    boolean counts = node.integer("count_include_pad", 0) != 0;
    Window window = window(node, image, signal);
    List<Integer> given = signal.padding() == null ? List.of(0, 0, 0, 0) : signal.padding();
    List<Integer> all = List.of(window.paddingTop(), window.paddingBottom(),
        window.paddingLeft(), window.paddingRight());
    if (!counts && !all.equals(given)) {
      throw node.refuse("its attribute 'count_include_pad' is 0, and it pads: only averages in "
          + "which padding counts are read");
    }
    return new Signal<>(result(node, image, window),
        signal.link().then(new AvgPool2d(window)));
  }

  /** Returns the window of a pooling, and of what a Pad has put around the image. */
  static Window window(ModelNode node, Layout.Image image, Signal<?> signal)
      throws OnnxException {
    int[] kernel = node.integers("kernel_shape");
    if (kernel == null) {
      throw node.refuse("it has no attribute 'kernel_shape'");
    }
    Window window = Windows.of(node, image, kernel, signal.padding());
    try {
      window.requirePooling();
    } catch (IllegalArgumentException e) {
      throw node.refuse("its window cannot be: " + e.getMessage());
    }
    return window;
  }

  /** Returns the image that a pooling gives. */
  static Layout result(ModelNode node, Layout.Image image, Window window)
      throws OnnxException {
    return Reading.checked(node, image.with(window.outputHeight(image.height()),
        window.outputWidth(image.width()), image.channels()));
  }

  Signal<Link> global(ModelNode node) throws OnnxException {
    node.requireAttributes();
    Signal<Link> signal = reading.only(node);
    Layout.Image image = Reading.image(node, signal);
    return global(signal, image, image.axes().size());
  }

  /** The mean over the image is a global pooling. */
  Signal<Link> mean(ModelNode node) throws OnnxException {
    Signal<Link> signal = reading.signal(node, 0);
    Mean mean = mean(node, signal, reading);
    return global(signal, mean.image, mean.rank);
  }

  /**
   * A mean over the rows and columns of an image.
   *
   * @param image the image
   * @param rank how many dimensions the result has
   */
  record Mean(Layout.Image image, int rank) {}

  /** Reads what a ReduceMean means. */
  static Mean mean(ModelNode node, Signal<?> signal, Reading<?> reading) throws OnnxException {
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

  private static Signal<Link> global(Signal<Link> signal, Layout.Image image, int rank) {
    return new Signal<>(pooled(image, rank), signal.link().then(new GlobalAveragePool()));
  }

  /** Returns the features of an average over an image, in so many dimensions. */
  static Layout pooled(Layout.Image image, int rank) {
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dimensions.add(i == 0 ? image.channels() : 1);
    }
    return new Layout.Features(List.copyOf(dimensions), null);
  }
}
