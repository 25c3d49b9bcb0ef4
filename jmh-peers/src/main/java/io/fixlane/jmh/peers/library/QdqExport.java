package io.fixlane.jmh.peers.library;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.peers.library.QdqGraph.Bytes;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A residual network of words of 8 bits as the quantized model that tools for ONNX Runtime write of
 * it: operators of floats between QuantizeLinear and DequantizeLinear, images channels first. All
 * scales are powers of two, and no sum needs more than a float holds: the words are the same.
 */
public final class QdqExport {
  private final QdqGraph graph = new QdqGraph();

  private QdqExport() {}

  /**
   * Returns the model's bytes, with the input "x" and the output "y".
   *
   * @param batch how many images a run has
   * @throws IllegalArgumentException if the network has a layer of another kind
   */
  public static byte[] of(Network network, int batch) {
    int[] image = network.inputShape();
    QdqExport export = new QdqExport();
    Bytes input = export.graph.input(
        "x", network.inputFormat(), batch, image[2], image[0], image[1]);
    Bytes result = export.layers(input, network.layers());
    return export.graph.write(result, "y", batch, network.resultShape()[0]);
  }

  private Bytes layers(Bytes input, List<Layer> layers) {
    Bytes bytes = input;
    for (Layer layer : layers) {
      bytes = switch (layer) {
        case ConvLayer conv -> conv(bytes, conv);
        case DenseLayer dense -> dense(bytes, dense);
        case ResidualLayer block -> block(bytes, block);
        case GlobalAverageLayer average -> average(bytes, average);
        default -> throw new IllegalArgumentException(
            layer.name() + " is of a kind that the model does not have");
      };
    }
    return bytes;
  }

  private Bytes conv(Bytes input, ConvLayer layer) {
    Window window = layer.window();
    String sum = graph.node("Conv", List.of(graph.dequantize(input), weights(layer.weights()),
        bias(input, layer.weights(), layer.stage())),
        OnnxModel.list("strides", window.strideY(), window.strideX()),
        OnnxModel.list("pads", window.paddingTop(), window.paddingLeft(), window.paddingBottom(),
            window.paddingRight()));
    return stage(sum, layer.stage());
  }

  private Bytes dense(Bytes input, DenseLayer layer) {
    Bytes features = new Bytes(graph.node("Flatten", List.of(input.name())), input.format());
    return stage(graph.node("Gemm", List.of(graph.dequantize(features), weights(layer.weights()),
        bias(input, layer.weights(), layer.stage()))), layer.stage());
  }

  private Bytes block(Bytes input, ResidualLayer block) {
    Bytes body = layers(input, block.body());
    Bytes shortcut = layers(input, block.shortcut());
    return cast(graph.node("Add", List.of(graph.dequantize(body), graph.dequantize(shortcut))),
        block.relu(), block.result());
  }

  private Bytes average(Bytes input, GlobalAverageLayer layer) {
    return graph.quantize(
        graph.node("GlobalAveragePool", List.of(graph.dequantize(input))), layer.result());
  }

  private Bytes stage(String sum, OutputStage stage) {
    if (!stage.steps().isEmpty() || stage.accumulator() != null) {
      throw new IllegalArgumentException(
          "the stage has steps or an accumulator: it must have none");
    }
    return cast(sum, stage.relu(), stage.outputs().getFirst());
  }

  /** Words without a sign saturate at 0, which is what a relu does. */
  private Bytes cast(String sum, boolean relu, FixedFormat format) {
    return graph.quantize(
        relu && format.signed() ? graph.node("Relu", List.of(sum)) : sum, format);
  }

  private String weights(Weights weights) {
    FixedTensor words = weights.words();
    byte[] bytes = new byte[Math.toIntExact(words.size())];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) words.raw(i);
    }
    long[] shape = new long[words.rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = words.dimension(i);
    }
    return graph.constant(OnnxModel.Type.INT8, bytes, words.format().fractionBits(), shape);
  }

  private String bias(Bytes input, Weights weights, OutputStage stage) {
    FixedTensor bias = stage.bias();
    int fractionBits = input.format().fractionBits() + weights.words().format().fractionBits();
    if (bias == null || bias.format().fractionBits() != fractionBits) {
      throw new IllegalArgumentException(
          "a layer lacks a bias that has as many fraction bits as its products");
    }
    ByteBuffer words =
        ByteBuffer.allocate(Math.toIntExact(bias.size()) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < bias.size(); i++) {
      words.putInt((int) bias.raw(i));
    }
    return graph.constant(OnnxModel.Type.INT32, words.array(), fractionBits, bias.size());
  }
}
