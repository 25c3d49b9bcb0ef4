package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.TensorType;
import io.fixlane.shape.ImageShape;
import java.util.Arrays;

/** What samples are, made and asked. */
public final class Types {
  private Types() {}

  /**
   * Returns the type of samples.
   *
   * @throws IllegalArgumentException as {@link TensorType} does
   */
  public static TensorType of(FixedFormat format, int... shape) {
    return new TensorType(format, Arrays.stream(shape).boxed().toList());
  }

  /** Returns the type of an image. */
  static TensorType of(FixedFormat format, ImageShape image) {
    return of(format, image.height(), image.width(), image.channels());
  }

  /** Returns the type of the same shape in another format. */
  static TensorType with(TensorType type, FixedFormat format) {
    return new TensorType(format, type.shape());
  }

  /** Returns a dimension, or of one beyond the largest integer that, which no array holds. */
  static int saturated(long dimension) {
    return (int) Math.min(dimension, Integer.MAX_VALUE);
  }

  /**
   * Returns the sizes of an image.
   *
   * @throws IllegalArgumentException if a sample has not three dimensions
   */
  static ImageShape image(TensorType type) {
    if (type.shape().size() != 3) {
      throw new IllegalArgumentException(
          "its input has the shape " + type.shape() + ": it must be rows x columns x channels");
    }
    return ImageShape.of(type.shape().get(0), type.shape().get(1), type.shape().get(2));
  }
}
