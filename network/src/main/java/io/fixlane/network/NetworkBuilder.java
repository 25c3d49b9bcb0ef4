package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.ChainBuilder;
import io.fixlane.network.words.Formats;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Builds a {@link Network}, layer by layer. Each layer takes what the one before gives, is checked
 * and planned when it is added, and copies its words. What a layer cannot be is refused with an
 * {@link IllegalArgumentException} that names the layer; the builder is then as it was before.
 *
 * <p>A name is 1 to 100 letters, digits, blanks and {@code _ . / : -} of ASCII, and no other layer
 * of the network has it. Formats have at most 64 bits, and -1024 to 1024 of them below the binary
 * point. Images are rows x columns x channels (NHWC). A builder is for one thread.
 *
 * {@snippet class="io.fixlane.network.NetworkExample" region="build"}
 */
public final class NetworkBuilder {
  private final ChainBuilder layers;

  NetworkBuilder(ChainBuilder layers) {
    this.layers = layers;
  }

  /**
   * Adds a matrix product and what follows it, as {@link io.fixlane.kernels.Gemm} computes them.
   *
   * @param name the layer's name
   * @param weights k x n words, k being the features of the input
   * @param stage bias, accumulator, relu, scales and result format; no residual, and one format for
   *     all channels
   */
  public NetworkBuilder dense(String name, Weights weights, OutputStage stage) {
    return add(name, () -> new DenseLayer(name, weights, stage));
  }

  /**
   * Adds a convolution and what follows it, as {@link io.fixlane.kernels.Conv2d} computes them. The
   * groups are as many as the channels of a group go into the channels of the input: one channel in
   * each, and as many outputs as channels, make a depthwise convolution.
   *
   * @param name the layer's name
   * @param weights outputs x channels of a group x kernelHeight x kernelWidth words
   * @param window how the kernel moves; taps outside the image are skipped
   * @param stage as {@link #dense} takes it
   */
  public NetworkBuilder conv2d(String name, Weights weights, Window window, OutputStage stage) {
    return add(name, () -> new ConvLayer(name, weights, window, stage));
  }

  /**
   * Adds a matrix product of signs, as {@link BinaryDenseLayer} says.
   *
   * @param name the layer's name
   * @param weights k x n words, k being the features of the input, of which the signs are kept
   * @param result what becomes of the sums
   */
  public NetworkBuilder binaryDense(String name, FixedTensor weights, BinaryResult result) {
    return add(name, () -> new BinaryDenseLayer(name, weights, result));
  }

  /**
   * Adds a convolution of signs, as {@link BinaryConvLayer} says. Padding counts as 0.
   *
   * @param name the layer's name
   * @param weights outputs x channels of a group x kernelHeight x kernelWidth words, of which the
   *     signs are kept
   * @param window how the kernel moves
   * @param result what becomes of the sums
   */
  public NetworkBuilder binaryConv2d(
      String name, FixedTensor weights, Window window, BinaryResult result) {
    return add(name, () -> new BinaryConvLayer(name, weights, window, result));
  }

  /**
   * Adds {@code (RESULT) (x * scale[c] + shift[c])} for each channel c: the batch-norm of a
   * deployed network.
   *
   * @param name the layer's name
   * @param scale one word for each channel, or feature
   * @param shift as many words
   * @param result RESULT
   */
  public NetworkBuilder scaleAndShift(
      String name, Weights scale, FixedTensor shift, FixedFormat result) {
    return add(name, () -> new ScaleAndShiftLayer(name, scale, shift, result));
  }

  /** Adds {@code (RESULT) max(x, 0)}. */
  public NetworkBuilder relu(String name, FixedFormat result) {
    return add(name, () -> new UnaryLayer(name, new Relu(), result));
  }

  /**
   * Adds {@code (RESULT) x}, with x 2<sup>-slopeShift</sup>, exactly, in the place of a negative x.
   *
   * @param name the layer's name
   * @param slopeShift the slope is 2<sup>-slopeShift</sup>; 0 or more
   * @param result RESULT
   */
  public NetworkBuilder leakyRelu(String name, int slopeShift, FixedFormat result) {
    return add(name, () -> new UnaryLayer(name, new LeakyRelu(Formats.slope(slopeShift)), result));
  }

