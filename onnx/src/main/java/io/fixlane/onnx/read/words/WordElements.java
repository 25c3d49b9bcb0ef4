package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Signs;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What casts numbers, or goes element by element. */
final class WordElements {
  /** More than any sum of signs. */
  private static final BigInteger MOST_SUM = BigInteger.valueOf(Integer.MAX_VALUE);

  private final WordGraph graph;
  private final Staircases staircases;

  WordElements(WordGraph graph) {
    this.graph = graph;
    this.staircases = new Staircases(graph);
  }

  /** Casts what comes to a node by a quantizer. */
  Signal<Step> quantized(ModelNode node, Quantizer quantizer) throws OnnxException {
    Signal<Step> signal = graph.reading().signal(node, 0);
    Step step = signal.link();
    List<ChainLink> links = new ArrayList<>(Chains.links(step));
    if (Chains.isInexact(step)) {
      return signal.by(staircases.quantized(node, signal, quantizer));
    }
    if (quantizer.isSign()) {
      return signal.by(signs(node, step, links, quantizer));
    }
    double half = 0;
    if (!links.isEmpty() && links.getLast().isSum()
        && quantizer.takes(links.getLast().shift())) {
      half = quantizer.rounding().equals("FLOOR") ? 1 : -1;
      links.removeLast();
    }
    Step open = graph.resolved(node, step, links);
    FixedFormat format = quantizer.format(half);
    return signal.by(cast(node, open, signal.layout(), format));
  }

  private Step cast(ModelNode node, Step step, Layout layout, FixedFormat format)
      throws OnnxException {
    if (graph.isSole(node, 0) && (step.isRaw()
        || step.isOpen() && step.meaning().isExact() && !(step.op() instanceof Op.Sign))) {
      return step.cast(format, Meaning.EXACT);
    }
    Step words = graph.exact(node, graph.closed(node, step), layout);
    return words.then(new Op.Unary(new UnaryLayer.Identity()), node, words.range(), Meaning.EXACT)
        .cast(format, Meaning.EXACT);
  }

  /** Returns the signs of what comes to a node. */
  private Step signs(ModelNode node, Step chain, List<ChainLink> links, Quantizer quantizer)
      throws OnnxException {
    if (quantizer.onlyScale() != 1) {
      throw node.refuse("its scale is " + quantizer.onlyScale()
          + ": signs that are computed must be +1 and -1");
    }
    boolean sole = graph.isSole(node, 0);
    Step base = Chains.base(chain);
    if (sole && base.isOpen() && base.op() instanceof Op.SignProduct product
        && links.stream().allMatch(ChainLink::isSum)) {
      return thresholds(base, product, links);
    }
    Step step = graph.resolved(node, chain, links);
    boolean casts = step.isRaw()
        || step.isOpen() && !step.isQuotient() && step.meaning().zero() == 0;
    return sole && casts && !(step.op() instanceof Op.Sign)
        ? step.cast(Quantizer.SIGN, Meaning.SIGN)
        : graph.centered(node, graph.closed(node, step), Layout.Features.of(1))
            .then(new Op.Sign(), node, Range.of(Quantizer.SIGN), Meaning.SIGN);
  }

  /** Returns signs of sums of signs, each of which is +1 from a threshold on. */
  private static Step thresholds(Step step, Op.SignProduct product, List<ChainLink> links)
      throws OnnxException {
    Numbers sum = Numbers.of(0).spread(product.outputs());
    for (ChainLink link : links) {
      sum = sum.plus(Objects.requireNonNull(link.shift()));
    }
    int shift = sum.fractionBits();
    int[] thresholds = Arrays.stream(sum.words())
        .map(word -> shift >= 0 ? word.shiftRight(shift).negate() : word.shiftLeft(-shift).negate())
        .mapToInt(least -> least.min(MOST_SUM).max(MOST_SUM.negate()).intValueExact()).toArray();
    return step.with(new Op.SignProduct(product.signs(), product.window(),
        BinaryResult.signs(thresholds)), null, Meaning.SIGN).cast(Signs.WORD, Meaning.SIGN);
  }

