package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.shape.Window;
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
    Window window = Windows.ofPooling(node, image, signal);
    return new Signal<>(Windows.pooled(node, image, window),
        signal.link().then(new MaxPool2d(window)));
  }

  Signal<Link> average(ModelNode node) throws OnnxException {
    node.requireAttributes(Windows.attributesAnd("count_include_pad"));
    node.requireInputs(1, 1);
    Signal<Link> signal = reading.padded(node, 0);
    Layout.Image image = Windows.unpadded(Reading.image(node, signal), signal);
    boolean counts = node.integer("count_include_pad", 0) != 0;
    Window window = Windows.ofPooling(node, image, signal);
    List<Integer> given = signal.padding() == null ? List.of(0, 0, 0, 0) : signal.padding();
    List<Integer> all = List.of(window.paddingTop(), window.paddingBottom(),
        window.paddingLeft(), window.paddingRight());
    if (!counts && !all.equals(given)) {
      throw node.refuse("its attribute 'count_include_pad' is 0, and it pads: only averages in "
          + "which padding counts are read");
    }
    return new Signal<>(Windows.pooled(node, image, window),
        signal.link().then(new AvgPool2d(window)));
  }

  Signal<Link> global(ModelNode node) throws OnnxException {
    node.requireAttributes();
    Signal<Link> signal = reading.only(node);
    Layout.Image image = Reading.image(node, signal);
    return global(signal, new Mean(image, image.axes().size()));
  }

  /** The mean over the image is a global pooling. */
  Signal<Link> mean(ModelNode node) throws OnnxException {
    Signal<Link> signal = reading.signal(node, 0);
    return global(signal, Mean.of(node, signal, reading));
  }

  private static Signal<Link> global(Signal<Link> signal, Mean mean) {
    return new Signal<>(mean.result(), signal.link().then(new GlobalAveragePool()));
  }
}
