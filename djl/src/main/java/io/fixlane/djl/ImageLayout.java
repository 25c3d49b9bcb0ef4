package io.fixlane.djl;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which order the numbers of an image lie. */
enum ImageLayout {
  /** Channels, rows, columns: as {@code ToTensor} makes images. */
  NCHW,
  /** Rows, columns, channels: as networks take them. */
  NHWC;

  /** Returns the layout of a name, or null where there is none. */
  static @Nullable ImageLayout named(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "NCHW" -> NCHW;
      case "NHWC" -> NHWC;
      default -> null;
    };
  }

  /**
   * Returns the layout of a batch.
   *
   * @param network the dimensions of a sample, as the network has it
   * @param batch the shape of the batch
   * @param said the layout that it must have, or null where the shape is to tell
   * @throws IllegalArgumentException if the samples are none of the network's, or may lie either
   *     way
   */
  static ImageLayout of(int[] network, Shape batch, @Nullable ImageLayout said) {
    long[] dimensions = batch.getShape();
    long[] sample = dimensions.length == 0
        ? dimensions
        : Arrays.copyOfRange(dimensions, 1, dimensions.length);
    boolean last = dimensions.length > 0 && said != NCHW && Arrays.equals(sample, NHWC.of(network));
    boolean first = network.length == 3 && said != NHWC && Arrays.equals(sample, NCHW.of(network));
    if (last && first && network[0] * network[1] > 1 && network[2] > 1) {
      throw new IllegalArgumentException("the input has the shape " + batch
          + ", which is NCHW as well as NHWC: the option layout must say which it is");
    }
    if (!last && !first) {
      throw new IllegalArgumentException("the input has the shape " + batch + ": it must be "
          + (said == NCHW ? "" : NHWC.batch(-1, network))
          + (network.length == 3 && said == null ? " or " : "")
          + (network.length == 3 && said != NHWC ? NCHW.batch(-1, network) : ""));
    }
    return last ? NHWC : NCHW;
  }

  /** Returns the dimensions of a sample in this layout. */
  private long[] of(int[] network) {
    long[] sample = Arrays.stream(network).asLongStream().toArray();
    return this == NCHW ? new long[] {sample[2], sample[0], sample[1]} : sample;
  }

  /** Returns the shape of a batch, of any number of samples where that is -1. */
  Shape batch(int samples, int[] network) {
    return new Shape(samples).addAll(new Shape(of(network)));
  }

  /**
   * Returns images of pixels x channels as channels x pixels.
   *
   * @param pixels how many pixels an image has
   */
  static float[] channelsFirst(float[] values, int pixels, int channels) {
    return turned(values, pixels, channels);
  }

  /**
   * Returns images of channels x pixels as pixels x channels.
   *
   * @param pixels how many pixels an image has
   */
  static float[] channelsLast(float[] values, int pixels, int channels) {
    return turned(values, channels, pixels);
  }

  /**
   * Returns images of channels x pixels as pixels x channels.
   *
   * @param pixels how many pixels an image has
   */
  static double[] channelsLast(double[] values, int pixels, int channels) {
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int inside = i % (pixels * channels);
      turned[i - inside + inside % pixels * channels + inside / pixels] = values[i];
    }
    return turned;
  }

  private static float[] turned(float[] values, int rows, int columns) {
    if (rows == 1 || columns == 1) {
      return values;
    }
    float[] turned = new float[values.length];
    int size = rows * columns;
    for (int image = 0; image < values.length; image += size) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          turned[image + column * rows + row] = values[image + row * columns + column];
        }
      }
    }
    return turned;
  }
}
