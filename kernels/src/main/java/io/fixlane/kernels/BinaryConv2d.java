package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.signs.BinaryPlaces;
import io.fixlane.kernels.signs.BinaryProduct;
import io.fixlane.kernels.signs.BinaryWork;
import io.fixlane.kernels.signs.Borders;
import io.fixlane.kernels.signs.PlaceOutput;
import io.fixlane.kernels.signs.Side;
import io.fixlane.kernels.signs.SignRows;
import io.fixlane.kernels.threads.Tasks;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The plan of a convolution of signs, +1 and -1, as a binarised network has it: of the words of
 * images and weights only the signs count, -1 where a word is negative, else +1. For each output
 * channel and place
 *
 * <pre>
 *   s = sum over the taps in the image of sign(x) * sign(w)
 *     = taps - 2 * popcount(x ^ w)                of their sign bits
 * </pre>
 *
 * <p>Taps outside the image are skipped, as in {@link Conv2d}: padding counts as 0, neither as +1
 * nor as -1. The sum is an exact integer; the plan says what becomes of it: one cast into a format,
 * or a sign again, a word of {@link Signs#WORD}, +1 where the sum is at least the threshold of its
 * output. {@link BinaryGemm} says how a batch-norm becomes a threshold.
 *
 * <p>A dense layer is the convolution of images of one pixel. A plan is immutable; any number of
 * threads may run it at once, and a run allocates nothing but for an executor's tasks.
 *
 * {@snippet class="io.fixlane.kernels.example.BinaryConv2dExample" region="conv"}
 */
public final class BinaryConv2d {
  private final FixedFormat activations;
  private final FixedFormat result;
  private final ImageShape image;
  private final ImageShape output;
  private final Window window;
  private final Signs signs;
  private final BinaryPlaces places;
  private final BinaryProduct[] groups;
  private final PlaceOutput[] outputs;

  /** What makes the output of a group: of the taps that places lack, from an output channel on. */
  private interface OutputOf {
    PlaceOutput make(int k, Borders borders, int first, int last);
  }

  private BinaryConv2d(FixedFormat activations, FixedTensor weights, ImageShape image,
      Window window, int groups, FixedFormat result, OutputOf output) {
    if (image.layout() != Layout.NHWC) {
      throw new IllegalArgumentException(
          "image has the layout " + image.layout() + ": signs are taken in the layout NHWC");
    }
    ConvWeights.channelsOfGroup(weights, image, window, groups);
    int outputs = weights.dimension(0);
    this.activations = activations;
    this.result = result;
    this.image = image;
    this.window = window;
    this.output = window.output(image).withChannels(outputs);
    this.signs = Signs.of(activations);
    this.places = new BinaryPlaces(
        new Side(image.height(), window.kernelHeight(), window.strideY(), window.paddingTop(),
            window.dilationY(), this.output.height()),
        new Side(image.width(), window.kernelWidth(), window.strideX(), window.paddingLeft(),
            window.dilationX(), this.output.width()),
        image.channels(), groups);
    this.groups = new BinaryProduct[groups];
    this.outputs = new PlaceOutput[groups];
    int columns = outputs / groups;
    for (int group = 0; group < groups; group++) {
      SignRows rows = rows(weights, group * columns, columns);
      this.groups[group] = new BinaryProduct(rows);
      this.outputs[group] = output.make(places.signs(), new Borders(places, rows),
          group * columns, (group + 1) * columns);
    }
  }

  /** Returns the signs of weights in the order in which places read: rows, columns, channels. */
  private static SignRows rows(FixedTensor weights, int first, int count) {
    int channels = weights.dimension(1);
    int taps = weights.dimension(2) * weights.dimension(3);
    boolean signed = weights.format().signed();
    BitMatrix matrix = BitMatrix.allocate(count, Math.multiplyExact(channels, taps));
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < channels * taps; i++) {
        long from = ((long) (first + n) * channels + i % channels) * taps + i / channels;
        matrix.set(n, i, signed && weights.raw(from) < 0 ? -1 : 1);
      }
    }
    return matrix.signs();
  }

  /**
   * Plans the sums, cast into a format.
   *
   * @param activations the format of the images
   * @param weights outputs x channels of a group x kernelHeight x kernelWidth words, of which the
   *     signs are packed
   * @param image the sizes of an image, in the layout NHWC
   * @param window how the kernel moves
   * @param groups into how many groups channels and outputs are divided
   * @param result the format of the results
   * @throws IllegalArgumentException if the kernel, dilated, is larger than the padded image, that
   *     or the result has more than 2<sup>31</sup>-1 words, the layout or the shape of the weights
   *     is another, a format is wider than 64 bits, or an array cannot hold the packed signs
   */
  public static BinaryConv2d of(
      FixedFormat activations, FixedTensor weights, ImageShape image, Window window, int groups,
      FixedFormat result) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(result, "result");
    return new BinaryConv2d(activations, weights, image, window, groups, result,
        (k, borders, first, last) -> PlaceOutput.sums(
            k, borders, last - first, weights.dimension(0), first, result));
  }

  /**
   * Plans signs, words of {@link Signs#WORD}: +1 where a sum is at least its threshold.
   *
   * @param activations the format of the images
   * @param weights as for sums
   * @param image as for sums
   * @param window as for sums
   * @param groups as for sums
   * @param thresholds one for each output; they are copied
   * @throws IllegalArgumentException as for sums, or if there is not one threshold for each output
   */
  public static BinaryConv2d of(
      FixedFormat activations, FixedTensor weights, ImageShape image, Window window, int groups,
      int[] thresholds) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(thresholds, "thresholds");
    int outputs = weights.rank() == 0 ? 0 : weights.dimension(0);
    if (thresholds.length != outputs) {
      throw new IllegalArgumentException("thresholds has " + thresholds.length
          + " numbers: it must have " + outputs + ", one for each output");
    }
    return new BinaryConv2d(activations, weights, image, window, groups, Signs.WORD,
        (k, borders, first, last) -> PlaceOutput.signs(
            k, borders, Arrays.copyOfRange(thresholds, first, last), thresholds.length, first));
  }

  /** Returns the sizes of an image. */
  public ImageShape image() {
    return image;
  }

  /** Returns the sizes of a result. */
  public ImageShape output() {
    return output;
  }

  /**
   * Computes all images of a tensor.
   *
   * @param x any number of images
   * @param target as many results
   * @throws IllegalArgumentException if a tensor has another format or size than the plan, the
   *     target is read-only, or the tensors overlap
   */
  public void run(FixedTensor x, FixedTensor target) {
    run(x, target, Runnable::run, 1);
  }

  /**
   * Computes all images of a tensor on several threads.
   *
   * @param x any number of images
   * @param target as many results
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the places of all images are divided at most
   * @throws IllegalArgumentException if a tensor has another format or size than the plan, the
   *     target is read-only, the tensors overlap, {@code parts} is not positive, or is more than 1
   *     and a tensor lies in a confined arena
   */
  public void run(FixedTensor x, FixedTensor target, Executor executor, int parts) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(executor, "executor");
    long all = check(x, target, parts) * places.count();
    if (parts == 1) {
      compute(x, target, 0, all);
      return;
    }
    int tasks = (int) Math.min(parts, Math.ceilDiv(all, BinaryProduct.MAX_ROWS));
    Tasks.run(tasks, parts, executor, task -> compute(
        x, target, Tasks.first(all, tasks, task), Tasks.first(all, tasks, task + 1)));
  }

  private long check(FixedTensor x, FixedTensor target, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts is " + parts + ": it must be positive");
    }
    Plan.requireFormat("x", x, activations);
    Plan.requireFormat("target", target, result);
    long images = x.size() / image.size();
    if (x.size() % image.size() != 0) {
      throw new IllegalArgumentException("x has " + x.size()
          + " words: it must be images of " + image.size());
    }
    Plan.requireSize("target", target, images * output.size());
    Tasks.requireShared("x", x.segment(), parts);
    Tasks.requireShared("target", target.segment(), parts);
    Memory.requireWritable(target.segment());
    Memory.requireApart("x", x, target);
    return images;
  }

  /** Computes places, counted on from image to image, in blocks that go on so too. */
  private void compute(FixedTensor x, FixedTensor target, long first, long last) {
    BinaryWork work = BinaryWork.own();
    work.reserve(places.imageWords(), places.blockWords());
    int rows = 0;
    int count;
    for (long place = first; place < last; place += count) {
      int within = (int) (place % places.count());
      count = (int) Math.min(places.count() - within, last - place);
      pack(work, x, place / places.count());
      for (int i = 0; i < count; i++) {
        places.read(work.image, within + i, work.block, rows++);
        if (rows == BinaryProduct.MAX_ROWS || place + i + 1 == last) {
          work.firstPlace = place + i + 1 - rows;
          multiply(work, rows, target);
          rows = 0;
        }
      }
    }
  }

  private void pack(BinaryWork work, FixedTensor x, long index) {
    int columns = image.width() * image.channels();
    for (int row = 0; row < image.height(); row++) {
      signs.pack(work, x.segment(), index * image.size() + (long) row * columns, columns,
          work.image, row * places.imageRowWords());
    }
  }

  private void multiply(BinaryWork work, int rows, FixedTensor target) {
    for (int group = 0; group < groups.length; group++) {
      groups[group].multiply(
          work, work.block, places.firstRow(group), rows, outputs[group], target);
    }
  }

  /** Returns what the plan does and how: sizes, vector width, tile, and bytes of packed weights. */
  public String explain() {
    return "binary conv2d of the signs of " + activations + ", " + image + ", " + window
        + "\n" + groups[0]
        + " -> " + result;
  }

  @Override
  public String toString() {
    return explain();
  }
}