  Signal<Step> relu(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(1, 1);
    Signal<Step> chain = graph.reading().signal(node, 0);
    if (Chains.isInexact(chain.link())) {
      return linked(chain, new ChainLink(node, null, null, (_, x) -> Math.max(x, 0)));
    }
    Signal<Step> signal = graph.open(node, 0);
    Step step = signal.link();
    if (step.isOpen() && graph.isSole(node, 0)) {
      if (step.op() instanceof Op.Product product && product.scaled() == null && !product.relu()) {
        return signal.by(step.with(new Op.Product(product.weights(), product.window(),
            product.bias(), true, product.unscaled(), null), step.range().relu(), step.meaning()));
      }
      if (step.op() instanceof Op.Mixed mixed && !mixed.relu()) {
        return signal.by(step.with(
            new Op.Mixed(mixed.one(), mixed.other(), true), null, step.meaning()));
      }
      if (step.op() instanceof Op.Sum sum && !sum.relu()) {
        return signal.by(step.with(
            new Op.Sum(sum.one(), sum.other(), true), step.range().relu(), step.meaning()));
      }
    }
    Step words = numbers(node, signal);
    return signal.by(words.then(new Op.Unary(new UnaryLayer.Relu()), node, words.range().relu(),
        words.meaning()));
  }

  /** Returns words of which 0 stands for 0, in any unit. */
  private Step numbers(ModelNode node, Signal<Step> signal) throws OnnxException {
    Step words = graph.closed(node, signal.link());
    return words.meaning().sign()
        ? graph.exact(node, words, signal.layout())
        : graph.centered(node, words, signal.layout());
  }

  Signal<Step> leakyRelu(ModelNode node) throws OnnxException {
    node.requireAttributes("alpha");
    node.requireInputs(1, 1);
    Signal<Step> signal = graph.open(node, 0);
    Step words = numbers(node, signal);
    Numbers alpha = Numbers.of(node.number("alpha", 0.01f));
    FixedTensor slope = alpha.tensor();
    Range range = words.range();
    Range negative = new Range(range.fractionBits(), range.low().min(BigInteger.ZERO),
        range.high().min(BigInteger.ZERO)).times(alpha);
    return signal.by(words.then(new Op.Unary(new UnaryLayer.LeakyRelu(
        Fixed.ofRaw(slope.format(), slope.raw(0)))), node, range.relu().or(negative),
        words.meaning()));
  }

  /** A sum of two results, or of one and a constant. */
  Signal<Step> add(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(2, 2);
    if (!graph.isComputed(node, 0)) {
      return plus(node, 1, 0);
    }
    return graph.isComputed(node, 1) ? sum(node) : plus(node, 0, 1);
  }

  private Signal<Step> plus(ModelNode node, int place, int constant) throws OnnxException {
    Signal<Step> signal = signal(node, place);
    return linked(node, signal, null, numbers(node, signal.layout(), constant));
  }

  private Signal<Step> sum(ModelNode node) throws OnnxException {
    return sum(node, graph.closed(node, 0), graph.closed(node, 1));
  }

  /** Returns the sum of two results. */
  Signal<Step> sum(ModelNode node, Signal<Step> first, Signal<Step> second)
      throws OnnxException {
    Signal<Step> one = first.by(numbers(node, first));
    Signal<Step> other = second.by(numbers(node, second));
    if (!one.layout().equals(other.layout())) {
      throw node.refuse("it adds " + one.layout().dimensions() + " and "
          + other.layout().dimensions() + " of a sample: both must be alike, and lie alike");
    }
    return one.by(Step.sum(one.link(), other.link(), node));
  }

  Signal<Step> subtract(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(2, 2);
    if (graph.isComputed(node, 0) && graph.isComputed(node, 1)) {
      throw node.refuse("it subtracts two results: only a constant of one, or one of a constant");
    }
    if (graph.isComputed(node, 0)) {
      Signal<Step> signal = signal(node, 0);
      return linked(node, signal, null, numbers(node, signal.layout(), 1).negated());
    }
    Signal<Step> signal = signal(node, 1);
    Numbers minuend = numbers(node, signal.layout(), 0);
    return linked(node, signal, Numbers.of(-1).spread(minuend.words().length), minuend);
  }

