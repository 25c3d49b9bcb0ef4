package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the kernel of a node moves, by its attributes; over sequences with one row. */
public final class Windows {
  private static final List<String> ATTRIBUTES =
      List.of("auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "strides");

  private Windows() {}

  /** Returns the attributes, and some more. */
  public static String[] attributesAnd(String... more) {
    return java.util.stream.Stream.concat(ATTRIBUTES.stream(), Arrays.stream(more))
        .toArray(String[]::new);
  }

  /**
   * Returns the window.
   *
   * @param image what it slides over, without the padding
   * @param kernel the kernel's sizes along the image's spatial dimensions in the model
   * @param padding what a Pad has put around the image, or null
   */
  public static Window of(ModelNode node, Layout.Image image, int[] kernel,
      @Nullable List<Integer> padding)
      throws OnnxException {
    int rank = image.axes().size() - 1;
    int[] strides = list(node, "strides", rank, 1);
    int[] dilations = list(node, "dilations", rank, 1);
    int[] pads = list(node, "pads", 2 * rank, 0);
    int[] given = node.integers("kernel_shape");
    if (kernel.length != rank || given != null && !Arrays.equals(given, kernel)) {
      throw node.refuse("its kernel is " + Arrays.toString(given == null ? kernel : given)
          + ": it must be that of its weights, " + Arrays.toString(kernel) + ", with " + rank
          + " dimensions");
    }
    String auto = node.text("auto_pad", "NOTSET");
    try {
      Window window = Window.of(side(image, kernel, Axis.HEIGHT, 1), side(image, kernel, Axis.WIDTH,
          1))
          .withStride(side(image, strides, Axis.HEIGHT, 1), side(image, strides, Axis.WIDTH, 1))
          .withDilation(side(image, dilations, Axis.HEIGHT, 1),
              side(image, dilations, Axis.WIDTH, 1));
      ImageShape shape = ImageShape.of(image.height(), image.width(), image.channels());
      window = switch (auto) {
        case "NOTSET" -> window.withPadding(
            side(image, pads, Axis.HEIGHT, 0), after(image, pads, rank, Axis.HEIGHT),
            side(image, pads, Axis.WIDTH, 0), after(image, pads, rank, Axis.WIDTH));
        case "VALID" -> window;
        case "SAME_UPPER" -> window.samePadding(shape);
        case "SAME_LOWER" -> window.samePaddingLower(shape);
        default -> throw node.refuse("its attribute 'auto_pad' is '" + auto
            + "': known are NOTSET, SAME_LOWER, SAME_UPPER, VALID");
      };
      if (padding != null) {
        requireNotSame(node, auto);
        window = window.withPadding(
            window.paddingTop() + padding.get(0), window.paddingBottom() + padding.get(1),
            window.paddingLeft() + padding.get(2), window.paddingRight() + padding.get(3));
      }
      window = node.integer("ceil_mode", 0) != 0 ? window.ceil() : window;
      window.output(shape);
      return window;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw node.refuse("its window cannot be: " + e.getMessage());
    }
  }

  /** Returns the window of a pooling, and of what a Pad has put around the image. */
  public static Window ofPooling(ModelNode node, Layout.Image image, Signal<?> signal)
      throws OnnxException {
    int[] kernel = node.integers("kernel_shape");
    if (kernel == null) {
      throw node.refuse("it has no attribute 'kernel_shape'");
    }
    Window window = of(node, image, kernel, signal.padding());
    try {
      window.requirePooling();
    } catch (IllegalArgumentException e) {
      throw node.refuse("its window cannot be: " + e.getMessage());
    }
    return window;
  }

  /** Returns the image that a pooling gives. */
  public static Layout.Image pooled(ModelNode node, Layout.Image image, Window window)
      throws OnnxException {
    return Reading.checked(node, image.with(window.outputHeight(image.height()),
        window.outputWidth(image.width()), image.channels()));
  }

  /** Returns an image without what a Pad has put around it. */
  public static Layout.Image unpadded(Layout.Image image, Signal<?> signal) {
    var padding = signal.padding();
    return padding == null
        ? image
        : image.with(image.height() - padding.get(0) - padding.get(1),
            image.width() - padding.get(2) - padding.get(3), image.channels());
  }

  private static void requireNotSame(ModelNode node, String auto) throws OnnxException {
    if (auto.startsWith("SAME")) {
      throw node.refuse("its attribute 'auto_pad' is '" + auto
          + "', and it takes what a Pad gives: one of both can be read");
    }
  }

  /** Returns what a list has for a dimension of the image; so much where the model has it not. */
  private static int side(Layout.Image image, int[] list, Axis axis, int otherwise) {
    int at = image.axes().indexOf(axis);
    return at < 0 ? otherwise : list[at - 1];
  }

  private static int after(Layout.Image image, int[] pads, int rank, Axis axis) {
    int at = image.axes().indexOf(axis);
    return at < 0 ? 0 : pads[rank + at - 1];
  }

  private static int[] list(ModelNode node, String name, int size, int otherwise)
      throws OnnxException {
    int[] list = node.integers(name);
    if (list == null) {
      list = new int[size];
      Arrays.fill(list, otherwise);
    }
    if (list.length != size) {
      throw node.refuse("its attribute '" + name + "' has " + list.length
          + " numbers: it must have " + size);
    }
    return list;
  }
}
