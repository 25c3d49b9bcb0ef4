package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.Transposition;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import java.lang.foreign.MemorySegment;

/**
 * Brings planes of channels into pixels that are pooled, and the results back into planes: some
 * channels of an image at a time, the last of them together with some once more. A few channels are
 * not worth it: their planes are pooled as images of one channel each.
 */
public final class PoolPlanes {
  /** Channels that are transposed faster than word by word, whatever words lie in. */
  private static final int FEWEST = 8;
  /** Channels that fill the rows of the largest squares that are transposed. */
  private static final int UNIT = 64;
  /** The words that are transposed at a time, unless so few channels have more. */
  private static final int WORDS = 1 << 18;

  private final ImageShape image;
  private final ImageShape output;
  private final Container x;
  private final Container result;
  private final int group;

  /**
   * Makes what transposes.
   *
   * @param sizes the sizes of a pooling whose images {@link #serves}
   * @param x the format of images
   * @param result the format of results
   */
  public PoolPlanes(PoolSizes sizes, FixedFormat x, FixedFormat result) {
    this.image = sizes.image();
    this.output = sizes.output();
    this.x = Container.of(x);
    this.result = Container.of(result);
    this.group = group(image);
  }

  /** Returns whether an image's channels are brought into pixels. */
  public static boolean serves(ImageShape image) {
    return image.layout() == Layout.NCHW && image.channels() >= FEWEST;
  }

  /** Returns the sizes of the images of pixels that are pooled in place of the given ones. */
  public static PoolSizes pixels(PoolSizes sizes) {
    ImageShape image = sizes.image();
    int channels = switch (image.layout()) {
      case NHWC -> image.channels();
      case NCHW -> serves(image) ? group(image) : 1;
    };
    ImageShape pixels = ImageShape.of(image.height(), image.width(), channels);
    return PoolSizes.of(pixels, sizes.window());
  }

  private static int group(ImageShape image) {
    return Math.min(image.channels(), Math.max(UNIT, WORDS / image.pixels() / UNIT * UNIT));
  }

  /** Returns how often channels of an image are pooled. */
  public int groups() {
    return Math.ceilDiv(image.channels(), group);
  }

  /** Returns the first of some channels, of which the last may be pooled a second time. */
  private int first(int index) {
    return Math.min(index * group, image.channels() - group);
  }

  /** Returns pixels of some channels of an image. */
  public MemorySegment load(PoolWork work, MemorySegment images, long index, int channels) {
    MemorySegment pixels = PoolWork.ensure(work.image, x, image.pixels() * group);
    long plane = index * image.channels() + first(channels);
    Transposition.transpose(x, images, plane * image.pixels() * x.bytes(), image.pixels(), pixels,
        0, group, group, image.pixels(), work.transposition);
    return pixels;
  }

  /** Returns room for the results of some channels. */
  public MemorySegment results(PoolWork work) {
    return PoolWork.ensure(work.results, result, output.pixels() * group);
  }

  /** Writes the results of some channels of an image. */
  public void store(PoolWork work, MemorySegment target, long index, int channels) {
    long plane = index * image.channels() + first(channels);
    Transposition.transpose(result, work.results.segment(result), 0, group, target,
        plane * output.pixels() * result.bytes(), output.pixels(), output.pixels(), group,
        work.transposition);
  }

  @Override
  public String toString() {
    return group + " channels at a time brought into pixels";
  }
}
