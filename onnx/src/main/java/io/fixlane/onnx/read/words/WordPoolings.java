package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Mean;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.Windows;
import io.fixlane.shape.Window;
import java.util.List;

/** Poolings of words. */
final class WordPoolings {
  private static final List<Axis> CHANNELS_FIRST =
      List.of(Axis.CHANNELS, Axis.HEIGHT, Axis.WIDTH);
  private static final List<Axis> CHANNELS_LAST =
      List.of(Axis.HEIGHT, Axis.WIDTH, Axis.CHANNELS);

  private final WordGraph graph;

  WordPoolings(WordGraph graph) {
    this.graph = graph;
  }

  private static Layout.Image image(ModelNode node, Signal<Step> signal, boolean channelsLast)
      throws OnnxException {
    if (!channelsLast) {
      return Reading.image(node, signal);
    }
    if (signal.layout() instanceof Layout.Image image && image.axes().equals(CHANNELS_LAST)) {
      return image.with(CHANNELS_FIRST);
    }
    throw node.refuse("it takes " + signal.layout().dimensions()
        + " for a sample: it must be an image, channels last");
  }

  private static Layout result(ModelNode node, Signal<Step> signal, Layout.Image image,
      Window window) throws OnnxException {
    return signal.layout() instanceof Layout.Image given
        ? Windows.pooled(node, image, window).with(given.axes())
        : signal.layout();
  }

  Signal<Step> max(ModelNode node, boolean channelsLast) throws OnnxException {
    node.requireAttributes(Windows.attributesAnd("storage_order"));
    node.requireInputs(1, 1);
    if (node.outputs().size() > 1 && !node.outputs().get(1).isEmpty()) {
      throw node.refuse("it gives indices: only the largest numbers are read");
    }
    Signal<Step> signal = graph.closed(node, 0);
    Layout.Image image = image(node, signal, channelsLast);
    Window window = Windows.ofPooling(node, image, signal);
    return new Signal<>(result(node, signal, image, window),
        signal.link().same(new Op.Max(window), node));
  }

  Signal<Step> average(ModelNode node, boolean channelsLast) throws OnnxException {
    node.requireAttributes(Windows.attributesAnd("count_include_pad"));
    node.requireInputs(1, 1);
    return average(node, graph.closed(node, 0), channelsLast);
  }

  /** Returns averages of words. */
  Signal<Step> average(ModelNode node, Signal<Step> signal, boolean channelsLast)
      throws OnnxException {
    Layout.Image image = image(node, signal, channelsLast);
    Window window = Windows.ofPooling(node, image, signal);
    boolean counts = node.integer("count_include_pad", 0) != 0;
    Step words = numbers(node, signal);
    return new Signal<>(result(node, signal, image, window),
        words.then(new Op.Average(window, counts), node, null, words.meaning()));
  }

  Signal<Step> global(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(1, 1);
    return global(node, graph.closed(node, 0));
  }

  /** Returns the averages of words over an image. */
  Signal<Step> global(ModelNode node, Signal<Step> signal) throws OnnxException {
    Layout.Image image = Reading.image(node, signal);
    return global(node, signal, new Mean(image, image.axes().size()));
  }

  Signal<Step> mean(ModelNode node) throws OnnxException {
    Signal<Step> signal = graph.closed(node, 0);
    return global(node, signal, Mean.of(node, signal, graph.reading()));
  }

  private Signal<Step> global(ModelNode node, Signal<Step> signal, Mean mean)
      throws OnnxException {
    Step words = numbers(node, signal);
    return new Signal<>(mean.result(),
        words.then(new Op.Global(Window.of(mean.image().height(), mean.image().width())), node,
            null,
            words.meaning()));
  }

  /** Returns words of which 0 stands for 0, as padding does. */
  private Step numbers(ModelNode node, Signal<Step> signal) throws OnnxException {
    return signal.link().meaning().sign()
        ? graph.exact(node, signal.link(), signal.layout())
        : graph.centered(node, signal.link(), signal.layout());
  }
}
