package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Meaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Channels side by side. */
final class WordJoins {
  private final WordGraph graph;

  WordJoins(WordGraph graph) {
    this.graph = graph;
  }

  /** Reads a Concat of results along their channels. */
  Signal<Step> concat(ModelNode node) throws OnnxException {
    node.requireAttributes("axis");
    List<Signal<Step>> parts = new ArrayList<>();
    for (int place = 0; place < node.inputs().size(); place++) {
      if (!graph.isComputed(node, place)) {
        throw node.refuse("its input " + place + ", '" + node.input(place)
            + "', is a constant: only results are put side by side");
      }
      parts.add(graph.closed(node, place));
    }
    if (parts.isEmpty()) {
      throw node.refuse("it has no inputs: it must have one");
    }
    requireChannels(node, parts.getFirst().layout());
    return beside(node, parts);
  }

  /** Puts halves side by side, so that few blocks lie in one another. */
  private Signal<Step> beside(ModelNode node, List<Signal<Step>> parts) throws OnnxException {
    int count = parts.size();
    if (count == 1) {
      return parts.getFirst();
    }
    Signal<Step> one = beside(node, parts.subList(0, count / 2));
    Signal<Step> other = beside(node, parts.subList(count / 2, count));
    return beside(node, one.by(graph.closed(node, one.link())),
        other.by(graph.closed(node, other.link())));
  }

  private static void requireChannels(ModelNode node, Layout layout) throws OnnxException {
    int rank = layout.dimensions().size();
    long axis = node.integer("axis", 0);
    long place = axis < 0 ? axis + rank : axis - 1;
    boolean along = switch (layout) {
      case Layout.Image image -> image.axes().indexOf(Axis.CHANNELS) == place;
      case Layout.Features features -> rank == 1 && place == 0 && features.flattened() == null;
    };
    if (!along) {
      throw node.refuse("its attribute 'axis' is " + axis + ", and it takes "
          + layout.dimensions() + " for a sample: only channels of images are put side by side, "
          + "or features that are no image flattened channels first");
    }
  }

  private Signal<Step> beside(ModelNode node, Signal<Step> a, Signal<Step> b)
      throws OnnxException {
    Layout layout = layout(node, a.layout(), b.layout());
    if (a.link().meaning().isSame(b.link().meaning())
        && (a.link().meaning().isUniform() || a.link().meaning().sign())) {
      return new Signal<>(
          layout, Step.beside(a.link(), b.link(), node, a.link().meaning()));
    }
    Step one = numbers(node, a);
    Step other = numbers(node, b);
    return new Signal<>(layout, Step.beside(one, other, node, new Meaning(
        joined(one.meaning().units(), WordGraph.channels(a.layout()), other.meaning().units(),
            WordGraph.channels(b.layout())),
        0, false)));
  }

  /** Returns words of which 0 stands for 0. */
  private Step numbers(ModelNode node, Signal<Step> signal) throws OnnxException {
    return signal.link().meaning().sign()
        ? graph.exact(node, signal.link(), signal.layout())
        : graph.centered(node, signal.link(), signal.layout());
  }

  /** Returns the unit of each channel of both. */
  private static double[] joined(double[] one, int channels, double[] other, int more) {
    double[] units = new double[channels + more];
    Arrays.setAll(units, c -> c < channels
        ? one[one.length == 1 ? 0 : c]
        : other[other.length == 1 ? 0 : c - channels]);
    return Arrays.stream(units).distinct().count() == 1 ? new double[] {units[0]} : units;
  }

  private static Layout layout(ModelNode node, Layout a, Layout b) throws OnnxException {
    if (a instanceof Layout.Image one && b instanceof Layout.Image other
        && one.axes().equals(other.axes()) && one.height() == other.height()
        && one.width() == other.width()) {
      return Reading.checked(node,
          one.with(one.height(), one.width(), sum(node, one.channels(), other.channels())));
    }
    if (a instanceof Layout.Features one && b instanceof Layout.Features other
        && other.dimensions().size() == 1 && other.flattened() == null) {
      return Layout.Features.of(sum(node, one.count(), other.count()));
    }
    throw node.refuse("it puts " + a.dimensions() + " and " + b.dimensions()
        + " of a sample side by side: both must be alike but for the channels, and lie alike");
  }

  private static int sum(ModelNode node, int a, int b) throws OnnxException {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw node.refuse("it has more channels than an array holds");
    }
  }
}
