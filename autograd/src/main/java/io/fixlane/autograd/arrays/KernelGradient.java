package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct;
import io.fixlane.kernels.tiles.FloatProduct.Panels;
import io.fixlane.kernels.tiles.FloatProduct.Rows;
import io.fixlane.kernels.tiles.FloatProduct.Sliding;
import io.fixlane.shape.Window;
import java.util.Arrays;

/**
 * The gradient of a convolution's kernels, dW = P^T dY with the patches P. Where a result has few
 * channels it is computed as dW^T = dY^T P: a row of the window is more columns than they are. Each
 * number is the same sum in the same order.
 */
final class KernelGradient {
  private final Convolution convolution;
  private final Window window;
  private final PaddedImages padded;
  private final int height;
  private final int width;
  private final int depth;
  private final int count;
  private final int steps;
  private final int together;

  KernelGradient(Convolution convolution) {
    this.convolution = convolution;
    this.window = convolution.window();
    this.padded = convolution.padded();
    this.height = convolution.height();
    this.width = convolution.width();
    this.depth = convolution.depth();
    this.count = convolution.count();
    this.steps = window.taps() * depth;
    this.together = convolution.together(height * width);
  }

  /** Works on some rows of places. */
  @FunctionalInterface
  private interface Piece {
    /**
     * Does the work.
     *
     * @param part the part of the images
     * @param row the first row of places, counted over all images
     * @param runs where the first places of the rows lie
     * @param data where the images are
     * @param at where they begin
     */
    void run(int part, int row, int[] runs, float[] data, int at);
  }

  float[] compute(Scratch scratch, float[] x, float[] dy) {
    Rows taps = Patches.of(new int[0], convolution.taps(padded), depth);
    return FloatProduct.isNarrow(count) && taps.runLength() > count
        ? narrow(scratch, taps, x, dy)
        : wide(scratch, x, dy);
  }

  /** Returns how many rows of places are one sum: those of small images, or some of a large one. */
  private int rowsOfPiece() {
    return together > 1 ? together * height : Math.clamp(Convolution.PLACES / width, 1, height);
  }

  private void forEach(Scratch scratch, int slack, float[] x, Piece piece) {
    int[] places = Patches.grid(together, height,
        (n, row) -> n * padded.size() + padded.at(row * window.strideY(), 0));
    convolution.forEach(scratch, padded, together, slack, x, (part, first, images, data, at) -> {
      for (int row = 0; row < images * height; row += rowsOfPiece()) {
        int end = Math.min(row + rowsOfPiece(), images * height);
        piece.run(part, first * height + row, Arrays.copyOfRange(places, row, end), data, at);
      }
    });
  }

  /** Returns from one place of a row to the next. */
  private int step() {
    return window.strideX() * padded.channels();
  }

  private float[] wide(Scratch scratch, float[] x, float[] dy) {
    int[] taps = convolution.taps(padded);
    int[] numbers =
        Patches.grid(taps.length, depth, (tap, channel) -> taps[tap] + channel);
    int size = steps * convolution.outputs();
    float[] partial = scratch.zeros(convolution.parts() * size);
    float[][] memory = new float[convolution.parts()][];
    Arrays.setAll(memory,
        part -> scratch.floats(Panels.size(rowsOfPiece() * width, count)));
    forEach(scratch, 0, x, (part, row, runs, data, at) -> {
      for (int group = 0; group < convolution.groups(); group++) {
        Panels gradients = Panels.of(
            convolution.results(dy, row, runs.length, group).operand(), memory[part]);
        FloatProduct.multiply(
            new Rows(data, at + group * depth, numbers, runs, width, step()), 0, gradients,
            convolution.kernel(partial, part * size, group).operand(), true);
      }
    });
    return PartialSums.add(scratch, partial, convolution.parts());
  }

  private float[] narrow(Scratch scratch, Rows taps, float[] x, float[] dy) {
    int outputs = convolution.outputs();
    int columns = taps.runLength();
    int[] numbers = Patches.grid(1, count, (_, output) -> output);
    float[] partial = scratch.zeros(convolution.parts() * outputs * steps);
    forEach(scratch, FloatProduct.slack(columns), x, (part, row, runs, data, at) -> {
      int[] rows = Patches.grid(1, runs.length, (_, r) -> r * width * outputs);
      for (int group = 0; group < convolution.groups(); group++) {
        Rows gradients = new Rows(
            dy, row * width * outputs + group * count, numbers, rows, width, outputs);
        for (int t = 0; t < taps.runs().length; t++) {
          int to = (part * outputs + group * count) * steps + t * columns;
          FloatProduct.multiplyAdd(gradients,
              new Sliding(data, at + group * depth + taps.runs()[t], runs, step()),
              new FloatProduct.Matrix(partial, to, count, columns, steps, 1));
        }
      }
    });
    float[] sum = PartialSums.add(scratch, partial, convolution.parts());
    return new Matrix(sum, outputs, steps).transpose().packed(scratch).data();
  }
}
