package io.fixlane.cli.experiments;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.fixed.FixedBatchNorm2d;
import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.fixed.TrainableFormat;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The first experiment: in a trained CNN one batch normalisation becomes its fixed-point twin, and
 * what it computes on a batch, forward and backward, is compared with what it computes in float.
 */
final class TwinCheck {
  /** The layer that becomes fixed-point. */
  static final String LAYER = "norm2";

  private static final List<Integer> WIDTHS = List.of(16, 12, 8);
  /** The bits by which input, scales and shifts are wider than the output, so that it decides. */
  private static final int MORE = 8;

  private final BatchNorm2d norm;
  private final Tensor input;
  private final float[] upstream;

  /** Computes the network up to the layer, and the gradient of the loss by the layer's output. */
  TwinCheck(Sequential network, Batch batch) {
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor x = batch.images();
    Tensor before = x;
    Tensor after = x;
    for (Map.Entry<String, TapeLayer> layer : network.layers().entrySet()) {
      boolean isIt = layer.getKey().equals(LAYER);
      before = isIt ? x : before;
      x = layer.getValue().forward(tape, x);
      if (isIt) {
        // What comes after the layer depends on its output as on a parameter.
        x = Tensor.parameter(x.data().clone(), x.shape());
        after = x;
      }
    }
    tape.backward(tape.softmaxCrossEntropy(x, batch.labels()));
    this.norm = (BatchNorm2d) network.layers().get(LAYER);
    this.input = Tensor.parameter(before.data().clone(), before.shape());
    this.upstream = after.grad().clone();
    // Gradients add up otherwise.
    tape.reset();
  }

  /** Returns the task that trains the network. */
  static Task network() {
    return new Task(Row.inFloat(Model.CNN, Method.START), 1);
  }

  /** Compares formats of several widths, each also with the same width inside. */
  List<TwinResult> results() {
    List<TwinResult> results = new ArrayList<>();
    for (int width : WIDTHS) {
      results.add(result(width, Math.min(width + MORE, Tensor.MAX_WIDTH)));
      results.add(result(width, width));
    }
    return results;
  }

  private TwinResult result(int width, int inside) {
    TrainableFormat words = QfxOptions.bits(inside).format(Role.ELEMENT);
    FixedCast cast = new FixedCast(words);
    TrainableFormat output = QfxOptions.bits(width).format(Role.ELEMENT);
    FixedBatchNorm2d twin = new FixedBatchNorm2d(norm, words, words, output, null);
    Values expected = values(norm, new Sequential(norm));
    Values actual = values(twin, new Sequential(cast, twin));
    FixedFormat format = twin.outputCast().format();
    double step = Math.scalb(1.0, -format.fractionBits());
    return new TwinResult(
        format.toString(), width, inside, difference(expected.output, actual.output) / step,
        relative(expected.input, actual.input) / step,
        relative(expected.gamma, actual.gamma) / step,
        relative(expected.beta, actual.beta) / step);
  }

  private record Values(float[] output, float[] input, float[] gamma, float[] beta) {}

  /** Computes output and gradients of layers that have the parameters of a normalisation. */
  private Values values(TapeLayer norm, TapeLayer layers) {
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = layers.forward(tape, input);
    Tensor gradient = Tensor.of(upstream, y.shape());
    tape.backward(tape.sum(tape.multiply(y, gradient)));
    Map<String, Tensor> parameters = norm.parameters();
    Values values = new Values(y.data().clone(), input.grad().clone(),
        parameters.get("gamma").grad().clone(), parameters.get("beta").grad().clone());
    tape.reset();
    return values;
  }

  private static double relative(float[] expected, float[] actual) {
    return difference(expected, actual) / difference(expected, new float[expected.length]);
  }

  private static double difference(float[] expected, float[] actual) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
    }
    return largest;
  }
}
