package io.fixlane.autograd.arrays;

import io.fixlane.shape.Window;
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

  /** Up to so many channels are copied tap after tap. */
  private static final int FEW = 4;

  /** Returns the numbers of a patch. */
  int size() {
    return window.taps() * depth;
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
      for (int i = 0; i < window.kernelHeight(); i++) {
        int to = (r * columns * window.kernelHeight() + i) * window.kernelWidth() * depth;
        int source = window.row(row + r, i);
        if (depth <= FEW) {
          gatherTaps(x, image, source, columns, patches, to);
          continue;
        }
        for (int c = 0; c < columns; c++, to += size()) {
          gatherRow(x, image, source, c, patches, to);
        }
      }
    }
  }

  /**
   * Copies the taps of one row of the window at all places of a row, tap after tap: with few
   * channels, a loop over places is longer than one over the numbers of a patch.
   */
  private void gatherTaps(
      float[] x, int image, int row, int columns, float[] patches, int at) {
    int size = size();
    boolean inside = row >= 0 && row < height;
    for (int j = 0; j < window.kernelWidth(); j++) {
      // The places at which the tap is inside: 0 <= place * stride + shift < width.
      int shift = window.column(0, j);
      int begin = inside ? Math.clamp(Math.ceilDiv(-shift, window.strideX()), 0, columns) : columns;
      int end = Math.clamp(Math.ceilDiv(width - shift, window.strideX()), begin, columns);
      for (int k = 0; k < depth; k++) {
        int to = at + j * depth + k;
        int step = window.strideX() * channels;
        int from = image + (row * width + shift) * channels + first + k;
        for (int c = 0; c < begin; c++) {
          patches[to + c * size] = 0;
        }
        for (int c = begin; c < end; c++) {
          patches[to + c * size] = x[from + c * step];
        }
        for (int c = end; c < columns; c++) {
          patches[to + c * size] = 0;
        }
      }
    }
  }

  /** Copies the taps of one row of the window. */
  private void gatherRow(float[] x, int image, int row, int place, float[] patches, int at) {
    boolean inside = row >= 0 && row < height;
    if (inside && isContiguous(place)) {
      int from = image + (row * width + window.column(place, 0)) * channels;
      System.arraycopy(x, from, patches, at, window.kernelWidth() * depth);
      return;
    }
    int to = at;
    for (int j = 0; j < window.kernelWidth(); j++, to += depth) {
      int column = window.column(place, j);
      if (inside && column >= 0 && column < width) {
        int from = image + (row * width + column) * channels + first;
        System.arraycopy(x, from, patches, to, depth);
      } else {
        Arrays.fill(patches, to, to + depth, 0);
      }
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
        for (int i = 0; i < window.kernelHeight(); i++, at += window.kernelWidth() * depth) {
          int source = window.row(row + r, i);
          if (source >= 0 && source < height) {
            scatterRow(patches, at, x, image + source * width * channels, c);
          }
        }
      }
    }
  }

  /** Adds the taps of one row of the window. */
  private void scatterRow(float[] patches, int at, float[] x, int imageRow, int place) {
    if (isContiguous(place)) {
      add(patches, at, x, imageRow + window.column(place, 0) * channels,
          window.kernelWidth() * depth);
      return;
    }
    for (int j = 0; j < window.kernelWidth(); j++) {
      int column = window.column(place, j);
      if (column >= 0 && column < width) {
        add(patches, at + j * depth, x, imageRow + column * channels + first, depth);
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] += from[at + i];
    }
  }

  /** Returns whether a row of the window lies inside the image as it lies in the patch. */
  private boolean isContiguous(int place) {
    int left = window.column(place, 0);
    return depth == channels && window.dilationX() == 1 && left >= 0
        && left + window.kernelWidth() <= width;
  }
}
