package io.fixlane.autograd.arrays;

import java.util.Arrays;

/**
 * Images with zeros around them, so that a window reads none that is not there.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels channels of an image
 * @param top rows of zeros above
 * @param left columns of zeros before
 * @param rows rows that are read, with zeros
 * @param columns columns that are read, with zeros
 */
record PaddedImages(
    int height, int width, int channels, int top, int left, int rows, int columns) {

  /** Returns the numbers of one image, with zeros. */
  int size() {
    return rows * columns * channels;
  }

  /** Returns the place of a pixel, where rows and columns count from the first that is read. */
  int at(int row, int column) {
    return (row * columns + column) * channels;
  }

  /** Returns whether images are read as they are. */
  boolean isPlain() {
    return top == 0 && left == 0 && rows == height && columns == width;
  }

  /**
   * Copies images, and zeros around them.
   *
   * @param from where the images are
   * @param at where the first begins
   * @param count how many
   * @param to where to
   */
  void copy(float[] from, int at, int count, float[] to) {
    int before = Math.min(left, columns);
    int inside = Math.min(width, columns - before) * channels;
    int start = before * channels;
    int row = columns * channels;
    for (int n = 0; n < count; n++) {
      for (int r = 0; r < rows; r++) {
        int target = n * size() + r * row;
        int source = r - top;
        if (source < 0 || source >= height) {
          Arrays.fill(to, target, target + row, 0);
          continue;
        }
        Arrays.fill(to, target, target + start, 0);
        System.arraycopy(
            from, at + (n * height + source) * width * channels, to, target + start, inside);
        Arrays.fill(to, target + start + inside, target + row, 0);
      }
    }
  }
}
