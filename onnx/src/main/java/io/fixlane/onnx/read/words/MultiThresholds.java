package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.onnx.read.numbers.Quantizer;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.onnx.read.words.Staircases.Target;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * FINN's MultiThreshold: out_scale times the number of thresholds that a number reaches, plus
 * out_bias.
 */
final class MultiThresholds {
  private static final int MOST = 1 << 10;

  /** What a float holds exactly. */
  private static final int MOST_STEPS = 1 << 24;

  /** The bits of a float behind its first. */
  private static final int FRACTION_BITS = Float.PRECISION - 1;
  private static final int SHORT = 12;

  private final WordGraph graph;
  private final Staircases staircases;

  MultiThresholds(WordGraph graph) {
    this.graph = graph;
    this.staircases = new Staircases(graph);
  }

  /** Reads a node, whose thresholds have a row for each channel, or one for all. */
  Signal<Step> read(ModelNode node) throws OnnxException {
    node.requireInputs(2, 2);
    node.requireAttributes("data_layout", "out_bias", "out_dtype", "out_scale");
    Signal<Step> signal = graph.reading().signal(node, 0);
    requireLayout(node, signal.layout());
    double[][] rows = rows(node, signal.layout(), graph.reading().constant(node, 1));
    return signal.by(staircases.stairs(node, signal, target(node, rows)));
  }

  private static void requireLayout(ModelNode node, Layout layout) throws OnnxException {
    String text = node.text("data_layout", "NCHW");
    if (layout instanceof Layout.Image image) {
      int place = text.endsWith("C")
          ? image.axes().size() - 1
          : 0;
      if (image.axes().indexOf(Axis.CHANNELS) != place) {
        throw node.refuse("its attribute 'data_layout' is '" + text + "', and it takes "
            + layout.dimensions() + " for a sample, whose channels lie elsewhere");
      }
    } else if (layout.dimensions().size() > 1) {
      throw node.refuse("it takes " + layout.dimensions()
          + " for a sample: it must be an image, or features in one dimension");
    }
  }

  /** Returns the thresholds of each channel, or those of all, in ascending order. */
  private static double[][] rows(ModelNode node, Layout layout, ModelTensor thresholds)
      throws OnnxException {
    int channels = WordGraph.channels(layout);
    int[] shape = thresholds.shape();
    if (shape.length != 2 || shape[0] != 1 && shape[0] != channels || shape[1] < 1
        || shape[1] > MOST) {
      throw node.refuse("its thresholds are " + thresholds + ": they must have a row for each of "
          + channels + " channels, or one, and 1 to " + MOST + " columns");
    }
    double[] all = Quantizer.doubles(thresholds);
    double[][] rows = new double[shape[0]][];
    for (int row = 0; row < rows.length; row++) {
      int place = layout instanceof Layout.Features features && rows.length > 1
          ? features.place(row)
          : row;
      rows[row] = Arrays.copyOfRange(all, place * shape[1], (place + 1) * shape[1]);
      Arrays.sort(rows[row]);
      if (Double.isNaN(rows[row][shape[1] - 1])) {
        throw node.refuse("its thresholds are " + thresholds + " with NaN: they must be numbers");
      }
    }
    return rows;
  }

  private static Target target(ModelNode node, double[][] rows) throws OnnxException {
    float scale = node.number("out_scale", 1);
    float bias = node.number("out_bias", 0);
    if (!Float.isFinite(scale) || !Float.isFinite(bias) || scale == 0) {
      throw node.refuse("its attributes 'out_scale' and 'out_bias' are " + scale + " and " + bias
          + ": they must be finite, and the first not 0");
    }
    int count = rows[0].length;
    Staircases.Levels levels = (channel, x) -> reached(rows[rows.length == 1 ? 0 : channel], x);
    if (count == 1 && scale == 2 && bias == -1) {
      return new Target(Quantizer.SIGN, -1, 1, 1, Meaning.SIGN, levels);
    }
    // A whole number of steps from 0 on makes words of few bits, in the unit of a step; a step of
    // few bits itself makes exact words that are little wider, which all that follows takes.
    double steps = (double) bias / scale;
    boolean inSteps = scale > 0 && (Quantizer.isPowerOfTwo(scale) || !isShort(scale))
        && steps == Math.rint(steps) && Math.abs(steps) <= MOST_STEPS
        && Numbers.of(scale).times(Numbers.of((long) steps)).plus(Numbers.of(-bias)).isZero();
    Numbers start = inSteps ? Numbers.of((long) steps) : Numbers.of(bias);
    Numbers step = inSteps ? Numbers.of(1) : Numbers.of(scale);
    int fractionBits = Math.max(start.fractionBits(), step.fractionBits());
    BigInteger first = start.words()[0].shiftLeft(fractionBits - start.fractionBits());
    BigInteger more = step.words()[0].shiftLeft(fractionBits - step.fractionBits());
    BigInteger last = first.add(more.multiply(BigInteger.valueOf(count)));
    boolean exact = !inSteps || Quantizer.isPowerOfTwo(scale);
    try {
      FixedFormat format = new Range(inSteps && exact ? -Math.getExponent(scale) : fractionBits,
          first.min(last), first.max(last)).format();
      return new Target(format, first.longValueExact(), more.longValueExact(), count,
          exact ? Meaning.EXACT : new Meaning(new double[] {scale}, 0, false), levels);
    } catch (OnnxException | ArithmeticException e) {
      throw node.refuse("its attributes 'out_scale' and 'out_bias' are " + scale + " and " + bias
          + ": its results take more than 64 bits");
    }
  }

  /** Returns whether a number is one of few bits times a power of two. */
  private static boolean isShort(float number) {
    return Integer.numberOfTrailingZeros(Float.floatToRawIntBits(number)) > FRACTION_BITS - SHORT;
  }

  /** Returns how many of some numbers in ascending order another reaches. */
  private static int reached(double[] thresholds, double x) {
    int low = 0;
    int high = thresholds.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (x >= thresholds[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
