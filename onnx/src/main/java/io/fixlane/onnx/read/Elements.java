package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sigmoid;
import io.fixlane.autograd.layers.Tanh;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;

/** What goes element by element, or channel by channel. */
final class Elements {
  private final Reading<Link> reading;
  private final Products products;

  Elements(Reading<Link> reading, Products products) {
    this.reading = reading;
    this.products = products;
  }

  private static Signal<Link> then(Signal<Link> signal, TapeLayer layer) {
    return signal.by(signal.link().then(layer));
  }

  Signal<Link> relu(ModelNode node) throws OnnxException {
    node.requireAttributes();
    return then(reading.only(node), new ReLU());
  }

  Signal<Link> leakyRelu(ModelNode node) throws OnnxException {
    node.requireAttributes("alpha");
    return then(reading.only(node), new LeakyReLU(node.number("alpha", 0.01f)));
  }

  Signal<Link> sigmoid(ModelNode node) throws OnnxException {
    node.requireAttributes();
    return then(reading.only(node), new Sigmoid());
  }

  Signal<Link> tanh(ModelNode node) throws OnnxException {
    node.requireAttributes();
    return then(reading.only(node), new Tanh());
  }

  Signal<Link> batchNormalization(ModelNode node) throws OnnxException {
    node.requireInputs(5, 5);
    node.requireAttributes("epsilon", "momentum", "training_mode", "spatial");
    Reading.requireOneResult(node);
    if (node.integer("training_mode", 0) != 0) {
      throw node.refuse("its attribute 'training_mode' is not 0: only models to evaluate are read");
    }
    Signal<Link> signal = reading.signal(node, 0);
    int channels = signal.layout() instanceof Layout.Features features
        ? features.count()
        : Reading.image(node, signal).channels();
    float epsilon = node.number("epsilon", 1e-5f);
    float momentum = 1 - node.number("momentum", 0.9f);
    float[][] given = new float[4][];
    for (int i = 0; i < given.length; i++) {
      ModelTensor constant = reading.constant(node, i + 1);
      given[i] = Reading.numbers(node, constant, channels);
    }
    for (float variance : given[3]) {
      if (variance < 0) {
        throw node.refuse("a variance is " + variance + ": it must not be negative");
      }
    }
    BatchNorm2d norm;
    try {
      norm = new BatchNorm2d(channels, momentum, epsilon);
    } catch (IllegalArgumentException e) {
      throw node.refuse("it cannot be trained on: its " + e.getMessage());
    }
    float[][] target = {norm.gamma().data(), norm.beta().data(),
      norm.runningStatistics().mean(), norm.runningStatistics().variance()};
    for (int c = 0; c < channels; c++) {
      int place = signal.layout() instanceof Layout.Features features ? features.place(c) : c;
      for (int i = 0; i < given.length; i++) {
        target[i][c] = given[i][place];
      }
    }
    return then(signal, norm);
  }

  /** A sum of two results, or a bias. */
  Signal<Link> add(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(2, 2);
    int constant = reading.maybe(node, 0) == null ? 0 : 1;
    if (reading.maybe(node, constant) == null) {
      Signal<Link> biased =
          products.withBias(node, 1 - constant, reading.constant(node, constant));
      if (biased == null) {
        throw node.refuse("it adds a constant: that is read as the bias of a MatMul, Gemm or Conv "
            + "alone, which has none yet and whose result nothing else takes");
      }
      return biased;
    }
    Signal<Link> one = reading.signal(node, 0);
    Signal<Link> other = reading.signal(node, 1);
    if (!one.layout().equals(other.layout())) {
      throw node.refuse("it adds " + one.layout().dimensions() + " and "
          + other.layout().dimensions() + " of a sample: both must be alike, and lie alike");
    }
    return new Signal<>(one.layout(), Link.sum(one.link(), other.link()));
  }

  /** The end of a model that classifies, which the loss computes in training. */
  Signal<Link> softmax(ModelNode node) throws OnnxException {
    node.requireAttributes("axis");
    Signal<Link> signal = reading.only(node);
    Layout.Features features = Reading.features(node, signal);
    long axis = node.integer("axis", -1);
    if (axis != -1 && axis != features.dimensions().size()
        || !reading.graph().output().equals(node.outputs().getFirst())) {
      throw node.refuse("it is read along the features at the end of a model alone");
    }
    return signal;
  }
}
