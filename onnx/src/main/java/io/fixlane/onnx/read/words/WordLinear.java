package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.Windows;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Linear;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The operators of ONNX itself, and of ONNX Runtime, that quantize numbers with a zero point. */
final class WordLinear {
  private final WordGraph graph;
  private final WordProducts products;
  private final WordPoolings poolings;

  WordLinear(WordGraph graph, WordProducts products, WordPoolings poolings) {
    this.graph = graph;
    this.products = products;
    this.poolings = poolings;
  }

  /** Returns a zero, which may be left out. */
  static @Nullable ModelTensor zero(Reading<?> reading, ModelNode node, int place)
      throws OnnxException {
    return node.hasInput(place) ? reading.constant(node, place) : null;
  }

  private @Nullable ModelTensor zero(ModelNode node, int place) throws OnnxException {
    return zero(graph.reading(), node, place);
  }

  private Linear linear(ModelNode node, int scale) throws OnnxException {
    return Linear.of(
        node, graph.reading().constant(node, scale), zero(node, scale + 1));
  }

  Signal<Step> quantize(ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("axis", "saturate");
    Signal<Step> signal = graph.open(node, 0);
    return quantized(node, signal, 1, graph.isSole(node, 0));
  }

  /** Casts what comes to a node of QONNX; its scale, or that of what comes, is no power of two. */
  Signal<Step> quantize(ModelNode node, Quantizer quantizer) throws OnnxException {
    long most = (1L << quantizer.bits() - (quantizer.signed() ? 1 : 0)) - 1;
    long least = quantizer.signed() ? quantizer.narrow() ? -most : ~most : 0;
    if (quantizer.format(0).quantization() != QuantizationMode.AP_RND_CONV
        || quantizer.bits() >= Integer.SIZE) {
      throw node
          .refuse("its scale is " + quantizer.onlyScale() + ", and it or that of what comes is "
              + "no power of two: then words of at most " + (Integer.SIZE - 1)
              + " bits are read, which are rounded by ROUND");
    }
    return quantized(node, graph.open(node, 0),
        new Linear(quantizer.onlyScale(), 0, least, most), graph.isSole(node, 0));
  }

  /** Quantizes what a step gives: round to nearest, ties to even, plus the zero, saturated. */
  private Signal<Step> quantized(
      ModelNode node, Signal<Step> signal, int scale, boolean sole) throws OnnxException {
    Linear linear = linear(node, scale);
    graph.put(node, linear);
    return quantized(node, signal, linear, sole);
  }

  private Signal<Step> quantized(
      ModelNode node, Signal<Step> signal, Linear linear, boolean sole) throws OnnxException {
    FixedFormat format = linear.format(node);
    Meaning meaning = linear.meaning();
    Step step = signal.link();
    if (step.isRaw() && sole) {
      return signal.by(step.cast(format, meaning));
    }
    Step open = step.op() instanceof Op.Mixed mixed
        ? mixed(node, mixed, signal.layout(), meaning)
        : step.isOpen() && sole ? step : graph.closed(node, step);
    if (open.meaning().sign()) {
      open = graph.exact(node, open, signal.layout());
    }
    if (open.meaning().zero() != 0) {
      open = graph.centered(node, open, signal.layout());
    }
    if (open.isQuotient() && !open.meaning().isSame(meaning)) {
      open = Averages.product(node, open, signal.layout());
    }
    open = rescaled(node, open, signal.layout(), meaning);
    if (meaning.zero() == 0) {
      open = open.isOpen()
          ? open
          : open.then(new Op.Unary(new UnaryLayer.Identity()), node, open.range(), meaning);
      return signal.by(open.cast(format, meaning));
    }
    return signal.by(shifted(node, open, signal.layout(), format, meaning));
  }

