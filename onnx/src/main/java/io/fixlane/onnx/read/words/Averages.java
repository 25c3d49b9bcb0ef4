package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Range;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;

/** Averages as sums of products with 1, whose quotient the next scale is to take. */
final class Averages {
  private static final FixedFormat ONE = FixedFormat.unsigned(1, 1);

  private Averages() {}

  /**
   * Returns the sums of an average, as a convolution of each channel with ones; the unit is the
   * quotient of the average's and the count.
   *
   * @param layout how the average lies
   * @throws OnnxException if places have other counts
   */
  static Step product(ModelNode node, Step average, Layout layout) throws OnnxException {
    Window window = switch (average.op()) {
      case Op.Average pool when !pool.window().ceilMode()
          && (pool.paddingCounts() || !isPadded(pool.window())) -> pool.window();
      case Op.Global global -> global.window();
      default -> throw node.refuse("it rescales averages of as many numbers as lie in the image: "
          + "they must be of as many as the kernel has, or have the scale of those");
    };
    int channels = WordGraph.channels(layout);
    FixedTensor ones = FixedTensor.allocate(
        ONE, channels, 1, window.kernelHeight(), window.kernelWidth());
    for (long i = 0; i < ones.size(); i++) {
      ones.setRaw(i, 1);
    }
    Step words = average.required();
    BigInteger taps = BigInteger.valueOf(window.taps());
    Range range = new Range(words.range().fractionBits(),
        words.range().low().min(BigInteger.ZERO).multiply(taps),
        words.range().high().max(BigInteger.ZERO).multiply(taps));
    double unit = average.meaning().units()[0] / window.taps();
    Step sums = words.then(new Op.Product(ones, window, null, false, range, null), node, range,
        new Meaning(new double[] {unit}, 0, false));
    return average.op() instanceof Op.Global ? sums.flattened(node) : sums;
  }

  /** Returns whether a window lies beyond the image. */
  static boolean isPadded(Window window) {
    return (window.paddingTop() | window.paddingBottom() | window.paddingLeft()
        | window.paddingRight()) != 0;
  }
}
