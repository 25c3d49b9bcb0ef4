package io.fixlane.autograd;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * The taps of a window at all its places in images: for operations that keep the channels apart.
 * The threads share the images in parts that depend on their number alone.
 */
record Taps(Window window, Tensor images) {
  private static final int PARTS = 8;

  /** Works on one tap at one place, for all channels. */
  @FunctionalInterface
  interface Tap {
    /**
     * Does the work.
     *
     * @param part the part of the images
     * @param x where the channels of the pixel begin
     * @param tap the number of the tap, counted along the rows of the window
     * @param y where the channels of the place begin in the output
     */
    void run(int part, int x, int tap, int y);
  }

  int parts() {
    return Math.min(PARTS, images.dimension(0));
  }

  int channels() {
    return images.dimension(3);
  }

  int[] outputShape() {
    ImageShape output = window.output(image(images));
    return new int[] {images.dimension(0), output.height(), output.width(), channels()};
  }

  private static ImageShape image(Tensor images) {
    return ImageShape.of(images.dimension(1), images.dimension(2), images.dimension(3));
  }

  int outputSize() {
    return Shapes.size(outputShape());
  }

  /** Goes through places in row-major order, and at each through the taps inside the image. */
  void forEach(Tape tape, Tap tap) {
    tape.parallel(parts(), part -> {
      int count = images.dimension(0);
      int rows = window.outputHeight(images.dimension(1));
      for (int n = part * count / parts(); n < (part + 1) * count / parts(); n++) {
        for (int row = 0; row < rows; row++) {
          forRow(part, n, row, tap);
        }
      }
    });
  }

  private void forRow(int part, int n, int row, Tap tap) {
    int height = images.dimension(1);
    int width = images.dimension(2);
    int columns = window.outputWidth(width);
    int y = (n * window.outputHeight(height) + row) * columns;
    for (int column = 0; column < columns; column++) {
      for (int i = 0; i < window.kernelHeight(); i++) {
        int sourceRow = window.row(row, i);
        for (int j = 0; sourceRow >= 0 && sourceRow < height && j < window.kernelWidth(); j++) {
          int sourceColumn = window.column(column, j);
          if (sourceColumn >= 0 && sourceColumn < width) {
            int x = (n * height + sourceRow) * width + sourceColumn;
            tap.run(part, x * channels(), i * window.kernelWidth() + j, (y + column) * channels());
          }
        }
      }
    }
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
