package io.fixlane.onnx.read;

import io.fixlane.kernels.Signs;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
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
    return dense(node, node.integer("transB", 0) != 0);
  }

  Signal<Step> matMul(ModelNode node) throws OnnxException {
    node.requireInputs(2, 2);
    node.requireAttributes();
    if (!graph.isComputed(node, 0)) {
      throw node.refuse("it multiplies a constant with a result: samples must be rows");
    }
    return dense(node, false);
  }

  private Signal<Step> dense(ModelNode node, boolean transposed) throws OnnxException {
    Signal<Step> signal = graph.reading().signal(node, 0);
    Layout.Features features = Reading.features(node, signal);
    Constant weights = graph.constant(node, 1);
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
    return biased(node, new Signal<>(result, step));
  }

  /** Reads a convolution, whose images have their channels first or, of another domain, last. */
  Signal<Step> conv(ModelNode node, boolean channelsLast) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    Signal<Step> signal = graph.reading().padded(node, 0);
    Layout.Image given = channelsLast ? last(node, signal) : Reading.image(node, signal);
    Layout.Image image = channelsLast ? given.with(CHANNELS_FIRST) : given;
    Constant weights = graph.constant(node, 1);
    int[] own = weights.tensor().shape();
    int rank = image.axes().size() + 1;
    int[] shape = channelsLast && own.length == rank
        ? new int[] {own[0], own[3], own[1], own[2]}
        : own;
    Layout.Image inner = Products.unpadded(image, signal);
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
    return biased(node, new Signal<>(result.with(given.axes()), step));
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
    words = graph.centered(node, words, signal.layout());
    Range sums;
    FixedTensor tensor;
    try {
      sums = weights.sums(words.range());
      tensor = weights.tensor();
    } catch (OnnxException e) {
      throw node.refuse("its weights: " + e.getMessage());
    }
    return words.then(new Op.Product(tensor, window, null, false, sums, null), node, sums,
        meaning(node, words.meaning(), weights.units));
  }

  /** Returns what sums stand for: units are multiplied in floats, as other tools do. */
  private static Meaning meaning(ModelNode node, Meaning x, float[] units) throws OnnxException {
    if (x.isExact() && units.length == 1 && units[0] == 1) {
      return Meaning.EXACT;
    }
    if (!x.isUniform()) {
      throw node.refuse("it takes channels of different scales: it must take those of one");
    }
    float[] products = new float[units.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = x.units()[0] * units[i];
    }
    return new Meaning(products, 0, false);
  }

  /** Returns sums with the bias that a node takes third, if it does. */
  private Signal<Step> biased(ModelNode node, Signal<Step> sums) throws OnnxException {
    if (!node.hasInput(2)) {
      return sums;
    }
    Constant bias = graph.constant(node, 2);
    // A bias has one dimension, whatever the shape of the result.
    Numbers numbers = Channels.numbers(
        node, Layout.Features.of(WordGraph.channels(sums.layout())), bias);
    if (!sums.link().meaning().isExact()) {
      throw node.refuse("soon");
    }
    return WordElements.linked(node, sums, null, numbers);
  }
}