  Signal<Step> multiply(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(2, 2);
    if (graph.isComputed(node, 0) && graph.isComputed(node, 1)) {
      throw node.refuse("it multiplies two results: only one and a constant are");
    }
    int place = graph.isComputed(node, 0) ? 0 : 1;
    Signal<Step> signal = signal(node, place);
    return linked(node, signal, numbers(node, signal.layout(), 1 - place), null);
  }

  Signal<Step> divide(ModelNode node) throws OnnxException {
    node.requireAttributes();
    node.requireInputs(2, 2);
    if (!graph.isComputed(node, 0) || graph.isComputed(node, 1)) {
      throw node.refuse("it divides by a result: only by constants is read");
    }
    Signal<Step> signal = signal(node, 0);
    Numbers divisor = numbers(node, signal.layout(), 1);
    return linked(signal, new ChainLink(
        node, divisor.inverted(), null, (channel, x) -> x / divisor.value(channel)));
  }

  /** What has parameters of its own for each channel, of which no product is exact. */
  Signal<Step> batchNormalization(ModelNode node) throws OnnxException {
    node.requireInputs(5, 5);
    node.requireAttributes("epsilon", "momentum", "spatial", "training_mode");
    if (node.integer("training_mode", 0) != 0) {
      throw node.refuse("its attribute 'training_mode' is not 0: only models to evaluate are read");
    }
    Signal<Step> signal = signal(node, 0);
    int channels = WordGraph.channels(signal.layout());
    Numbers[] given = new Numbers[4];
    for (int i = 0; i < given.length; i++) {
      given[i] = Channels.numbers(node, Layout.Features.of(channels), graph.constant(node, i + 1));
    }
    float epsilon = node.number("epsilon", 1e-5f);
    double[] factors = new double[channels];
    for (int c = 0; c < channels; c++) {
      factors[c] = given[0].value(c) / Math.sqrt(given[3].value(c) + epsilon);
      if (!Double.isFinite(factors[c])) {
        throw node.refuse("its variance of channel " + c + " is " + given[3].value(c)
            + ": with epsilon it must be positive");
      }
    }
    return linked(signal, new ChainLink(node, null, null,
        (channel, x) -> (x - given[2].value(channel)) * factors[channel]
            + given[1].value(channel)));
  }

  /** Returns numbers, in any unit. */
  private Signal<Step> signal(ModelNode node, int place) throws OnnxException {
    Signal<Step> signal = graph.reading().signal(node, place);
    Step step = signal.link();
    return step.meaning().sign() || step.meaning().zero() != 0
        ? signal.by(numbers(node, signal))
        : signal;
  }

  /** Returns a step with an exact product and sum more in its chain. */
  static Signal<Step> linked(
      ModelNode node, Signal<Step> signal, @Nullable Numbers scale, @Nullable Numbers shift) {
    return linked(signal, new ChainLink(node, scale, shift,
        (channel, x) -> (scale == null ? x : x * scale.value(channel))
            + (shift == null ? 0 : shift.value(channel))));
  }

  /** Returns a step with one more link of a chain. */
  private static Signal<Step> linked(Signal<Step> signal, ChainLink link) {
    Step step = signal.link();
    if (step.op() instanceof Op.Chain chain) {
      List<ChainLink> links = new ArrayList<>(chain.links());
      links.add(link);
      return signal.by(step.with(new Op.Chain(links), null, step.meaning()));
    }
    return signal.by(
        step.then(new Op.Chain(List.of(link)), link.node(), null, step.meaning()));
  }

  /** Returns a constant that a node takes, a number for each channel of what it goes with. */
  private Numbers numbers(ModelNode node, Layout layout, int place) throws OnnxException {
    Constant constant = graph.constant(node, place);
    if (constant.units() != null) {
      throw node.refuse("it takes the constant " + constant + " with a scale that is no power of "
          + "two: only biases of products have one");
    }
    return Channels.numbers(node, layout, constant);
  }
}
