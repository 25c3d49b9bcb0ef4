package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Matrix;
import io.fixlane.autograd.arrays.Rows;
import io.fixlane.autograd.arrays.Taps;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/** What operations require of their inputs, and how they see them. */
final class Inputs {
  private Inputs() {}

  /** Sees the first of two inputs as rows of the second, which it must end in. */
  static Rows rows(Op op, Tensor... inputs) {
    requireSuffix(op, inputs);
    return new Rows(inputs[0].size(), inputs[1].size());
  }

  /** Requires the second input to be one number, or to have the last dimensions of the first. */
  static void requireSuffix(Op op, Tensor... inputs) {
    op.require(inputs.length == 2, inputs, "it takes two");
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    boolean fits = b.size() == 1 || b.rank() <= a.rank();
    for (int i = 1; b.size() > 1 && fits && i <= b.rank(); i++) {
      fits = a.dimension(-i) == b.dimension(-i);
    }
    op.require(
        fits, inputs,
        "the second must have the shape of the first, its last dimensions, or one number");
  }

  /** Sees a tensor of two dimensions as a matrix. */
  static Matrix matrix(Tensor tensor) {
    return new Matrix(tensor.data(), tensor.dimension(0), tensor.dimension(1));
  }

  /** Returns what an image of a batch is. */
  static ImageShape image(Tensor images) {
    return ImageShape.of(images.dimension(1), images.dimension(2), images.dimension(3));
  }

  /** Returns the taps of a window at all its places in images. */
  static Taps taps(Window window, Tensor images) {
    return new Taps(window, images.dimension(0), image(images));
  }

  /** Requires images in which the window fits. */
  static void requireFits(Op op, Window window, Tensor... inputs) {
    op.require(
        inputs.length > 0 && inputs[0].rank() == 4, inputs,
        "the first must be images, N x height x width x channels");
    require(op, inputs, () -> window.output(image(inputs[0])));
  }

  /** Requires the one input of a pooling, of whose every window a pixel is inside. */
  static void requirePooling(Op op, Window window, Tensor... inputs) {
    requireFits(op, window, inputs);
    op.require(inputs.length == 1, inputs, "it takes one");
    require(op, inputs, window::requirePooling);
  }

  private static void require(Op op, Tensor[] inputs, Runnable rule) {
    try {
      rule.run();
    } catch (IllegalArgumentException e) {
      throw new ShapeException(op.name(), inputs, e.getMessage());
    }
  }
}
