package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import java.math.BigInteger;
import java.util.Locale;

/** Words with fewer bits: of the integers that words are, or of another scale. */
final class Truncations {
  private static final int INPUTS_OF_VERSION_1 = 5;
  private static final int INPUTS_OF_VERSION_2 = 6;

  private final WordGraph graph;

  Truncations(WordGraph graph) {
    this.graph = graph;
  }

  /**
   * Reads a Trunc. The first version, which takes the bits before and after, makes
   * round(x / 2<sup>bits</sup>) scale of x scale, and clamps nothing; the second, which takes a
   * scale for the result too, is a Quant.
   */
  Signal<Step> read(ModelNode node) throws OnnxException {
    node.requireInputs(INPUTS_OF_VERSION_1, INPUTS_OF_VERSION_2);
    node.requireAttributes("narrow", "rounding_mode", "signed");
    Reading<Step> reading = graph.reading();
    boolean second = node.inputs().size() == INPUTS_OF_VERSION_2;
    Quantizer.requireZero(node, reading.constant(node, 2));
    int before = Quantizer.bits(node, reading.constant(node, 3));
    Quantizer quantizer = new Quantizer(node, node.integer("signed", 1) != 0,
        Quantizer.bits(node, reading.constant(node, second ? 5 : 4)),
        node.integer("narrow", 0) != 0,
        node.text("rounding_mode", "FLOOR").toUpperCase(Locale.ROOT),
        Quantizer.scale(node, reading.constant(node, 1)));
    if (quantizer.isSign()) {
      throw node.refuse("it gives words of one bit with a sign: a BipolarQuant makes signs");
    }
    Signal<Step> signal = graph.exact(node, 0);
    Step words = rounded(node, signal.link(), quantizer.format(0).fractionBits());
    return signal.by(second
        ? rescaled(node, words, quantizer)
        : divided(node, words, before - quantizer.bits(), signal.layout(), quantizer));
  }

  private Step rescaled(ModelNode node, Step words, Quantizer quantizer) throws OnnxException {
    Quantizer result = quantizer.with(quantizer.signed(), quantizer.bits(), quantizer.narrow(),
        Quantizer.scale(node, graph.reading().constant(node, 4)));
    requirePowerOfTwo(result);
    requirePowerOfTwo(quantizer);
    return words.then(new Op.Unary(new UnaryLayer.Identity()), node, words.range(),
        Meaning.EXACT).cast(result.format(0), Meaning.EXACT);
  }

  private static void requirePowerOfTwo(Quantizer quantizer) throws OnnxException {
    if (!Quantizer.isPowerOfTwo(quantizer.onlyScale())) {
      throw quantizer.node().refuse("its scale is " + quantizer.onlyScale()
          + ": it must be a power of two");
    }
  }

  private static Step divided(ModelNode node, Step words, int bits, Layout layout,
      Quantizer quantizer) throws OnnxException {
    requirePowerOfTwo(quantizer);
    Numbers scale = new Numbers(bits, new BigInteger[] {BigInteger.ONE}, null);
    int channels = WordGraph.channels(layout);
    FixedFormat asked = quantizer.format(0);
    Range range = words.range().times(scale);
    FixedFormat result = onGrid(node, range, asked.fractionBits(), asked.quantization());
    return words.then(new Op.Affine(scale.spread(channels), Numbers.of(0).spread(channels)), node,
        range, Meaning.EXACT).cast(result, Meaning.EXACT);
  }

  /** Returns words that are multiples of 2<sup>-fractionBits</sup>: the nearest, ties to even. */
  private static Step rounded(ModelNode node, Step words, int fractionBits) throws OnnxException {
    return words.format().fractionBits() <= fractionBits
        ? words
        : words.then(new Op.Unary(new UnaryLayer.Identity()), node, words.range(), Meaning.EXACT)
            .cast(onGrid(node, words.range(), fractionBits, QuantizationMode.AP_RND_CONV),
                Meaning.EXACT);
  }

  /** Returns the narrowest format that holds numbers of a range when they are rounded. */
  private static FixedFormat onGrid(
      ModelNode node, Range range, int fractionBits, QuantizationMode mode) throws OnnxException {
    int shift = range.fractionBits() - fractionBits;
    BigInteger low = shift > 0 ? range.low().shiftRight(shift) : range.low().shiftLeft(-shift);
    BigInteger high = shift > 0
        ? range.high().shiftRight(shift).add(BigInteger.ONE)
        : range.high().shiftLeft(-shift);
    try {
      return new Range(fractionBits, low, high).format().withModes(mode, OverflowMode.AP_SAT);
    } catch (OnnxException e) {
      throw node.refuse(e.getMessage());
    }
  }
}
