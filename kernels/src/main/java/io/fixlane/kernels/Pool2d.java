package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.ExactFormat;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.kernels.pool.PoolAverage;
import io.fixlane.kernels.pool.PoolCopy;
import io.fixlane.kernels.pool.PoolOutput;
import io.fixlane.kernels.pool.PoolPlanes;
import io.fixlane.kernels.pool.PoolRows;
import io.fixlane.kernels.pool.PoolSizes;
import io.fixlane.kernels.pool.PoolWork;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a two-dimensional pooling: for each channel and place of the kernel, the largest of
 * the words under it, or their average. Padding is never the largest, and by default is not
 * counted in an average either: places outside the image are skipped.
 *
 * <p>The largest is what this HLS code computes, in the format of the image:
 *
 * <pre>
 *   X m = x[first];
 *   for each tap: if (x[tap] &gt; m) m = x[tap];
 * </pre>
 *
 * <p>An average is an exact sum, and one cast of the exact quotient of sum and count. Where the
 * count is a power of two, 2<sup>p</sup>, that is the sum with its binary point moved by p, as in
 *
 * <pre>
 *   ap_fixed&lt;W + p, I + p&gt; s = 0;
 *   for each tap: s += x[tap];
 *   ap_fixed&lt;W + p, I&gt; z;
 *   z.range() = s.range();
 *   OUT y = z;
 * </pre>
 *
 * <p>For another count, {@code OUT y = s / count} truncates the quotient before it casts it, and a
 * product with 1 / count rounds that factor; here the quotient is rounded once, as OUT says.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate, once a thread
 * has met the size.
 *
 * {@snippet class="io.fixlane.kernels.example.Pool2dExample" region="pool"}
 */
public final class Pool2d {
  private final FixedFormat x;
  private final FixedFormat result;
  private final ImageShape image;
  private final ImageShape output;
  private final PoolRows rows;
  private final PoolOutput stage;
  /** What brings channels into pixels, where they lie in planes and are enough for that. */
  private final @Nullable PoolPlanes planes;

  private Pool2d(FixedFormat x, FixedFormat result, PoolSizes whole, PoolRows rows,
      PoolOutput stage) {
    this.x = x;
    this.result = result;
    this.image = whole.image();
    this.output = whole.output();
    this.rows = rows;
    this.stage = stage;
    this.planes = PoolPlanes.serves(image) ? new PoolPlanes(whole, x, result) : null;
  }

  /**
   * Plans the largest words.
   *
   * @param x the format of images and results
   * @param image the sizes and the layout of an image
   * @param window how the kernel moves
   * @throws IllegalArgumentException if the window is dilated, its padding on a side not smaller
   *     than the kernel, or the kernel too large for the padded image, that has more than
   *     2<sup>31</sup>-1 words, or the format is wider than 64 bits
   */
  public static Pool2d max(FixedFormat x, ImageShape image, Window window) {
    Objects.requireNonNull(x, "x");
    PoolSizes whole = sizes(image, window);
    PoolSizes pixels = PoolPlanes.pixels(whole);
    long smallest = x.minRaw().longValue();
    return new Pool2d(x, x, whole, new PoolRows(pixels, Operation.MAX, x, x, smallest),
        new PoolCopy(pixels, x));
  }

