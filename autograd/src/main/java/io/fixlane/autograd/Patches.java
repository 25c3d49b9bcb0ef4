package io.fixlane.autograd;

import java.util.Arrays;

/**
 * The patches under a window, some channels of them, as rows of a matrix (im2col), and back: what
 * makes a convolution a product of matrices. A row holds the taps of one place of the window, by
 * window row, window column, channel; taps outside the image are 0.
 *
 * @param window the window
 * @param height rows of the image
 * @param width columns of the image
 * @param channels channels of the image
 * @param first the first channel of the patches
 * @param depth how many channels the patches have
 */
record Patches(Window window, int height, int width, int channels, int first, int depth) {

  /** Returns the numbers of a patch. */
  int size() {
    return window.height() * window.width() * depth;
  }

  /** Returns whether the image itself is the matrix. */
  boolean isImage() {
    return window.equals(Window.square(1));
  }

  /**
   * Copies patches.
   *
   * @param x the images
   * @param image where the image begins
   * @param row the first row of places
   * @param rows how many rows of places
   * @param patches where to
   */
  void gather(float[] x, int image, int row, int rows, float[] patches) {
    int columns = window.outputWidth(width);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < window.height(); i++) {
        int to = (r * columns * window.height() + i) * window.width() * depth;
        int source = window.source(row + r, i);
        for (int c = 0; c < columns; c++, to += size()) {
          gatherRow(x, image, source, c, patches, to);
        }
      }
    }
  }

  /** Copies the taps of one row of the window. */
  private void gatherRow(float[] x, int image, int row, int place, float[] patches, int at) {
    boolean inside = row >= 0 && row < height;
    int left = window.source(place, 0);
    int count = window.width() * depth;
    if (inside && depth == channels && window.dilation() == 1 && left >= 0
        && left + window.width() <= width) {
      copy(x, image + (row * width + left) * channels, patches, at, count);
      return;
    }
    int to = at;
    for (int j = 0; j < window.width(); j++, to += depth) {
      int column = window.source(place, j);
      if (inside && column >= 0 && column < width) {
        copy(x, image + (row * width + column) * channels + first, patches, to, depth);
      } else {
        Arrays.fill(patches, to, to + depth, 0);
      }
    }
  }

  /** Copies few numbers faster than a call that is made for many. */
  private static void copy(float[] from, int at, float[] to, int toAt, int count) {
    if (count > 16) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[at + i];
    }
  }

  /**
   * Adds patches to the image they came from, in the order of the patches; the reverse of
   * {@link #gather}.
   */
  void scatter(float[] patches, int row, int rows, float[] x, int image) {
    int columns = window.outputWidth(width);
    int at = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        for (int i = 0; i < window.height(); i++) {
          int source = window.source(row + r, i);
          for (int j = 0; j < window.width(); j++, at += depth) {
            int column = window.source(c, j);
            if (source >= 0 && source < height && column >= 0 && column < width) {
              int to = image + (source * width + column) * channels + first;
              for (int k = 0; k < depth; k++) {
                x[to + k] += patches[at + k];
              }
            }
          }
        }
      }
    }
  }
}
