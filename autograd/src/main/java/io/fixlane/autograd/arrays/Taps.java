package io.fixlane.autograd.arrays;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * The taps of a window at all its places in images: for operations that keep the channels apart.
 * The threads share the images in parts that depend on their number alone.
 *
 * @param window the window
 * @param images how many images there are
 * @param image what one is
 */
public record Taps(Window window, int images, ImageShape image) {
  private static final int PARTS = 8;

  /** Works on one tap at one place, for all channels. */
  @FunctionalInterface
  public interface Tap {
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

  /** Returns into how many parts the images are cut. */
  public int parts() {
    return Math.min(PARTS, images);
  }

  /** Returns the channels of an image. */
  public int channels() {
    return image.channels();
  }

  /** Returns the shape of the results. */
  public int[] outputShape() {
    ImageShape output = window.output(image);
    return new int[] {images, output.height(), output.width(), channels()};
  }

  /** Returns the numbers of the results. */
  public int outputSize() {
    return Shapes.size(outputShape());
  }

  /** Goes through places in row-major order, and at each through the taps inside the image. */
  public void forEach(Scratch scratch, Tap tap) {
    scratch.parallel(parts(), part -> {
      int rows = window.outputHeight(image.height());
      for (int n = part * images / parts(); n < (part + 1) * images / parts(); n++) {
        for (int row = 0; row < rows; row++) {
          forRow(part, n, row, tap);
        }
      }
    });
  }

  private void forRow(int part, int n, int row, Tap tap) {
    int height = image.height();
    int width = image.width();
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
}
