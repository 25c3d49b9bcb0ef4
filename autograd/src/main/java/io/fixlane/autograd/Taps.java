package io.fixlane.autograd;

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
    return new int[] {
      images.dimension(0), window.outputHeight(images.dimension(1)),
      window.outputWidth(images.dimension(2)), channels()};
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
      for (int i = 0; i < window.height(); i++) {
        int sourceRow = window.source(row, i);
        for (int j = 0; sourceRow >= 0 && sourceRow < height && j < window.width(); j++) {
          int sourceColumn = window.source(column, j);
          if (sourceColumn >= 0 && sourceColumn < width) {
            int x = (n * height + sourceRow) * width + sourceColumn;
            tap.run(part, x * channels(), i * window.width() + j, (y + column) * channels());
          }
        }
      }
    }
  }

  /** Requires the one input of a pooling, of whose every window a pixel is inside. */
  static void requirePooling(Op op, Window window, Tensor... inputs) {
    window.requireFits(op, inputs);
    op.require(inputs.length == 1, inputs, "it takes one");
    op.require(
        window.dilation() == 1 && window.padding() <= Math.min(window.height(), window.width()) / 2,
        inputs,
        "a pooling window has dilation 1 and a padding of at most half its size, not "
            + window);
  }
}