  /** Returns a step in another unit: multiplied with the quotient of both, a float. */
  private static Step rescaled(ModelNode node, Step step, Layout layout, Meaning to)
      throws OnnxException {
    double[] own = step.meaning().units();
    int channels = WordGraph.channels(layout);
    if (step.meaning().isSame(to.centered())) {
      return step;
    }
    if (own.length != 1 && own.length != channels) {
      throw node.refuse("it takes channels of different scales that are flattened: they must be "
          + "quantized before");
    }
    float[] factors = new float[own.length];
    for (int i = 0; i < own.length; i++) {
      factors[i] = (float) own[i] / (float) to.units()[0];
      if (!(factors[i] >= Float.MIN_NORMAL && factors[i] <= Float.MAX_VALUE)) {
        throw node.refuse("its scale is " + to.units()[0] + ", and that of what comes " + own[i]
            + ": their quotient must be a float");
      }
    }
    Meaning meaning = to.centered();
    Op.Affine affine = new Op.Affine(
        Numbers.of(factors).spread(channels), Numbers.of(0).spread(channels));
    return Chains.scaled(step, new ChainLink(node, null, null, (_, x) -> x), affine, meaning);
  }

  /** Returns words that the zero is added to after they are rounded, which no parity changes. */
  private static Step shifted(ModelNode node, Step step, Layout layout, FixedFormat format,
      Meaning meaning) throws OnnxException {
    int channels = WordGraph.channels(layout);
    Numbers shift = Numbers.of(meaning.zero()).spread(channels);
    Step rounded;
    if (step.isOpen() && step.op() instanceof Op.Product product && product.scaled() != null
        && meaning.zero() % 2 == 0) {
      return step.with(new Op.Product(product.weights(), product.window(), product.bias(),
          product.relu(), product.unscaled(), new Op.Affine(product.scaled().scale(), shift)),
          step.range().plus(shift), meaning).cast(format, meaning);
    }
    try {
      FixedFormat whole = whole(step.range());
      rounded = step.isOpen()
          ? step.cast(whole, meaning)
          : step.then(new Op.Unary(new UnaryLayer.Identity()), node, step.range(), meaning)
              .cast(whole, meaning);
    } catch (OnnxException e) {
      throw node.refuse(e.getMessage());
    }
    return rounded.then(new Op.Affine(Numbers.of(1).spread(channels), shift), node,
        rounded.range().plus(shift), meaning).cast(format, meaning);
  }

