package io.fixlane.autograd;

import io.fixlane.shape.Window;

/** Operations on images in double precision, written down as their definitions: the judge. */
final class DoubleOps {
  private DoubleOps() {}

  /** Rows x depth times depth x columns. */
  static double[] matmul(double[] a, double[] b, int rows, int depth, int columns) {
    double[] y = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < depth; k++) {
          y[i * columns + j] += a[i * depth + k] * b[k * columns + j];
        }
      }
    }
    return y;
  }

  /** Images of a shape, and 0 outside of them. */
  record Images(double[] data, int count, int height, int width, int channels) {
    Images(double[] data, int... shape) {
      this(data, shape[0], shape[1], shape[2], shape[3]);
    }

    boolean isInside(int row, int column) {
      return row >= 0 && row < height && column >= 0 && column < width;
    }

    double at(int n, int row, int column, int channel) {
      return isInside(row, column)
          ? data[((n * height + row) * width + column) * channels + channel]
          : 0;
    }
  }

  /** What is computed for one number of the output. */
  @FunctionalInterface
  interface Place {
    double at(int n, int top, int left, int channel);
  }

  /** Computes the output of a window at all its places. */
  static double[] slide(Images x, Window window, int outputs, Place place) {
    int rows = window.outputHeight(x.height);
    int columns = window.outputWidth(x.width);
    double[] y = new double[x.count * rows * columns * outputs];
    int at = 0;
    for (int n = 0; n < x.count; n++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int o = 0; o < outputs; o++) {
            y[at++] = place.at(
                n, row * window.strideY() - window.paddingTop(),
                column * window.strideX() - window.paddingLeft(), o);
          }
        }
      }
    }
    return y;
  }

  /** The convolution; the kernel is height x width x channels of a group x outputs. */
  static double[] conv2d(Images x, double[] kernel, Window window, int groups, int outputs) {
    int depth = x.channels / groups;
    return slide(x, window, outputs, (n, top, left, o) -> {
      int first = o / (outputs / groups) * depth;
      double sum = 0;
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++) {
          for (int c = 0; c < depth; c++) {
            sum += kernel[((i * window.kernelWidth() + j) * depth + c) * outputs + o]
                * x.at(
                    n, top + i * window.dilationY(), left + j * window.dilationX(), first + c);
          }
        }
      }
      return sum;
    });
  }

  static double[] maxPool(Images x, Window window) {
    return slide(x, window, x.channels, (n, top, left, c) -> {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++) {
          if (x.isInside(top + i, left + j)) {
            largest = Math.max(largest, x.at(n, top + i, left + j, c));
          }
        }
      }
      return largest;
    });
  }

  /** The taps in the padded image count. */
  static double[] averagePool(Images x, Window window) {
    return slide(x, window, x.channels, (n, top, left, c) -> {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++) {
          sum += x.at(n, top + i, left + j, c);
          if (top + i < x.height + window.paddingBottom()
              && left + j < x.width + window.paddingRight()) {
            count++;
          }
        }
      }
      return sum / count;
    });
  }

  static double[] globalAveragePool(Images x) {
    double[] y = new double[x.count * x.channels];
    int pixels = x.height * x.width;
    for (int i = 0; i < x.data.length; i++) {
      y[i / (pixels * x.channels) * x.channels + i % x.channels] += x.data[i] / pixels;
    }
    return y;
  }

  /** Normalises each channel with the mean and the variance of the numbers themselves. */
  static double[] batchNorm(double[] x, double[] gamma, double[] beta, double epsilon) {
    int channels = gamma.length;
    double[] y = new double[x.length];
    double n = (double) x.length / channels;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int i = c; i < x.length; i += channels) {
        mean += x[i] / n;
      }
      double variance = 0;
      for (int i = c; i < x.length; i += channels) {
        variance += (x[i] - mean) * (x[i] - mean) / n;
      }
      for (int i = c; i < x.length; i += channels) {
        y[i] = gamma[c] * (x[i] - mean) / Math.sqrt(variance + epsilon) + beta[c];
      }
    }
    return y;
  }

  static double[] softmaxCrossEntropy(double[] logits, double smoothing, int[] labels) {
    return softmaxCrossEntropy(logits, smoothing, labels, logits, 0);
  }

  static double[] softmaxCrossEntropy(
      double[] logits, double smoothing, int[] labels, double[] teacher, double share) {
    int classes = logits.length / labels.length;
    double[] softmax = softmax(logits, classes);
    double[] taught = softmax(teacher, classes);
    double loss = 0;
    for (int i = 0; i < logits.length; i++) {
      double label = i % classes == labels[i / classes] ? 1 : 0;
      double target = smoothing / classes + (1 - smoothing) * label;
      loss -= ((1 - share) * target + share * taught[i]) * Math.log(softmax[i]);
    }
    return new double[] {loss / labels.length};
  }

  private static double[] softmax(double[] logits, int classes) {
    double[] softmax = new double[logits.length];
    for (int at = 0; at < logits.length; at += classes) {
      double sum = 0;
      for (int j = at; j < at + classes; j++) {
        sum += Math.exp(logits[j]);
      }
      for (int j = at; j < at + classes; j++) {
        softmax[j] = Math.exp(logits[j]) / sum;
      }
    }
    return softmax;
  }
}
