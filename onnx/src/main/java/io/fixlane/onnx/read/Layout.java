package io.fixlane.onnx.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How what a model computes for a sample lies in the model, and how it lies here, where images are
 * rows x columns x channels and all else is features.
 */
public sealed interface Layout {
  /** Returns the dimensions in the model, without that of the batch. */
  List<Integer> dimensions();

  /** Returns how many numbers there are. */
  default long size() {
    return dimensions().stream().mapToLong(dimension -> dimension).reduce(1, Math::multiplyExact);
  }

  /**
   * An image.
   *
   * @param height its rows, 1 where the model has sequences
   * @param width its columns
   * @param channels its channels
   * @param axes what the model's dimensions are; what is not among them is 1
   */
  record Image(int height, int width, int channels, List<Axis> axes) implements Layout {
    /** Makes the image. */
    public Image {
      axes = List.copyOf(axes);
    }

    int size(Axis axis) {
      return switch (axis) {
        case HEIGHT -> height;
        case WIDTH -> width;
        case CHANNELS -> channels;
      };
    }

    @Override
    public List<Integer> dimensions() {
      return axes.stream().map(this::size).toList();
    }

    /** Returns whether channels come first, as most operators want them. */
    boolean isChannelsFirst() {
      return axes.size() > 1 && axes.getFirst() == Axis.CHANNELS
          && !axes.equals(List.of(Axis.CHANNELS, Axis.WIDTH, Axis.HEIGHT));
    }

    /** Returns an image of other sizes that lies as this one does. */
    public Image with(int newHeight, int newWidth, int newChannels) {
      return new Image(newHeight, newWidth, newChannels, axes);
    }

    /** Returns the same image, which lies otherwise in the model. */
    public Image with(List<Axis> newAxes) {
      return new Image(height, width, channels, newAxes);
    }

    /** Returns the features that the image is flattened into. */
    Features flattened() {
      List<Axis> wide = axes.stream().filter(axis -> size(axis) > 1).toList();
      boolean isSame = wide.equals(wide.stream().sorted().toList());
      return new Features(List.of((int) size()), isSame ? null : this);
    }

    /** Returns the place in the model of a number here. */
    int place(int number) {
      int[] at = {number / channels / width, number / channels % width, number % channels};
      int place = 0;
      for (Axis axis : axes) {
        place = place * size(axis) + at[axis.ordinal()];
      }
      return place;
    }
  }

  /**
   * Features.
   *
   * @param dimensions those in the model: the features, and what is 1
   * @param flattened the image that was flattened into them, if they lie in another order in the
   *     model than here; else null
   */
  record Features(List<Integer> dimensions, @Nullable Image flattened) implements Layout {
    /** Returns so many features, in one dimension. */
    public static Features of(int count) {
      return new Features(List.of(count), null);
    }

    /** Returns how many there are. */
    public int count() {
      return (int) size();
    }

    /** Returns the place in the model of a feature here. */
    public int place(int feature) {
      return flattened == null ? feature : flattened.place(feature);
    }
  }
}
