package io.fixlane.onnx.read.words;

import io.fixlane.kernels.Signs;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.Windows;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sums of products of words, or of signs. */
final class WordProducts {
  private static final List<Axis> CHANNELS_FIRST =
      List.of(Axis.CHANNELS, Axis.HEIGHT, Axis.WIDTH);

  /** How far a product of two scales may be from the one that a file has. */
  private static final double MOST_DIFFERENCE = 1e-5;

  private final WordGraph graph;

  WordProducts(WordGraph graph) {
    this.graph = graph;
  }

  Signal<Step> gemm(ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("alpha", "beta", "transA", "transB");
    if (node.integer("transA", 0) != 0 || node.number("alpha", 1) != 1
        || node.number("beta", 1) != 1) {
      throw node.refuse("its attributes 'transA', 'alpha' and 'beta' must be 0, 1 and 1");
    }
    return dense(node, node.integer("transB", 0) != 0, operands(node));
  }

  Signal<Step> matMul(ModelNode node) throws OnnxException {
    node.requireInputs(2, 2);
    node.requireAttributes();
    if (!graph.isComputed(node, 0)) {
      throw node.refuse("it multiplies a constant with a result: samples must be rows");
    }
    return dense(node, false, operands(node));
  }

  /**
   * What a product is of.
   *
   * @param x what comes to it
   * @param weights the weights
   * @param bias the bias, or null
   */
  record Operands(Signal<Step> x, Constant weights, @Nullable Constant bias) {}

  private Operands operands(ModelNode node) throws OnnxException {
    Signal<Step> x = graph.reading().padded(node, 0);
    return new Operands(x, graph.constant(node, 1),
        node.hasInput(2) ? graph.constant(node, 2) : null);
  }

  Signal<Step> dense(ModelNode node, boolean transposed, Operands operands)
      throws OnnxException {
    Signal<Step> signal = operands.x;
    if (signal.padding() != null) {
      throw node.refuse("it takes what a Pad gives: only Conv and AveragePool do");
    }
    Layout.Features features = Reading.features(node, signal);
    Constant weights = operands.weights;
    ModelTensor tensor = weights.tensor();
    int inputs = tensor.rank() == 2 ? tensor.shape()[transposed ? 1 : 0] : 0;
    int outputs = tensor.rank() == 2 ? tensor.shape()[transposed ? 0 : 1] : 0;
    if (inputs != features.count() || outputs < 1) {
      throw node.refuse("its weights are " + tensor + (transposed ? ", transposed" : "")
          + ": they must have " + features.count() + " rows, one for each feature");
    }
    Numbers numbers = weights.numbers(node, inputs * outputs, i -> {
      int row = features.place(i / outputs);
      int column = i % outputs;
      return transposed ? column * inputs + row : row * outputs + column;
    });
    float[] units = weights.units(node, transposed ? 0 : 1);
    Layout result = Layout.Features.of(outputs);
    Step step = product(node, signal, new Weights(numbers, units, new int[] {inputs, outputs},
        outputs, i -> i % outputs), null);
    return biased(node, new Signal<>(result, step), operands.bias);
  }

  /** Reads a convolution, whose images have their channels first or, of another domain, last. */
  Signal<Step> conv(ModelNode node, boolean channelsLast) throws OnnxException {
    node.requireInputs(2, 3);
    return conv(node, channelsLast, operands(node));
  }

