package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.khot.KHotTerms;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.threads.Tasks;
import io.fixlane.kernels.tiles.Products;
import io.fixlane.kernels.tiles.Sums;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.ChannelGroup;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A two-dimensional convolution with constant weights, as a layer is in HLS code: for each output
 * channel and place, the loop of {@link Gemm} over the channels of its group, then kernel rows,
 * then kernel columns, each ascending. Taps outside the image are skipped.
 *
 * <p>The plan packs the weights once, proves what is exact, and chooses the fastest kernel that is;
 * {@link #explain} says which, and why. A plan is immutable; any number of threads may run it at
 * once.
 *
 * {@snippet class="io.fixlane.kernels.example.Conv2dExample" region="conv"}
 */
public final class Conv2d {
  private final FixedFormat activations;
  private final FixedTensor weights;
  private final ImageShape image;
  private final Window window;
  private final ImageShape output;
  private final OutputStage stage;
  private final int groups;
  private final LayerPlan[] plans;
  private final Sums.Output[] outputs;

  private Conv2d(FixedFormat activations, FixedTensor weights, ImageShape image, Window window,
      int groups, OutputStage stage, @Nullable TermPlanes terms, @Nullable Unit forced) {
    int channels = ConvWeights.channelsOfGroup(weights, image, window, groups);
    int count = weights.dimension(0);
    this.activations = activations;
    this.weights = weights;
    this.image = image;
    this.window = window;
    this.output = window.output(image).withChannels(count);
    this.stage = stage;
    stage.requireChannels(count);
    if (window.leaves(image)) {
      stage.requireStableStarts();
    }
    // Channels that each have an output of their own are one group, lane by lane.
    boolean depthwise = groups > 1 && channels == 1 && groups == count;
    this.groups = groups;
    this.plans = new LayerPlan[depthwise ? 1 : groups];
    this.outputs = new Sums.Output[plans.length];
    int columns = count / plans.length;
    int read = image.channels() / plans.length;
    int run = depthwise || window.dilationX() == 1
        ? window.kernelWidth() * channels
        : channels;
    for (int group = 0; group < plans.length; group++) {
      int first = group * columns;
      OutputStage own = stage.slice(first, first + columns);
      ConvWeights matrix = new ConvWeights(weights, first, columns, true);
      ConvWeights steps = new ConvWeights(weights, first, columns, false);
      ChannelGroup source = new ChannelGroup(image, window, group * read, read);
      plans[group] = pointwise()
          ? LayerPlan.of(activations, weights.format(), matrix, null, own, channels, channels,
              false, terms, forced, Products::ofMatrix)
          : LayerPlan.of(activations, weights.format(), matrix, steps, own, run, channels,
              depthwise, terms, forced, (choice, spec, relu, formats) -> Products.ofImage(choice,
                  spec, source, choice.stepByStep(), relu, formats));
      FixedFormat residual = stage.residual();
      outputs[group] = image.layout() == Layout.NHWC
          ? plans[group].output()
          : new ChannelsFirst(plans[group].output(), Container.of(stage.result()),
              residual == null ? null : Container.of(residual));
    }
  }

  /** Returns whether the convolution is a matrix product of the pixels. */
  private boolean pointwise() {
    return window.taps() == 1 && output.pixels() == image.pixels() && !window.leaves(image)
        && groups == 1 && image.layout() == Layout.NHWC;
  }

  /**
   * Plans a convolution of one group.
   *
   * @param activations the format of the image
   * @param weights outputs x channels x kernelHeight x kernelWidth words
   * @param image the sizes and the layout of an image
   * @param window how the kernel moves
   * @param stage bias, accumulator, relu and output
   * @throws IllegalArgumentException as the method with groups
   */
  public static Conv2d of(FixedFormat activations, FixedTensor weights, ImageShape image,
      Window window, OutputStage stage) {
    return of(activations, weights, image, window, 1, stage);
  }

  /**
   * Plans a convolution. It takes memory in proportion to its packed weights, as {@link Gemm#of}
   * says.
   *
   * @param activations the format of the image
   * @param weights outputs x channels of a group x kernelHeight x kernelWidth words, whatever the
   *     layout of the image; they are packed
   * @param image the sizes and the layout of an image
   * @param window how the kernel moves
   * @param groups into how many groups channels and outputs are divided: each output takes the
   *     channels of its own group; as many as channels and outputs make a depthwise convolution
   * @param stage bias, accumulator, relu and output
   * @throws IllegalArgumentException if the kernel is too large for the padded image, that or the
   *     result has more than 2<sup>31</sup>-1 words, the groups do not divide channels and outputs,
   *     the weights have another shape or do not fit in an array when they are packed, what the
   *     stage has for each channel is not there for every output, a format is wider than 64 bits, a
   *     sum needs more than 128, or a tap lies outside the image and the sums start from -2^(W-1)
   *     in an AP_SAT_SYM accumulator: a step that adds 0 changes that word, and HLS code takes no
   *     steps outside
   */
  public static Conv2d of(FixedFormat activations, FixedTensor weights, ImageShape image,
      Window window, int groups, OutputStage stage) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(stage, "stage");
    return new Conv2d(activations, weights, image, window, groups, stage, null, null);
  }

  /** Plans a convolution with K-hot weights by shifts and additions. */
  static Conv2d shiftAdd(FixedFormat activations, KHotTerms weights, ImageShape image,
      Window window, int groups, OutputStage stage) {
    return new Conv2d(activations, weights.words(), image, window, groups, stage,
        weights.termPlanes(), null);
  }

  /** Plans a convolution with a unit whether or not it is exact. */
  static Conv2d forced(FixedFormat activations, FixedTensor weights, ImageShape image,
      Window window, int groups, OutputStage stage, Unit unit) {
    return new Conv2d(activations, weights, image, window, groups, stage, null, unit);
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
   * Computes all images of a tensor.
   *
   * @param x any number of images, in the plan's layout
   * @param target as many results, in the same layout
   * @throws IllegalArgumentException if the stage adds a residual, a tensor has another format or
   *     size than the plan, the target is read-only, or the tensors overlap
   */
  public void run(FixedTensor x, FixedTensor target) {
    compute(x, null, target, Runnable::run, 1);
  }

  /**
   * Computes all images of a tensor on several threads. The results are the same bits for any
   * number of them.
   *
   * @param x any number of images, in the plan's layout
   * @param target as many results, in the same layout
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts images and their rows are divided at most
   * @throws IllegalArgumentException as {@link #run(FixedTensor, FixedTensor)}, or if {@code parts}
   *     is not positive, or is more than 1 and a tensor lies in a confined arena
   */
  public void run(FixedTensor x, FixedTensor target, Executor executor, int parts) {
    compute(x, null, target, executor, parts);
  }

  /**
   * Computes all images of a tensor, and adds a residual to them.
   *
   * @param x any number of images, in the plan's layout
   * @param residual as many words as results, in the same layout; it may be the target
   * @param target as many results, in the same layout
   * @throws IllegalArgumentException if the stage adds no residual, or as
   *     {@link #run(FixedTensor, FixedTensor)}
   */
  public void run(FixedTensor x, FixedTensor residual, FixedTensor target) {
    run(x, residual, target, Runnable::run, 1);
  }

  /**
   * Computes all images of a tensor on several threads, and adds a residual to them.
   *
   * @param x any number of images, in the plan's layout
   * @param residual as many words as results, in the same layout; it may be the target
   * @param target as many results, in the same layout
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts images and their rows are divided at most
   * @throws IllegalArgumentException if the stage adds no residual, or as
   *     {@link #run(FixedTensor, FixedTensor, Executor, int)}
   */
  public void run(FixedTensor x, FixedTensor residual, FixedTensor target, Executor executor,
      int parts) {
    compute(x, Objects.requireNonNull(residual, "residual"), target, executor, parts);
  }

  private void compute(FixedTensor x, @Nullable FixedTensor residual, FixedTensor target,
      Executor executor, int parts) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(executor, "executor");
    long strips = check(x, residual, target, parts) * plans.length;
    if (parts == 1) {
      for (long i = 0; i < strips; i++) {
        compute(x, residual, target, i, 0, output.pixels());
      }
      return;
    }
    // A strip is one group of one image, and a piece some of its rows.
    int each = Math.clamp(Math.ceilDiv(parts, Math.max(1, strips)), 1, output.height());
    long pieces = strips * each;
    int tasks = (int) Math.min(parts, pieces);
    Tasks.run(tasks, parts, executor, task -> {
      long last = Tasks.first(pieces, tasks, task + 1);
      for (long piece = Tasks.first(pieces, tasks, task); piece < last; piece++) {
        int part = (int) (piece % each);
        compute(x, residual, target, piece / each, place(each, part), place(each, part + 1));
      }
    });
  }

  /** Returns the first place of a part of the rows. */
  private int place(int parts, int part) {
    return (int) Tasks.first(output.height(), parts, part) * output.width();
  }

  /** Returns the number of images. */
  private long check(FixedTensor x, @Nullable FixedTensor residual, FixedTensor target,
      int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts is " + parts + ": it must be positive");
    }
    Tasks.requireShared("x", x.segment(), parts);
    Tasks.requireShared("target", target.segment(), parts);
    Plan.requireFormat("x", x, activations);
    Plan.requireFormat("target", target, stage.result());
    long images = images(x);
    long results = images * output.size();
    Plan.requireSize("target", target, results);
    stage.requireResidual(residual != null);
    if (target.segment().isReadOnly()) {
      throw new IllegalArgumentException("target is read-only: it must be writable");
    }
    if (x.segment().asOverlappingSlice(target.segment()).isPresent()) {
      throw new IllegalArgumentException("x and target overlap: they must be apart");
    }
    if (residual != null) {
      Tasks.requireShared("residual", residual.segment(), parts);
      Plan.requireFormat("residual", residual, stage.residual());
      Plan.requireSize("residual", residual, results);
      Memory.requireNoOverlap("residual", residual, target, true);
    }
    return images;
  }

  private long images(FixedTensor x) {
    if (x.size() % image.size() != 0) {
      throw new IllegalArgumentException(
          "x has " + x.size() + " words: it must be images of " + image.size());
    }
    return x.size() / image.size();
  }

  /** Computes places of one group of one image; index counts groups within images. */
  void compute(FixedTensor x, @Nullable FixedTensor residual, FixedTensor target, long index,
      int firstPlace, int lastPlace) {
    long number = index / plans.length;
    int group = (int) (index % plans.length);
    int columns = output.channels() / plans.length;
    boolean planes = image.layout() == Layout.NCHW;
    long result = number * output.size()
        + (planes ? (long) group * columns * output.pixels() : (long) group * columns);
    int stride = planes ? output.pixels() : output.channels();
    Workspace work = Workspace.own();
    work.input = x.segment();
    work.inputOffset = number * image.size() * Container.of(activations).bytes();
    work.inputStride = image.channels();
    work.output = target.segment();
    work.outputOffset = result * Container.of(stage.result()).bytes();
    work.outputStride = stride;
    if (residual != null) {
      work.residual = residual.segment();
      work.residualOffset = result * Container.of(stage.residual()).bytes();
      work.residualStride = stride;
    }
    Sums sums = plans[group].sums();
    try {
      sums.sum(work, firstPlace, lastPlace, 0, sums.panels(), outputs[group]);
    } finally {
      work.release();
    }
  }

  /**
   * Returns statistics to count into, empty; they see sums before the cast from the accumulator.
   *
   * @throws IllegalArgumentException if exact sums may need more than 64 bits
   */
  public CastStatistics newStatistics() {
    return new CastStatistics(casts().sums());
  }

  /**
   * Counts what the casts of sums into the output's format do. Each call makes a plan that forms
   * the sums anew, and writes no results.
   *
   * @param x any number of images, in the plan's layout
   * @param statistics what to count into, made by {@link #newStatistics} of this or an equal plan
   * @throws IllegalArgumentException if x has another format or size than the plan, the statistics
   *     count values of another format, or exact sums may need more than 64 bits
   */
  public void count(FixedTensor x, CastStatistics statistics) {
    Plan.requireFormat("x", x, activations);
    Objects.requireNonNull(statistics, "statistics");
    int images = Math.toIntExact(images(x));
    SumCasts casts = casts();
    Plan.requireSource(statistics, casts.sums());
    Conv2d sums = of(activations, weights, image, window, groups, casts.stage(stage));
    FixedTensor words = FixedTensor.allocate(casts.sums(), output.size());
    int neighbours = output.layout() == Layout.NHWC ? 1 : output.pixels();
    for (int i = 0; i < images; i++) {
      sums.run(x.reshape(images, image.size()).row(i), words);
      casts.count(words, output.channels(), neighbours, statistics);
    }
  }

  private SumCasts casts() {
    int products = Math.toIntExact(weights.size() / output.channels());
    return SumCasts.of(activations.times(weights.format()), products, stage);
  }

  /**
   * Returns what the plan does and why: formats, the bound of the sums, the kernel, the bytes of
   * the packed weights, and why each other kernel was refused; of the first group.
   */
  public String explain() {
    return "conv2d " + activations + " x " + plans[0].spec().weightFormat() + ", " + window
        + ", "
        + image + " to " + output + (groups == 1 ? "" : ", " + groups + " groups") + "\n"
        + plans[0].explain(stage);
  }

  @Override
  public String toString() {
    return explain();
  }
}
