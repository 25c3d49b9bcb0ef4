package io.fixlane.shape;

import java.util.Objects;

/**
 * The sizes of an image. Immutable: the methods that change one return another shape.
 *
 * @param height its rows
 * @param width its columns
 * @param channels the words of a pixel
 * @param layout how they lie in memory
 */
public record ImageShape(int height, int width, int channels, Layout layout) {
  /**
   * Makes a shape.
   *
   * @throws IllegalArgumentException if a size is not positive, or the image has more words than an
   *     int counts
   */
  public ImageShape {
    Sizes.positive("height", height);
    Sizes.positive("width", width);
    Sizes.positive("channels", channels);
    Objects.requireNonNull(layout, "layout");
    Sizes.countable("image", height, width, channels);
  }

  /**
   * Returns the shape of an image in the layout NHWC.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static ImageShape of(int height, int width, int channels) {
    return new ImageShape(height, width, channels, Layout.NHWC);
  }

  /** Returns this shape in another layout. */
  public ImageShape withLayout(Layout other) {
    return new ImageShape(height, width, channels, other);
  }

  /**
   * Returns this shape with as many channels.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ImageShape withChannels(int count) {
    return new ImageShape(height, width, count, layout);
  }

  /** Returns the pixels of the image. */
  public int pixels() {
    return height * width;
  }

  /** Returns the words of the image. */
  public int size() {
    return pixels() * channels;
  }

  /** Returns whether a pixel lies in the image. */
  public boolean contains(int row, int column) {
    return 0 <= row && row < height && 0 <= column && column < width;
  }

  /** Returns where in the image a word lies. */
  public int index(int row, int column, int channel) {
    int pixel = row * width + column;
    return switch (layout) {
      case NHWC -> pixel * channels + channel;
      case NCHW -> channel * pixels() + pixel;
    };
  }

  /** Returns rows, columns, channels and layout: {@code 56 x 56 x 64 NHWC}. */
  @Override
  public String toString() {
    return height + " x " + width + " x " + channels + " " + layout;
  }
}
