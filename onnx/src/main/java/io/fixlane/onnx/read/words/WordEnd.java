package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Meaning;
import java.util.ArrayList;
import java.util.List;

/** The end of a model: the last words, and what of it is left out behind them. */
final class WordEnd {
  private final WordGraph graph;
  private final List<String> notes = new ArrayList<>();

  WordEnd(WordGraph graph) {
    this.graph = graph;
  }

  List<String> notes() {
    return notes;
  }

  /** Leaves out a function at the end that makes scores of numbers, in their order. */
  Signal<Step> leftOut(ModelNode node) throws OnnxException {
    node.requireAttributes("axis");
    node.requireInputs(1, 1);
    if (!graph.reading().graph().output().equals(node.outputs().getFirst())) {
      throw node.refuse("it is read at the end of a model alone");
    }
    notes.add("The words are left as they come to " + node + ".");
    return graph.reading().signal(node, 0);
  }

  /** Leaves out the choice of the largest number at the end. */
  Signal<Step> largest(ModelNode node) throws OnnxException {
    node.requireAttributes("axis", "keepdims", "largest", "select_last_index", "sorted");
    node.requireInputs(1, 2);
    ModelGraph model = graph.reading().graph();
    Signal<Step> signal = graph.reading().signal(node, 0);
    if (!node.outputs().contains(model.output()) || node.integer("largest", 1) == 0) {
      throw node.refuse("it is read at the end of a model alone, where it takes the largest");
    }
    notes.add("The words are left as they come to " + node
        + ", which gives the place of the largest of what the model computes of them.");
    graph.reading().put(model.output(), signal);
    return signal;
  }

  /** Returns what the model gives, as words. */
  Signal<Step> signal() throws OnnxException {
    ModelGraph model = graph.reading().graph();
    Signal<Step> signal = graph.reading().end();
    Step step = signal.link();
    if (signal.layout() instanceof Layout.Features features && features.flattened() != null) {
      throw new OnnxException("the output '" + model.output() + "' is an image flattened channels "
          + "first: it must be the result of a MatMul or Gemm, or an image");
    }
    if (Chains.base(step).isRaw() || step.isQuotient() || Chains.base(step).isQuotient()) {
      throw new OnnxException("the output '" + model.output() + "' is no word: a Quant must cast "
          + "what it is computed of");
    }
    Chains.Biased biased = Chains.biased(Chains.base(step), Chains.links(step));
    if (!biased.rest().isEmpty()) {
      notes.add(0, "The words are left as they come to " + biased.rest().getFirst().node()
          + ", from where the model goes on in floats.");
    }
    Step words = biased.step();
    if (words.op() instanceof Op.Sign) {
      throw new OnnxException("the output '" + model.output() + "' is the sign of words that other "
          + "nodes take too, or that are cast: only signs of sums are read at the end");
    }
    try {
      Step closed = words.isOpen() ? words.closed() : words;
      describe("A word of the result", closed.meaning());
      return signal.by(closed);
    } catch (OnnxException e) {
      throw new OnnxException("the output '" + model.output() + "': " + e.getMessage(), e);
    }
  }

  /** Notes what words stand for that are not the numbers themselves. */
  void describe(String words, Meaning meaning) {
    if (meaning.sign()) {
      notes.add(words + " stands for a sign: 0 for +1, and -1 for -1.");
    } else if (!meaning.isExact()) {
      notes.add(words + ", w, stands for " + (meaning.isUniform()
          ? (float) meaning.units()[0] + " x "
          : "a scale of its channel x ")
          + (meaning.zero() == 0
              ? "w."
              : "(w - " + meaning.zero() + ")."));
    }
  }
}