  private static PoolSizes sizes(ImageShape image, Window window) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    return PoolSizes.of(image, window);
  }

  /**
   * Plans averages of the words under the kernel that lie in the image.
   *
   * @param x the format of images
   * @param image the sizes and the layout of an image
   * @param window how the kernel moves; one as large as the image gives one average for each
   *     channel
   * @param result the format of results
   * @throws IllegalArgumentException as {@link #max}, or if a format or the exact sum is wider than
   *     64 bits, or the quotient would be in the bits that decide how it is rounded: one more than
   *     the result's fraction bits, or as many as x has, and log2 of the count
   */
  public static Pool2d average(FixedFormat x, ImageShape image, Window window, FixedFormat result) {
    return average(x, image, window, result, false);
  }

  /**
   * Plans averages in which padding counts as zeros: each sum is divided by the number of taps in
   * the padded image. That is the size of the kernel, but for places that reach beyond the padding
   * in ceil mode: what is beyond it does not count, as in ONNX ({@code count_include_pad}) and
   * PyTorch.
   *
   * @param x the format of images
   * @param image the sizes and the layout of an image
   * @param window how the kernel moves
   * @param result the format of results
   * @throws IllegalArgumentException as {@link #average}
   */
  public static Pool2d averageOfPadded(
      FixedFormat x, ImageShape image, Window window, FixedFormat result) {
    return average(x, image, window, result, true);
  }

  private static Pool2d average(FixedFormat x, ImageShape image, Window window, FixedFormat result,
      boolean paddingCounts) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(result, "result");
    PoolSizes whole = sizes(image, window);
    int carries = PoolAverage.ceilLog2(window.taps());
    FixedFormat sum = ExactFormat.of("the sum of " + window.taps() + " words of " + x, x.signed(),
        (long) x.width() + carries, (long) x.integerBits() + carries);
    if (sum.width() > Long.SIZE) {
      throw new IllegalArgumentException("the exact sum of " + window.taps() + " words of " + x
          + " is " + sum + ": kernels compute in at most 64 bits");
    }
    PoolSizes pixels = PoolPlanes.pixels(whole);
    return new Pool2d(x, result, whole, new PoolRows(pixels, Operation.ADD, x, sum, 0),
        new PoolAverage(pixels, sum, result, paddingCounts));
  }

  /** Returns the sizes and the layout of an image. */
  public ImageShape image() {
    return image;
  }

  /** Returns the sizes and the layout of a result. */
  public ImageShape output() {
    return output;
  }

  /**
   * Pools all images of a tensor.
   *
   * @param images any number of images, in the plan's layout
   * @param target as many results, in the same layout
   * @throws IllegalArgumentException if a tensor has another format or size than the plan, the
   *     target is read-only, or the tensors overlap
   */
  public void run(FixedTensor images, FixedTensor target) {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(target, "target");
    Plan.requireFormat("images", images, x);
    Plan.requireFormat("target", target, result);
    int imageSize = image.size();
    if (images.size() % imageSize != 0) {
      throw new IllegalArgumentException(
          "images has " + images.size() + " words: it must be images of " + imageSize);
    }
    long count = images.size() / imageSize;
    Plan.requireSize("target", target, count * output.size());
    Memory.requireWritable(target.segment());
    Memory.requireApart("images", images, target);
    PoolWork work = PoolWork.own();
    rows.start(work);
    if (planes == null) {
      long stacks = images.size() / rows.image().size();
      for (long stack = 0; stack < stacks; stack++) {
        pool(work, images.segment(), stack, target.segment());
      }
      return;
    }
    MemorySegment results = planes.results(work);
    for (long index = 0; index < count; index++) {
      for (int group = 0; group < planes.groups(); group++) {
        pool(work, planes.load(work, images.segment(), index, group), 0, results);
        planes.store(work, target.segment(), index, group);
      }
    }
  }

  /** Pools one image of pixels. */
  private void pool(PoolWork work, MemorySegment images, long index, MemorySegment target) {
    int height = output.height();
    long rowSize = (long) output.width() * rows.image().channels();
    for (int row = 0; row < height; row++) {
      MemorySegment places = rows.row(work, images, index, row);
      stage.store(work, places, row, target, (index * height + row) * rowSize);
    }
  }

  /** Returns what the plan does and how: sizes, formats, lanes and vector width. */
  public String explain() {
    return rows.explain(image) + (planes == null ? "" : ", " + planes) + ", " + x + " -> " + result
        + ", " + stage.explain();
  }

  @Override
  public String toString() {
    return explain();
  }
}
