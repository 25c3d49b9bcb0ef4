package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Linear;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A graph that is being read as a network of integers: steps, and constants that are words. */
final class WordGraph {
  private final Reading<Step> reading;
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, Linear> linears = new HashMap<>();

  WordGraph(Reading<Step> reading) {
    this.reading = reading;
  }

  Reading<Step> reading() {
    return reading;
  }

  /** Returns whether one node alone takes what comes to an input, so that it may say its format. */
  boolean isSole(ModelNode node, int place) throws OnnxException {
    return reading.graph().readers(node.input(place)) == 1;
  }

  /** Keeps what a node gives: closed where several take it, as each must take the same words. */
  void put(ModelNode node, Signal<Step> signal) throws OnnxException {
    String name = node.outputs().getFirst();
    Step step = signal.link();
    boolean closes = reading.graph().readers(name) > 1 && !step.isRaw()
        && !(step.op() instanceof Op.Sign);
    reading.put(name, closes
        ? new Signal<>(signal.layout(), closed(node, step), signal.padding())
        : signal);
  }

  void put(ModelNode node, Constant constant) {
    constants.put(node.outputs().getFirst(), constant);
  }

  /** Says that what a node gives are quantized numbers of a scale and a zero. */
  void put(ModelNode node, Linear linear) {
    linears.put(node.outputs().getFirst(), linear);
  }

  /** Returns the scale and zero of a value; null where it is no quantized numbers. */
  @Nullable
  Linear linear(String name) {
    return linears.get(name);
  }

  /** Returns a constant of words, or null where there is none of the name. */
  @Nullable
  Constant words(String name) {
    return constants.get(name);
  }

  /** Returns a constant that a node takes: words, or floats. */
  Constant constant(ModelNode node, int place) throws OnnxException {
    Constant words = constants.get(node.input(place));
    return words == null ? Constant.of(reading.constant(node, place)) : words;
  }

  /** Returns whether what comes to an input is computed from the model's input. */
  boolean isComputed(ModelNode node, int place) throws OnnxException {
    return reading.maybe(node, place) != null;
  }

  /** Returns what comes to a node that takes any step, open or closed, as it is. */
  Signal<Step> open(ModelNode node, int place) throws OnnxException {
    Signal<Step> signal = reading.signal(node, place);
    Step step = signal.link();
    return signal.by(resolved(node, step, Chains.links(step)));
  }

  /** Returns the step that some links of a chain are, or a step that is none. */
  Step resolved(ModelNode node, Step step, List<ChainLink> links) throws OnnxException {
    Step base = Chains.base(step);
    if (!links.isEmpty() && base.isRaw()) {
      throw needsFormat(node);
    }
    if (!links.isEmpty() && base.isQuotient()) {
      throw quotient(links.getFirst().node());
    }
    return Chains.resolved(base, links);
  }

  private static OnnxException quotient(ModelNode node) {
    return node.refuse("it takes an average, or a sum of two scales, which is no word: "
        + "a Quant must come first");
  }

  /** Returns what comes to a node, as words. */
  Signal<Step> closed(ModelNode node, int place) throws OnnxException {
    Signal<Step> signal = reading.signal(node, place);
    return signal.by(closed(node, signal.link()));
  }

  /** Returns what comes to a node, as words that are the numbers themselves. */
  Signal<Step> exact(ModelNode node, int place) throws OnnxException {
    Signal<Step> signal = closed(node, place);
    return signal.by(exact(node, signal.link(), signal.layout()));
  }

  /** Returns a step as words. */
  Step closed(ModelNode node, Step step) throws OnnxException {
    Step open = resolved(node, step, Chains.links(step));
    if (open.isRaw()) {
      throw needsFormat(node);
    }
    if (open.op() instanceof Op.Sign) {
      return open.required().then(new Op.Unary(new UnaryLayer.Identity()), node,
          Range.of(Quantizer.SIGN), Meaning.SIGN).cast(Quantizer.SIGN, Meaning.SIGN);
    }
    if (!open.isOpen()) {
      return open;
    }
    if (open.isQuotient()) {
      throw quotient(node);
    }
    try {
      return open.closed();
    } catch (OnnxException e) {
      throw node.refuse(e.getMessage());
    }
  }

  /** Returns words as the numbers themselves. */
  Step exact(ModelNode node, Step words, Layout layout) throws OnnxException {
    Meaning meaning = words.meaning();
    if (meaning.isExact()) {
      return words;
    }
    int channels = channels(layout);
    if (meaning.sign()) {
      return affine(node, words, Numbers.of(2), Numbers.of(1), channels, Meaning.EXACT);
    }
    Step centered = centered(node, words, layout);
    if (!centered.meaning().isExact()) {
      throw node.refuse("it takes words with a scale that is no power of two: only products, "
          + "poolings, Relu, sums and what casts again are read of those");
    }
    return centered;
  }

  /** Returns words of which 0 stands for 0. */
  Step centered(ModelNode node, Step words, Layout layout) throws OnnxException {
    Meaning meaning = words.meaning();
    return meaning.zero() == 0
        ? words
        : affine(node, words, Numbers.of(1), Numbers.of(-meaning.zero()), channels(layout),
            meaning.centered());
  }

  /** Returns words with a scale and a shift for all channels, exactly. */
  static Step affine(ModelNode node, Step words, Numbers scale, Numbers shift,
      int channels, Meaning meaning) throws OnnxException {
    return words.then(new Op.Affine(scale.spread(channels), shift.spread(channels)), node,
        words.range().times(scale).plus(shift), meaning).closed();
  }

  /** Returns the channels of images, or how many features there are. */
  static int channels(Layout layout) {
    return switch (layout) {
      case Layout.Image image -> image.channels();
      case Layout.Features features -> features.count();
    };
  }

  private OnnxException needsFormat(ModelNode node) {
    FixedFormat example = FixedFormat.signed(16, 6);
    return node.refuse("the input '" + reading.graph().input() + "' comes to it, which no Quant "
        + "casts: --input-format must say what its words are, such as '" + example + "'");
  }

  /** Returns a list of a shape as a constant, with 0, the dimension that is there, for a batch. */
  ModelTensor shape(ModelNode node) throws OnnxException {
    node.requireAttributes();
    Layout layout = reading.only(node).layout();
    long batch = reading.graph().inputShape()[0];
    long[] shape = new long[layout.dimensions().size() + 1];
    shape[0] = Math.max(batch, 0);
    for (int i = 1; i < shape.length; i++) {
      shape[i] = layout.dimensions().get(i - 1);
    }
    return ModelTensor.of(node.outputs().getFirst(), new int[] {shape.length}, shape);
  }
}