  Signal<Step> conv(ModelNode node, boolean channelsLast, Operands operands)
      throws OnnxException {
    node.requireAttributes("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    Signal<Step> signal = operands.x;
    Layout.Image given = channelsLast ? last(node, signal) : Reading.image(node, signal);
    Layout.Image image = channelsLast ? given.with(CHANNELS_FIRST) : given;
    Constant weights = operands.weights;
    int[] own = weights.tensor().shape();
    int rank = image.axes().size() + 1;
    int[] shape = channelsLast && own.length == rank
        ? new int[] {own[0], own[3], own[1], own[2]}
        : own;
    Layout.Image inner = Windows.unpadded(image, signal);
    long groups = node.integer("group", 1);
    if (shape.length != rank || groups < 1 || shape[1] * groups != inner.channels()
        || shape[0] % groups != 0 || weights.tensor().size() == 0) {
      throw node.refuse("its weights are " + weights + " in " + groups + " groups: they must be "
          + "outputs x channels of a group x kernel, for " + inner.channels() + " channels and "
          + (rank - 2) + " dimensions");
    }
    Window window = Windows.of(
        node, inner, Arrays.copyOfRange(shape, 2, shape.length), signal.padding());
    int taps = window.taps();
    int channels = shape[1];
    int depth = channels * taps;
    Numbers numbers = weights.numbers(node, weights.tensor().size(), channelsLast
        ? i -> i / depth * depth + i % taps * channels + i / taps % channels
        : i -> i);
    Step step = product(node, signal, new Weights(numbers, weights.units(node, 0),
        new int[] {shape[0], channels, window.kernelHeight(), window.kernelWidth()}, shape[0],
        i -> i / depth), window);
    Layout.Image result = Reading.checked(node, inner.with(
        window.outputHeight(inner.height()), window.outputWidth(inner.width()), shape[0]));
    return biased(node, new Signal<>(result.with(given.axes()), step), operands.bias);
  }

  private static Layout.Image last(ModelNode node, Signal<Step> signal) throws OnnxException {
    if (signal.layout() instanceof Layout.Image image
        && image.axes().equals(List.of(Axis.HEIGHT, Axis.WIDTH, Axis.CHANNELS))
        && signal.padding() == null) {
      return image;
    }
    throw node.refuse("it takes " + signal.layout().dimensions()
        + " for a sample: it must be an image, channels last");
  }

  /**
   * Weights as a layer has them.
   *
   * @param numbers the numbers
   * @param units their unit, or one for each output
   * @param shape k x n, or outputs x channels x rows x columns
   * @param outputs how many outputs there are
   * @param output the output that a number is of
   */
  private record Weights(
      Numbers numbers, float[] units, int[] shape, int outputs, IntUnaryOperator output) {
    private boolean isSigns() {
      BigInteger one = BigInteger.ONE.shiftLeft(Math.max(0, numbers.fractionBits()));
      return units.length == 1 && units[0] == 1 && numbers.fractionBits() >= 0
          && Arrays.stream(numbers.words()).allMatch(word -> word.abs().equals(one));
    }

    private FixedTensor tensor() throws OnnxException {
      return numbers.tensor().reshape(shape);
    }

    private FixedTensor signs() {
      FixedTensor signs = FixedTensor.allocate(Signs.WORD, shape);
      for (int i = 0; i < numbers.words().length; i++) {
        signs.setRaw(i, numbers.words()[i].signum() < 0 ? -1 : 0);
      }
      return signs;
    }

    /** Returns the sum of the weights of each output. */
    private Numbers sums() {
      BigInteger[] all = new BigInteger[outputs];
      Arrays.fill(all, BigInteger.ZERO);
      for (int i = 0; i < numbers.words().length; i++) {
        int o = output.applyAsInt(i);
        all[o] = all[o].add(numbers.words()[i]);
      }
      return new Numbers(numbers.fractionBits(), all, null);
    }

    /** Returns what the sums of products with some words lie between. */
    private Range sums(Range x) {
      BigInteger[] low = new BigInteger[outputs];
      BigInteger[] high = new BigInteger[outputs];
      Arrays.fill(low, BigInteger.ZERO);
      Arrays.fill(high, BigInteger.ZERO);
      for (int i = 0; i < numbers.words().length; i++) {
        BigInteger one = numbers.words()[i].multiply(x.low());
        BigInteger other = numbers.words()[i].multiply(x.high());
        int o = output.applyAsInt(i);
        // A tap outside of the image adds 0.
        low[o] = low[o].add(one.min(other).min(BigInteger.ZERO));
        high[o] = high[o].add(one.max(other).max(BigInteger.ZERO));
      }
      return new Range(x.fractionBits() + numbers.fractionBits(),
          Arrays.stream(low).reduce(BigInteger::min).orElseThrow(),
          Arrays.stream(high).reduce(BigInteger::max).orElseThrow());
    }
  }

  private Step product(
      ModelNode node, Signal<Step> signal, Weights weights, @Nullable Window window)
      throws OnnxException {
    Step step = signal.link();
    if (step.meaning().sign() && weights.isSigns()) {
      Step words = step.op() instanceof Op.Sign ? step.required() : graph.closed(node, step);
      FixedTensor signs = weights.signs();
      BigInteger k = BigInteger.valueOf(signs.size() / weights.outputs);
      return words.then(new Op.SignProduct(signs, window, null), node,
          new Range(0, k.negate(), k), Meaning.EXACT);
    }
    Step words = graph.closed(node, step);
    if (words.meaning().sign()) {
      words = graph.exact(node, words, signal.layout());
    }
    if (window != null && Averages.isPadded(window)) {
      // A tap outside of the image is 0, whatever word stands for it.
      words = graph.centered(node, words, signal.layout());
    }
    FixedTensor tensor;
    try {
      tensor = weights.tensor();
    } catch (OnnxException e) {
      throw node.refuse("its weights: " + e.getMessage());
    }
    Range sums = weights.sums(words.range());
    long zero = words.meaning().zero();
    Numbers bias = zero == 0 ? null : weights.sums().times(Numbers.of(-zero));
    return words.then(new Op.Product(tensor, window, bias, false, sums, null), node,
        bias == null ? sums : sums.plus(bias), meaning(node, words.meaning(), weights.units));
  }

  /** Returns what sums stand for. */
  private static Meaning meaning(ModelNode node, Meaning x, float[] units) throws OnnxException {
    if (x.isExact() && units.length == 1 && units[0] == 1) {
      return Meaning.EXACT;
    }
    if (!x.isUniform()) {
      throw node.refuse("it takes channels of different scales: it must take those of one");
    }
    double[] products = new double[units.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = x.units()[0] * units[i];
    }
    return new Meaning(products, 0, false);
  }

  /** Returns sums with the bias of their node, if it has one. */
  private static Signal<Step> biased(ModelNode node, Signal<Step> sums, @Nullable Constant bias)
      throws OnnxException {
    if (bias == null) {
      return sums;
    }
    Step step = sums.link();
    int outputs = WordGraph.channels(sums.layout());
    Numbers numbers = Channels.numbers(node, Layout.Features.of(outputs), bias);
    if (step.meaning().isExact() && bias.units() == null) {
      return WordElements.linked(node, sums, null, numbers);
    }
    if (bias.format() == null) {
      return WordElements.linked(node, sums, null, numbers);
    }
    if (!(step.op() instanceof Op.Product product)) {
      throw node.refuse("it adds a bias with a scale to a sum of signs");
    }
    requireScale(node, step, numbers, bias.units(node, 0), outputs);
    Numbers words = new Numbers(product.unscaled().fractionBits(), numbers.words(), null);
    Numbers all = product.bias() == null ? words : product.bias().plus(words);
    return sums.by(step.with(new Op.Product(product.weights(), product.window(), all, false,
        product.unscaled(), null), product.unscaled().plus(all), step.meaning()));
  }

  /** Requires a word of the bias to be what one of the sums is, but for roundings of floats. */
  private static void requireScale(ModelNode node, Step step, Numbers bias, float[] units,
      int outputs) throws OnnxException {
    double[] own = step.meaning().units();
    int shift = step.range().fractionBits() - bias.fractionBits();
    for (int o = 0; o < outputs; o++) {
      double sum = own[own.length == 1 ? 0 : o];
      double scale = Math.scalb((double) units[units.length == 1 ? 0 : o], shift);
      if (Math.abs(scale / sum - 1) > MOST_DIFFERENCE) {
        throw node.refuse("its bias has the scale " + scale + ", and its sums " + sum
            + ": both must be the same");
      }
    }
  }
}
