package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Signs;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Chains of floats between words and what makes few levels of them, each link of which is
 * monotonic: the smallest word that reaches each of the levels is a threshold of its channel.
 */
final class Staircases {
  /** The widest results, each of which has a threshold. */
  private static final int MOST_BITS = 10;
  private static final int MOST_SEARCHED = Long.SIZE - 2;

  private final WordGraph graph;

  Staircases(WordGraph graph) {
    this.graph = graph;
  }

  /** Returns the words that a quantizer makes of what a chain gives. */
  Step quantized(ModelNode node, Signal<Step> signal, Quantizer quantizer) throws OnnxException {
    if (quantizer.bits() > MOST_BITS) {
      throw node.refuse("it takes a chain of floats and has words of " + quantizer.bits()
          + " bits: each of them becomes a threshold, so that there may be " + MOST_BITS);
    }
    return stairs(node, signal, target(quantizer));
  }

  /** Returns the words that levels become of what a chain gives, or of words alone. */
  Step stairs(ModelNode node, Signal<Step> signal, Target target) throws OnnxException {
    Step chain = signal.link();
    Chains.Biased biased = Chains.biased(Chains.base(chain), Chains.links(chain));
    Step base = biased.step();
    if (base.isRaw() || base.isQuotient() || base.op() instanceof Op.Sign) {
      base = graph.closed(node, base);
    }
    if (base.meaning().sign()) {
      base = graph.exact(node, base, signal.layout());
    }
    if (base.meaning().zero() != 0) {
      base = graph.centered(node, graph.closed(node, base), signal.layout());
    }
    int channels = WordGraph.channels(signal.layout());
    Numbers.requireRoom(channels);
    Stairs stairs = new Stairs(node, base, biased.rest(), target);
    boolean[] falls = new boolean[channels];
    boolean any = false;
    for (int c = 0; c < channels; c++) {
      falls[c] = stairs.falls(c);
      any |= falls[c];
    }
    Step rising = any ? negated(node, base, falls) : base;
    if (target.meaning.sign() && rising.isOpen()
        && rising.op() instanceof Op.SignProduct product) {
      return signs(rising, product, stairs, falls);
    }
    Step words = graph.closed(node, rising);
    return words.then(staircase(node, words.range(), stairs, falls), node, words.range(),
        target.meaning).cast(target.format, target.meaning);
  }

  /**
   * What numbers become: one of some levels, the higher the larger they are.
   *
   * @param format the format of the results
   * @param start the raw word of level 0
   * @param step what a level more adds to it
   * @param count the highest level
   * @param meaning what results stand for
   * @param levels the level of a number
   */
  record Target(FixedFormat format, long start, long step, int count, Meaning meaning,
      Levels levels) {}

  /** The level of a number of a channel. */
  @FunctionalInterface
  interface Levels {
    /** Returns it. */
    int of(int channel, double number);
  }

  private static Target target(Quantizer quantizer) throws OnnxException {
    if (quantizer.isSign()) {
      if (quantizer.onlyScale() != 1) {
        throw quantizer.node().refuse("its scale is " + quantizer.onlyScale()
            + ": signs that are computed must be +1 and -1");
      }
      return target(Quantizer.SIGN, 1, Meaning.SIGN);
    }
    float scale = quantizer.onlyScale();
    return Quantizer.isPowerOfTwo(scale)
        ? target(quantizer.format(0), 1, Meaning.EXACT)
        : target(quantizer.format(0), scale, new Meaning(new double[] {scale}, 0, false));
  }

  /** Returns the words of a format as levels, each a multiple of a scale beside its value. */
  private static Target target(FixedFormat format, float scale, Meaning meaning) {
    long start = format.minKeptRaw().longValue();
    return new Target(format, start, 1, (int) (format.maxKeptRaw().longValue() - start), meaning,
        (_, x) -> (int) (Fixed.from(format, x / scale).raw().longValue() - start));
  }

  /**
   * A function of words for each channel.
   *
   * @param node the node that casts
   * @param base what the words are
   * @param links what is computed of the numbers that they stand for
   * @param target what those become
   */
  private record Stairs(ModelNode node, Step base, List<ChainLink> links, Target target) {
    /** Returns the level of a word of a channel. */
    int of(int channel, long word) throws OnnxException {
      double[] units = base.meaning().units();
      double number = Math.scalb((double) word, -base.range().fractionBits())
          * units[units.length == 1 ? 0 : channel];
      for (ChainLink link : links) {
        number = link.function().apply(channel, number);
      }
      if (Double.isNaN(number)) {
        throw node.refuse("its chain of floats gives " + number + " for the word " + word);
      }
      return target.levels.of(channel, number);
    }

