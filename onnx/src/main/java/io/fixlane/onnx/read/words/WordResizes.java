package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Larger images, each pixel of which is the nearest of a smaller one. */
final class WordResizes {
  /** More than any image is enlarged by. */
  private static final int LARGEST = 1 << 15;

  private final WordGraph graph;

  WordResizes(WordGraph graph) {
    this.graph = graph;
  }

  /** Reads an Upsample, which the Resize of version 10 is too. */
  Signal<Step> upsample(ModelNode node) throws OnnxException {
    node.requireAttributes("mode");
    node.requireInputs(2, 2);
    Signal<Step> signal = graph.closed(node, 0);
    float[] scales = graph.reading().constant(node, 1).floats();
    return resized(node, signal, factors(node, signal.layout(), scales, null),
        "asymmetric", "floor");
  }

  Signal<Step> resize(ModelNode node) throws OnnxException {
    if (node.inputs().size() == 2) {
      return upsample(node);
    }
    node.requireAttributes("coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside",
        "extrapolation_value", "mode", "nearest_mode");
    node.requireInputs(1, 4);
    Signal<Step> signal = graph.closed(node, 0);
    float[] scales = node.hasInput(2) ? graph.reading().constant(node, 2).floats() : null;
    int[] sizes = node.hasInput(3) ? graph.reading().integers(node, 3) : null;
    boolean isScaled = scales != null && scales.length > 0;
    return resized(node, signal,
        factors(node, signal.layout(), isScaled ? scales : null, isScaled ? null : sizes),
        node.text("coordinate_transformation_mode", "half_pixel"),
        node.text("nearest_mode", "round_prefer_floor"));
  }

  /** Returns by what each dimension of a sample grows. */
  private static int[] factors(ModelNode node, Layout layout, float @Nullable [] scales,
      int @Nullable [] sizes) throws OnnxException {
    List<Integer> before = layout.dimensions();
    int[] factors = new int[before.size()];
    int given = scales != null ? scales.length : sizes == null ? 0 : sizes.length;
    boolean whole = given == factors.length + 1 && (scales == null || scales[0] == 1);
    for (int i = 0; whole && i < factors.length; i++) {
      double factor = scales != null
          ? scales[i + 1]
          : (double) sizes[i + 1] / before.get(i);
      whole = factor >= 1 && factor <= LARGEST && factor == Math.rint(factor);
      factors[i] = (int) factor;
    }
    if (!whole) {
      throw node.refuse("it resizes " + before + " of a sample by "
          + (scales != null ? Arrays.toString(scales) : "the sizes " + Arrays.toString(sizes))
          + ": rows and columns must become larger by whole factors, up to " + LARGEST);
    }
    return factors;
  }

  private Signal<Step> resized(ModelNode node, Signal<Step> signal, int[] factors,
      String transformation, String rounding) throws OnnxException {
    if (!node.text("mode", "nearest").equals("nearest")) {
      throw node.refuse("its attribute 'mode' is '" + node.text("mode", "")
          + "': only nearest is read");
    }
    if (!(signal.layout() instanceof Layout.Image image)) {
      throw node.refuse("it resizes features: only images are");
    }
    for (int factor : factors) {
      requireNearest(node, factor, transformation, rounding);
    }
    int y = factor(image, factors, Axis.HEIGHT);
    int x = factor(image, factors, Axis.WIDTH);
    if (factor(image, factors, Axis.CHANNELS) != 1) {
      throw node.refuse("it makes channels more: only rows and columns are read");
    }
    Layout.Image larger;
    try {
      larger = image.with(Math.multiplyExact(image.height(), y),
          Math.multiplyExact(image.width(), x), image.channels());
    } catch (ArithmeticException e) {
      throw node.refuse("it gives more rows or columns than an array holds");
    }
    return new Signal<>(Reading.checked(node, larger),
        signal.link().same(new Op.Upsample(y, x), node));
  }

  private static int factor(Layout.Image image, int[] factors, Axis axis) {
    int at = image.axes().indexOf(axis);
    return at < 0 ? 1 : factors[at];
  }

  /** Requires every pixel of a block to be the one that the block stands for. */
  private static void requireNearest(
      ModelNode node, int factor, String transformation, String rounding) throws OnnxException {
    DoubleUnaryOperator place = switch (transformation) {
      case "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric" ->
          x -> (x + 0.5) / factor - 0.5;
      case "asymmetric" -> x -> x / factor;
      default -> null;
    };
    DoubleUnaryOperator round = switch (rounding) {
      case "round_prefer_floor" -> x -> Math.ceil(x - 0.5);
      case "round_prefer_ceil" -> x -> Math.floor(x + 0.5);
      case "floor" -> Math::floor;
      case "ceil" -> Math::ceil;
      default -> null;
    };
    boolean nearest = factor == 1 || place != null && round != null;
    for (int i = 0; factor > 1 && nearest && i < factor; i++) {
      // The second block, so that no bound of the image hides what is beyond the first.
      nearest = round.applyAsDouble(place.applyAsDouble(factor + i)) == 1;
    }
    if (!nearest) {
      throw node.refuse("its attributes 'coordinate_transformation_mode' and 'nearest_mode' are '"
          + transformation + "' and '" + rounding + "': by a factor of " + factor
          + " they must make a block of the same pixels of each, as half_pixel with "
          + "round_prefer_floor, and asymmetric with floor do");
    }
  }
}
