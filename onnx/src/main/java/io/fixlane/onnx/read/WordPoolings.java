package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
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
    return Poolings.result(node, image, window) instanceof Layout.Image pooled
        && signal.layout() instanceof Layout.Image given
            ? pooled.with(given.axes())
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
    Window window = Poolings.window(node, image, signal);
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
    Window window = Poolings.window(node, image, signal);
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
    return global(node, signal, image, image.axes().size());
  }

  Signal<Step> mean(ModelNode node) throws OnnxException {
    Signal<Step> signal = graph.closed(node, 0);
    Poolings.Mean mean = Poolings.mean(node, signal, graph.reading());
    return global(node, signal, mean.image(), mean.rank());
  }

  private Signal<Step> global(ModelNode node, Signal<Step> signal, Layout.Image image, int rank)
      throws OnnxException {
    Step words = numbers(node, signal);
    return new Signal<>(Poolings.pooled(image, rank),
        words.then(new Op.Global(Window.of(image.height(), image.width())), node, null,
            words.meaning()));
  }

  /** Returns words of which 0 stands for 0, as padding does. */
  private Step numbers(ModelNode node, Signal<Step> signal) throws OnnxException {
    return signal.link().meaning().sign()
        ? graph.exact(node, signal.link(), signal.layout())
        : graph.centered(node, signal.link(), signal.layout());
  }
}