    long low() throws OnnxException {
      return searched(base.range().low());
    }

    long high() throws OnnxException {
      return searched(base.range().high());
    }

    private long searched(BigInteger word) throws OnnxException {
      if (word.bitLength() > MOST_SEARCHED) {
        throw node.refuse("its chain of floats takes words of more than " + MOST_SEARCHED
            + " bits");
      }
      return word.longValueExact();
    }

    /** Returns whether levels become lower as words become larger. */
    boolean falls(int channel) throws OnnxException {
      return of(channel, low()) > of(channel, high());
    }

    /**
     * Returns the smallest word, or opposite of one, that gives at least a level; one more than the
     * largest where none does.
     */
    long first(int channel, boolean falls, int level) throws OnnxException {
      long low = falls ? -high() : low();
      long high = (falls ? -low() : high()) + 1;
      while (low < high) {
        long middle = Math.floorDiv(low + high, 2L);
        if (of(channel, falls ? -middle : middle) >= level) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  private static Op.Staircase staircase(
      ModelNode node, Range range, Stairs stairs, boolean[] falls) throws OnnxException {
    int count = stairs.target.count;
    Numbers.requireRoom((long) falls.length * count);
    long[][] thresholds = new long[falls.length][count];
    for (int c = 0; c < falls.length; c++) {
      for (int t = 0; t < count; t++) {
        thresholds[c][t] = stairs.first(c, falls[c], t + 1);
      }
    }
    boolean same = Arrays.stream(thresholds).allMatch(list -> Arrays.equals(list, thresholds[0]));
    FixedFormat wide;
    try {
      // One more than the largest word is reached by none.
      wide = new Range(range.fractionBits(), range.low().min(BigInteger.ONE.negate()),
          range.high().add(BigInteger.ONE)).format();
    } catch (OnnxException e) {
      throw node.refuse(e.getMessage());
    }
    FixedTensor tensor = same
        ? FixedTensor.allocate(wide, count)
        : FixedTensor.allocate(wide, falls.length, count);
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, thresholds[(int) (i / count)][(int) (i % count)]);
    }
    return new Op.Staircase(tensor, stairs.target.start, stairs.target.step);
  }

  private static Step signs(
      Step step, Op.SignProduct product, Stairs stairs, boolean[] falls) throws OnnxException {
    int[] thresholds = new int[falls.length];
    for (int c = 0; c < thresholds.length; c++) {
      thresholds[c] = Math.toIntExact(stairs.first(c, falls[c], 1));
    }
    return step.with(new Op.SignProduct(product.signs(), product.window(),
        BinaryResult.signs(thresholds)), null, Meaning.SIGN).cast(Signs.WORD, Meaning.SIGN);
  }

  /** Returns a step with the opposites of some channels: sums have those of their weights. */
  private Step negated(ModelNode node, Step step, boolean[] channels) throws OnnxException {
    if (step.isOpen() && step.op() instanceof Op.SignProduct product && product.result() == null) {
      return step.with(new Op.SignProduct(
          negated(product.signs(), product.window() == null, channels), product.window(), null),
          step.range(), step.meaning());
    }
    Range both = step.range().or(step.range().times(Numbers.of(-1)));
    if (step.isOpen() && step.op() instanceof Op.Product product && product.scaled() == null
        && !product.relu()) {
      Numbers bias = product.bias();
      return step.with(new Op.Product(
          Negation.of(product.weights(), product.window() == null, channels), product.window(),
          bias == null ? null : bias.times(Negation.factors(channels)), false,
          product.unscaled().or(product.unscaled().times(Numbers.of(-1))), null), both,
          step.meaning());
    }
    Step words = graph.closed(node, step);
    return words.then(new Op.Affine(Negation.factors(channels),
        Numbers.of(0).spread(channels.length)), node, both, words.meaning()).closed();
  }

  /** Returns the signs of weights, the opposites for some outputs. */
  private static FixedTensor negated(FixedTensor signs, boolean dense, boolean[] channels) {
    FixedTensor all = FixedTensor.allocate(Signs.WORD, signs.shape());
    for (long i = 0; i < all.size(); i++) {
      boolean falls = channels[Negation.output(i, all, dense, channels.length)];
      all.setRaw(i, falls ? ~signs.raw(i) : signs.raw(i));
    }
    return all;
  }
}