  /**
   * Adds {@code (RESULT) x}, with slope x, exactly, in the place of a negative x.
   *
   * @param name the layer's name
   * @param slope the slope, a constant
   * @param result RESULT
   */
  public NetworkBuilder leakyRelu(String name, Fixed slope, FixedFormat result) {
    Objects.requireNonNull(slope, "slope");
    return add(name, () -> new UnaryLayer(name, new LeakyRelu(slope), result));
  }

  /**
   * Adds a table, as {@link io.fixlane.kernels.Elementwise#lookUp(FixedFormat, FixedTensor)} reads
   * it: any function of words of at most 16 bits.
   *
   * @param name the layer's name
   * @param table the word of the result for each word of the input, from the smallest to the
   *     largest in value
   */
  public NetworkBuilder lookUp(String name, FixedTensor table) {
    Objects.requireNonNull(table, "table");
    return add(name, () -> new UnaryLayer(name, new LookUp(table), table.format()));
  }

  /**
   * Adds a staircase, as {@link io.fixlane.kernels.Threshold} computes it.
   *
   * @param name the layer's name
   * @param thresholds one ascending list for all words, or one for each channel, or feature:
   *     channels x thresholds
   * @param start the result of a word that reaches no threshold, in the format of the results
   * @param step what each threshold adds to the raw word
   */
  public NetworkBuilder threshold(String name, FixedTensor thresholds, Fixed start, long step) {
    return add(name, () -> new ThresholdLayer(name, thresholds, start, step));
  }

  /** Adds {@code (RESULT) x}. */
  public NetworkBuilder cast(String name, FixedFormat result) {
    return add(name, () -> new UnaryLayer(name, new Identity(), result));
  }

  /**
   * Adds, for each channel, the largest word under a kernel, as
   * {@link io.fixlane.kernels.Pool2d#max} computes it. The format stays as it is.
   *
   * @param name the layer's name
   * @param window how the kernel moves, without dilation; its padding is smaller than it, and never
   *     the largest
   */
  public NetworkBuilder maxPool(String name, Window window) {
    return add(name, () -> new PoolLayer(name, window, new Max()));
  }

  /**
   * Adds, for each channel, the average of the words under a kernel that lie in the image: the
   * exact quotient of sum and count, cast once, as {@link io.fixlane.kernels.Pool2d#average}
   * computes it.
   *
   * @param name the layer's name
   * @param window how the kernel moves, without dilation; its padding is smaller than it
   * @param result what the quotient is cast into
   */
  public NetworkBuilder averagePool(String name, Window window, FixedFormat result) {
    return add(name, () -> new PoolLayer(name, window, new Average(false, result)));
  }

  /**
   * Adds averages in which padding counts as zeros, as
   * {@link io.fixlane.kernels.Pool2d#averageOfPadded} computes them.
   *
   * @param name the layer's name
   * @param window how the kernel moves, without dilation; its padding is smaller than it
   * @param result what the quotient is cast into
   */
  public NetworkBuilder averagePoolOfPadded(String name, Window window, FixedFormat result) {
    return add(name, () -> new PoolLayer(name, window, new Average(true, result)));
  }

  /**
   * Adds the average of each channel over the whole image, as features.
   *
   * @param name the layer's name
   * @param result what the quotient is cast into
   */
  public NetworkBuilder globalAveragePool(String name, FixedFormat result) {
    return add(name, () -> new GlobalAverageLayer(name, result));
  }

  /** Adds a layer that gives all words of a sample as features, in row-major order. */
  public NetworkBuilder flatten(String name) {
    return add(name, () -> new FlattenLayer(name));
  }

  /**
   * Adds a larger image, each pixel a block of the same ones: a nearest-neighbour resize.
   *
   * @param name the layer's name
   * @param factorY the rows of such a block
   * @param factorX its columns
   */
  public NetworkBuilder upsample(String name, int factorY, int factorX) {
    return add(name, () -> new UpsampleLayer(name, factorY, factorX));
  }