  /** Returns the narrowest format of the integers that numbers of a range are nearest to. */
  private static FixedFormat whole(Range range) throws OnnxException {
    int bits = range.fractionBits();
    Range integers = bits <= 0
        ? new Range(0, range.low().shiftLeft(-bits), range.high().shiftLeft(-bits))
        : new Range(0, range.low().shiftRight(bits),
            range.high().shiftRight(bits).add(BigInteger.ONE));
    return integers.format().withModes(QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
  }

  /** Returns the sum of two steps of other units, each of which is rescaled before. */
  private Step mixed(ModelNode node, Op.Mixed mixed, Layout layout, Meaning to)
      throws OnnxException {
    Step one = graph.closed(node, rescaled(node, mixed.one(), layout, to));
    Step other = graph.closed(node, rescaled(node, mixed.other(), layout, to));
    Step sum = Step.sum(one, other, node);
    return mixed.relu()
        ? sum.with(new Op.Sum(one, other, true), sum.range().relu(), sum.meaning())
        : sum;
  }

  Signal<Step> dequantize(ModelNode node) throws OnnxException {
    node.requireInputs(2, 3);
    node.requireAttributes("axis");
    Signal<Step> signal = graph.reading().signal(node, 0);
    return signal.by(taken(node, signal.link(), 0));
  }

  /**
   * Returns the numbers that quantized ones stand for, the scale and zero of which come behind them
   * among the inputs of a node.
   */
  private Step taken(ModelNode node, Step step, int place) throws OnnxException {
    Linear linear = linear(node, place + 1);
    if (step.isRaw() && graph.isSole(node, place)) {
      return step.cast(linear.format(node), linear.meaning());
    }
    Linear own = graph.linear(node.input(place));
    if (own == null || own.scale() != linear.scale() || own.zero() != linear.zero()) {
      throw node.refuse("it takes " + (own == null
          ? "numbers that are not quantized"
          : "quantized numbers of the scale " + own.scale() + " and the zero " + own.zero())
          + ": they must have the scale " + linear.scale() + " and the zero " + linear.zero());
    }
    return step;
  }

  /** Bounds quantized numbers, as do those who have words of fewer bits than a type. */
  Signal<Step> clip(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(1, 3);
    Signal<Step> signal = graph.closed(node, 0);
    Step words = signal.link();
    Linear linear = graph.linear(node.input(0));
    if (linear == null) {
      throw node.refuse("it bounds numbers that are not quantized: that is not read");
    }
    ModelTensor low = zero(node, 1);
    ModelTensor high = zero(node, 2);
    Linear clipped =
        linear.clipped(low == null || low.size() != 1 ? Long.MIN_VALUE : low.longs()[0],
            high == null || high.size() != 1 ? Long.MAX_VALUE : high.longs()[0]);
    if (!clipped.meaning().isSame(linear.meaning())) {
      throw node.refuse("it bounds numbers to " + clipped.least() + ".." + clipped.most() + ", and "
          + clipped.zero() + " stands for 0: no format saturates there");
    }
    FixedFormat format = clipped.format(node);
    graph.put(node, clipped);
    // Where nothing else takes it, what was cast into the wider format is cast into this one.
    Step cast = graph.isSole(node, 0) && words.before() != null
        ? words
        : words.then(new Op.Unary(new UnaryLayer.Identity()), node, words.range(),
            words.meaning());
    return signal.by(cast.cast(format, clipped.meaning()));
  }

  /** Reads a convolution of quantized numbers. */
  Signal<Step> conv(ModelNode node) throws OnnxException {
    node.requireInputs(8, 9);
    Signal<Step> x = graph.reading().padded(node, 0);
    WordProducts.Operands operands = operands(node, x, 0, 8);
    return quantized(node, products.conv(node, false, operands), 6, true);
  }

  /** Reads a product of quantized numbers with a matrix of such. */
  Signal<Step> matMul(ModelNode node) throws OnnxException {
    node.requireInputs(8, 8);
    node.requireAttributes();
    Signal<Step> x = graph.reading().signal(node, 0);
    return quantized(
        node, products.dense(node, false, operands(node, x, 1, 8)), 6, true);
  }

  /** Reads a product of quantized numbers with a matrix of such, and a bias. */
  Signal<Step> gemm(ModelNode node) throws OnnxException {
    node.requireInputs(9, 9);
    node.requireAttributes("alpha", "transA", "transB");
    if (node.integer("transA", 0) != 0 || node.number("alpha", 1) != 1) {
      throw node.refuse("its attributes 'transA' and 'alpha' must be 0 and 1");
    }
    boolean transposed = node.integer("transB", 0) != 0;
    Signal<Step> x = graph.reading().signal(node, 0);
    return quantized(node,
        products.dense(node, transposed, operands(node, x, transposed ? 0 : 1, 6)), 7, true);
  }

  /** Reads averages of quantized numbers, over a window or the whole image. */
  Signal<Step> average(ModelNode node, boolean global) throws OnnxException {
    node.requireInputs(5, 5);
    node.requireAttributes(Windows.attributesAnd("channels_last", "count_include_pad"));
    if (node.integer("channels_last", 0) != 0) {
      throw node.refuse("its attribute 'channels_last' is not 0: channels must come first");
    }
    Signal<Step> signal = graph.reading().signal(node, 0);
    Signal<Step> x = signal.by(taken(node, signal.link(), 0));
    return quantized(node,
        global ? poolings.global(node, x) : poolings.average(node, x, false), 3, true);
  }

  /**
   * Returns what a product is of.
   *
   * @param axis the dimension of the outputs in the weights
   * @param biased the place of the bias among the inputs
   */
  private WordProducts.Operands operands(
      ModelNode node, Signal<Step> x, int axis, int biased) throws OnnxException {
    Step step = taken(node, x.link(), 0);
    Reading<Step> reading = graph.reading();
    Constant weights =
        LinearConstants.constant(node, reading.constant(node, 3), reading.constant(node, 4),
            zero(node, 5), axis);
    Constant bias = node.hasInput(biased)
        ? LinearConstants.bias(reading.constant(node, biased), weights, step)
        : null;
    return new WordProducts.Operands(
        new Signal<>(x.layout(), step, x.padding()), weights, bias);
  }

  /** Reads a sum of quantized numbers. */
  Signal<Step> add(ModelNode node, WordElements elements) throws OnnxException {
    node.requireInputs(7, 8);
    node.requireAttributes();
    Signal<Step> one = graph.reading().signal(node, 0);
    Signal<Step> other = graph.reading().signal(node, 3);
    Signal<Step> sum = elements.sum(node,
        one.by(taken(node, one.link(), 0)), other.by(taken(node, other.link(), 3)));
    return quantized(node, sum, 6, true);
  }
}
