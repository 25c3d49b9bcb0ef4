package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.signs.BinaryPlaces;
import io.fixlane.kernels.signs.BinaryProduct;
import io.fixlane.kernels.signs.BinaryWork;
import io.fixlane.kernels.signs.Borders;
import io.fixlane.kernels.signs.PlaceOutput;
import io.fixlane.kernels.signs.Side;
import io.fixlane.kernels.signs.SignRows;
import io.fixlane.kernels.threads.Tasks;
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
  private final ConvShape shape;
  private final Signs signs;
  private final BinaryPlaces places;
  private final BinaryProduct[] groups;
  private final PlaceOutput[] outputs;

  /** What makes the output of a group: of the taps that places lack, from an output channel on. */
  private interface OutputOf {
    PlaceOutput make(int k, Borders borders, int first, int last);
  }

  private BinaryConv2d(FixedFormat activations, FixedTensor weights, ConvShape shape,
      FixedFormat result, OutputOf output) {
    shape.requireWhole();
    if (shape.layout() != Layout.NHWC) {
      throw new IllegalArgumentException(
          "shape has the layout " + shape.layout() + ": signs are taken in the layout NHWC");
    }
    int[] expected = {shape.outputs(), shape.channels() / shape.groups(), shape.kernelHeight(),
      shape.kernelWidth()};
    if (!Arrays.equals(weights.shape(), expected)) {
      throw new IllegalArgumentException("weights have the shape "
          + Arrays.toString(weights.shape())
          + ": they must be outputs x channels of a group x kernelHeight x kernelWidth, "
          + Arrays.toString(expected));
    }
    this.activations = activations;
    this.result = result;
    this.shape = shape;
    this.signs = Signs.of(activations);
    this.places = new BinaryPlaces(
        new Side(shape.height(), shape.kernelHeight(), shape.strideY(), shape.paddingY(),
            shape.dilationY(), shape.outputHeight()),
        new Side(shape.width(), shape.kernelWidth(), shape.strideX(), shape.paddingX(),
            shape.dilationX(), shape.outputWidth()),
        shape.channels(), shape.groups());
    this.groups = new BinaryProduct[shape.groups()];
    this.outputs = new PlaceOutput[groups.length];
    int columns = shape.outputs() / groups.length;
    for (int group = 0; group < groups.length; group++) {
      SignRows rows = rows(weights, group * columns, columns);
      groups[group] = new BinaryProduct(rows);
      outputs[group] = output.make(places.signs(), new Borders(places, rows), group * columns,
          (group + 1) * columns);
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
   * @param shape the sizes, in the layout NHWC
   * @param result the format of the results
   * @throws IllegalArgumentException if the kernel, dilated, is larger than the padded image, that
   *     or the result has more than 2<sup>31</sup>-1 words, the layout or the shape of the weights
   *     is another, a format is wider than 64 bits, or an array cannot hold the packed signs
   */
  public static BinaryConv2d of(
      FixedFormat activations, FixedTensor weights, ConvShape shape, FixedFormat result) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(result, "result");
    return new BinaryConv2d(activations, weights, shape, result,
        (k, borders, first, last) -> PlaceOutput.sums(
            k, borders, last - first, shape.outputs(), first, result));
  }

  /**
   * Plans signs, words of {@link Signs#WORD}: +1 where a sum is at least its threshold.
   *
   * @param activations the format of the images
   * @param weights as for sums
   * @param shape as for sums
   * @param thresholds one for each output; they are copied
   * @throws IllegalArgumentException as for sums, or if there is not one threshold for each output
   */
  public static BinaryConv2d of(
      FixedFormat activations, FixedTensor weights, ConvShape shape, int... thresholds) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(thresholds, "thresholds");
    if (thresholds.length != shape.outputs()) {
      throw new IllegalArgumentException("thresholds has " + thresholds.length
          + " numbers: it must have " + shape.outputs() + ", one for each output");
    }
    return new BinaryConv2d(activations, weights, shape, Signs.WORD,
        (k, borders, first, last) -> PlaceOutput.signs(
            k, borders, Arrays.copyOfRange(thresholds, first, last), shape.outputs(), first));
  }

  /** Returns the sizes. */
  public ConvShape shape() {
    return shape;
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
    long images = x.size() / shape.imageSize();
    if (x.size() % shape.imageSize() != 0) {
      throw new IllegalArgumentException("x has " + x.size()
          + " words: it must be images of " + shape.imageSize());
    }
    Plan.requireSize("target", target, images * shape.places() * shape.outputs());
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

  private void pack(BinaryWork work, FixedTensor x, long image) {
    int columns = shape.width() * shape.channels();
    for (int row = 0; row < shape.height(); row++) {
      signs.pack(work, x.segment(), image * shape.imageSize() + (long) row * columns, columns,
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
    return "binary conv2d of the signs of " + activations + ", " + shape + "\n" + groups[0]
        + " -> " + result;
  }

  @Override
  public String toString() {
    return explain();
  }
}