  /**
   * Adds a block with a shortcut, {@code (RESULT) (body(x) + x)}.
   *
   * @param name the block's name
   * @param body adds the layers of the body, one at least
   * @param result RESULT
   */
  public NetworkBuilder add(String name, Consumer<NetworkBuilder> body, FixedFormat result) {
    return add(name, body, _ -> {}, result);
  }

  /**
   * Adds a block of two branches, {@code (RESULT) (body(x) + shortcut(x))}.
   *
   * @param name the block's name
   * @param body adds the layers of the body, one at least
   * @param shortcut adds the layers of the shortcut, if any
   * @param result RESULT
   */
  public NetworkBuilder add(String name, Consumer<NetworkBuilder> body,
      Consumer<NetworkBuilder> shortcut, FixedFormat result) {
    return block(name, body, shortcut, false, result);
  }

  /**
   * Adds a block with a shortcut, {@code (RESULT) max(body(x) + x, 0)}.
   *
   * @param name the block's name
   * @param body adds the layers of the body, one at least
   * @param result RESULT
   */
  public NetworkBuilder residualAdd(
      String name, Consumer<NetworkBuilder> body, FixedFormat result) {
    return residualAdd(name, body, _ -> {}, result);
  }

  /**
   * Adds a block of two branches, {@code (RESULT) max(body(x) + shortcut(x), 0)}.
   *
   * @param name the block's name
   * @param body adds the layers of the body, one at least
   * @param shortcut adds the layers of the shortcut, if any
   * @param result RESULT
   */
  public NetworkBuilder residualAdd(String name, Consumer<NetworkBuilder> body,
      Consumer<NetworkBuilder> shortcut, FixedFormat result) {
    return block(name, body, shortcut, true, result);
  }

  /**
   * Adds a block of two branches whose results lie side by side, as {@link
   * io.fixlane.network.layer.ConcatLayer} says: the channels of the second behind those of the
   * first. A skip of a U-net is {@code concat("skip", _ -> {}, smaller -> ..., result)}.
   *
   * @param name the block's name
   * @param first adds the layers of one branch, if any
   * @param second adds the layers of the other; one of both has a layer
   * @param result what the words of both are cast into
   */
  public NetworkBuilder concat(String name, Consumer<NetworkBuilder> first,
      Consumer<NetworkBuilder> second, FixedFormat result) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    Objects.requireNonNull(result, "result");
    layers.addConcat(name, branch -> first.accept(new NetworkBuilder(branch)),
        branch -> second.accept(new NetworkBuilder(branch)), result);
    return this;
  }

  private NetworkBuilder block(String name, Consumer<NetworkBuilder> body,
      Consumer<NetworkBuilder> shortcut, boolean relu, FixedFormat result) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(shortcut, "shortcut");
    Objects.requireNonNull(result, "result");
    layers.addBlock(name, branch -> body.accept(new NetworkBuilder(branch)),
        branch -> shortcut.accept(new NetworkBuilder(branch)), relu, result);
    return this;
  }

  /**
   * Adds a layer as it is described, of any kind.
   *
   * @param layer the layer; a block's layers are added with it
   */
  public NetworkBuilder add(Layer layer) {
    Objects.requireNonNull(layer, "layer");
    return add(layer.name(), () -> layer);
  }

  private NetworkBuilder add(String name, Supplier<Layer> layer) {
    Objects.requireNonNull(name, "name");
    layers.add(name, layer);
    return this;
  }

  private TensorType result() {
    return layers.chain().result();
  }

  /** Returns the format of what the last layer gives, or of the input where there is none. */
  public FixedFormat resultFormat() {
    return result().format();
  }

  /** Returns the shape of what the last layer gives for a sample, as a new array. */
  public int[] resultShape() {
    return result().dimensions();
  }

  /**
   * Returns the network of the layers so far.
   *
   * @throws IllegalArgumentException if there is no layer, or this builder is of a block
   */
  public Network build() {
    if (layers.isBranch()) {
      throw new IllegalArgumentException("a block is no network: the builder around it builds one");
    }
    return new Network(layers.network());
  }
}
