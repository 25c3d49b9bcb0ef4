package io.fixlane.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.djl.util.passthrough.PassthroughNDArray;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network as a block: {@code (FixlaneSymbolBlock) model.getBlock()}.
 *
 * <p>It takes one array, a batch of samples, of any engine. Its numbers are cast into the format of
 * the network's input, and the result, an array of the same manager, holds the values of the words
 * that the network gives, each the nearest float of 32 bits. Images may lie as N x channels x rows
 * x columns or N x rows x columns x channels, which the shape tells or the option {@code layout};
 * results that are images lie as those that came.
 *
 * <p>A {@link PassthroughNDArray} that holds a {@link FixedTensor} is words already: it gives
 * another that holds the words of the results, as {@link Network#run(FixedTensor)} does.
 *
 * <p>Any number of threads may run a block at once.
 */
public final class FixlaneSymbolBlock extends AbstractSymbolBlock {
  private final Network network;
  private final ModelOptions options;
  private final Map<String, String> metadata;

  /**
   * Makes the block.
   *
   * @throws IllegalArgumentException if the network has no images, and the options say how they lie
   */
  FixlaneSymbolBlock(LoadedNetwork loaded, ModelOptions options) {
    this.network = loaded.network();
    this.options = options.requireFor(network);
    this.metadata = Map.of("fixlane.input", network.inputType().toString(),
        "fixlane.output", network.resultFormat() + " "
            + Arrays.toString(network.resultShape()),
        "fixlane.notes", String.join(System.lineSeparator(), loaded.notes()));
  }

  /** Returns the network. */
  public Network network() {
    return network;
  }

  @Override
  protected NDList forwardInternal(ParameterStore parameterStore, NDList inputs, boolean training,
      @Nullable PairList<String, Object> params) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "there are " + inputs.size() + " inputs: the network takes one");
    }
    NDArray input = inputs.singletonOrThrow();
    if (input instanceof PassthroughNDArray array && array.getObject() instanceof FixedTensor x) {
      return new NDList(new PassthroughNDArray(network.run(x)));
    }
    int[] sample = network.inputShape();
    ImageLayout layout = ImageLayout.of(sample, input.getShape(), options.layout());
    FixedTensor words = network.run(SampleWords.of(input, layout, network.inputType()));
    return new NDList(values(words, layout, input.getManager()));
  }

  private NDArray values(FixedTensor words, ImageLayout layout, NDManager manager) {
    int[] shape = network.resultShape();
    float[] values = words.dequantize(new float[Math.toIntExact(words.size())]);
    boolean turned = shape.length == 3 && layout == ImageLayout.NCHW;
    if (turned) {
      values = ImageLayout.channelsFirst(values, shape[0] * shape[1], shape[2]);
    }
    Shape result = (turned ? ImageLayout.NCHW : ImageLayout.NHWC).batch(words.dimension(0), shape);
    if (manager instanceof FixlaneNDManager ours) {
      return ours.floats(values, result);
    }
    return manager.create(FloatBuffer.wrap(values), result, DataType.FLOAT32);
  }

  /** Returns the shape of a batch, with -1 for the number of samples. */
  @Override
  public PairList<String, Shape> describeInput() {
    ImageLayout layout = options.layout() == null ? ImageLayout.NHWC : options.layout();
    return new PairList<>(List.of("input"), List.of(layout.batch(-1, network.inputShape())));
  }

  /** Returns the shape of a batch's results, with -1 for the number of samples. */
  @Override
  public PairList<String, Shape> describeOutput() {
    return new PairList<>(List.of("output"), List.of(resultShape(-1)));
  }

  private Shape resultShape(int samples) {
    int[] shape = network.resultShape();
    boolean turned = shape.length == 3 && options.layout() == ImageLayout.NCHW;
    return (turned ? ImageLayout.NCHW : ImageLayout.NHWC).batch(samples, shape);
  }

  /** Returns the shape of the results of a batch of the given shape. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    int[] sample = network.inputShape();
    ImageLayout layout = ImageLayout.of(sample, inputShapes[0], options.layout());
    int[] shape = network.resultShape();
    ImageLayout results = shape.length == 3 ? layout : ImageLayout.NHWC;
    return new Shape[] {results.batch(Math.toIntExact(inputShapes[0].get(0)), shape)};
  }

  /** Returns none: the words of a network are constants. */
  @Override
  public ParameterList getDirectParameters() {
    return new ParameterList();
  }

  /**
   * Returns the formats and shapes of the input and of the results, {@code fixlane.input} and
   * {@code fixlane.output}, and what words leave out of a model of ONNX, {@code fixlane.notes}.
   */
  @Override
  public Map<String, String> getCustomMetadata() {
    return metadata;
  }

  /** Returns the layers with their formats and shapes. */
  @Override
  public String toString() {
    return network.toString();
  }
}
