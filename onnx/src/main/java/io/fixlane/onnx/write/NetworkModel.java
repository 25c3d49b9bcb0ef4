package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Signs;
import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.BlockLayer.Branch;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.shape.ImageShape;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Writes a network as a model whose numbers are its words. */
public final class NetworkModel {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final String INPUT = "input";

  private final GraphText graph = new GraphText("fixlane");
  private final Arithmetic math = new Arithmetic(graph);
  private final Casts casts = new Casts(math);
  private final Elementwise elementwise = new Elementwise(math, casts);
  private final Products products = new Products(math, casts, elementwise);
  private final Poolings poolings = new Poolings(math, casts);
  private final SequencedMap<String, TensorType> results;

  private NetworkModel(Network network) {
    this.results = network.resultTypes();
  }

  /**
   * Returns the model of a network. It takes the words of samples as 64-bit integers, N x the
   * dimensions of a sample, and gives those of results; the words of every layer have its name, as
   * {@link Network#trace} has it.
   *
   * @throws OnnxException if integers of 64 bits do not hold what a layer computes; the layer is
   *     named
   */
  public static ModelProto of(Network network) throws OnnxException {
    return new NetworkModel(network).model(network);
  }

  private ModelProto model(Network network) throws OnnxException {
    TensorType input = network.inputType();
    String name = results.containsKey(INPUT) ? graph.fresh() : INPUT;
    graph.proto().addInput(GraphText.value(name, input.toString(), input.shape()));
    Tensor end = add("", network.layers(), new Tensor(Words.of(name, input.format()), input));
    graph.proto().addOutput(
        GraphText.value(end.words.tensor(), end.type.toString(), end.type.shape()));
    return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("fixlane")
        .setDocString("Words of fixed-point numbers as integers: those of the input are "
            + input.format() + ", those of the output " + end.type.format())
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addMetadataProps(entry("input", input.format().toString()))
        .addMetadataProps(entry("output", end.type.format().toString()))
        .setGraph(graph.proto()).build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey("fixlane." + key).setValue(value).build();
  }

  /**
   * What a layer gives.
   *
   * @param words its words
   * @param type what they are
   */
  private record Tensor(Words words, TensorType type) {}

  private Tensor add(String block, List<Layer> layers, Tensor first) throws OnnxException {
    Tensor x = first;
    for (Layer layer : layers) {
      String path = block + layer.name();
      List<Tensor> taken = new ArrayList<>();
      if (layer instanceof BlockLayer blockLayer) {
        for (Branch branch : blockLayer.branches()) {
          taken.add(add(path + " > " + branch.role() + " > ", branch.layers(), x));
        }
      } else {
        taken.add(x);
      }
      TensorType type = results.get(path);
      Words words;
      try {
        words = layer(layer, taken.getFirst(), taken.getLast());
      } catch (OnnxException | ArithmeticException e) {
        throw new OnnxException("layer '" + path + "': " + e.getMessage(), e);
      }
      graph.named(path, "Identity", List.of(words.tensor()));
      graph.proto().addValueInfo(GraphText.value(path, type.toString(), type.shape()));
      x = new Tensor(words.renamed(path), type);
    }
    return x;
  }

  private Words layer(Layer layer, Tensor x, Tensor shortcut) throws OnnxException {
    return switch (layer) {
      case DenseLayer dense -> products.dense(
          x.words, dense.weights().words(), dense.stage());
      case ConvLayer conv -> products.conv(x.words, image(x.type), conv.weights().words(),
          conv.window(), conv.stage());
      case BinaryDenseLayer dense -> binary(
          products.denseSums(signs(x.words), Products.matrix(units(dense.weights()))),
          dense.result());
      case BinaryConvLayer conv -> binary(
          products.convSums(signs(x.words), image(x.type),
              Products.matrix(units(conv.weights()), image(x.type)), conv.window()),
          conv.result());
      case ScaleAndShiftLayer scale -> elementwise.scaleAndShift(x.words, scale);
      case UnaryLayer unary -> elementwise.unary(x.words, x.type, unary);
      case ThresholdLayer stairs -> elementwise.threshold(x.words, x.type, stairs);
      case PoolLayer pool -> poolings.pool(x.words, image(x.type), pool);
      case GlobalAverageLayer average -> poolings.global(
          x.words, image(x.type), average.result());
      case FlattenLayer _ -> x.words.renamed(graph.node(
          "Reshape", x.words.tensor(), graph.list(0, x.type.size())));
      case UpsampleLayer larger -> upsampled(x, larger);
      case ConcatLayer block -> concat(x, shortcut, block.result());
      case ResidualLayer residual -> {
        Words sum = math.sum(x.words, shortcut.words);
        yield casts.cast(
            residual.relu() ? math.relu(sum) : sum, null, residual.result());
      }
    };
  }

  /** Copies pixels along dimensions of their own, which then become rows and columns. */
  private Words upsampled(Tensor x, UpsampleLayer layer) {
    ImageShape image = image(x.type);
    int y = layer.factorY();
    int z = layer.factorX();
    String blocks = graph.node("Reshape", x.words.tensor(),
        graph.list(0, image.height(), 1, image.width(), 1, image.channels()));
    String copied = graph.node("Tile", blocks, graph.list(1, 1, y, 1, z, 1));
    return x.words.renamed(graph.node("Reshape", copied, graph.list(
        0, (long) image.height() * y, (long) image.width() * z, image.channels())));
  }

  private Words concat(Tensor first, Tensor second, FixedFormat result) throws OnnxException {
    Words a = casts.cast(first.words, first.type.format(), result);
    Words b = casts.cast(second.words, second.type.format(), result);
    return Words.of(graph.node("Concat", List.of(a.tensor(), b.tensor()),
        GraphText.attribute("axis", -1)), result);
  }

  private static ImageShape image(TensorType type) {
    return ImageShape.of(type.shape().get(0), type.shape().get(1), type.shape().get(2));
  }

  /** Returns -1 where a word is negative, else 1. */
  private Words signs(Words x) {
    return new Words(
        math.where(math.negative(x), graph.constant(-1), graph.constant(1)), 0,
        BigInteger.ONE.negate(), BigInteger.ONE);
  }

  /** Returns the weights that signs stand for: words of two bits. */
  private static FixedTensor units(FixedTensor signs) {
    FixedTensor units =
        FixedTensor.allocate(FixedFormat.integers(2), signs.shape());
    for (long i = 0; i < signs.size(); i++) {
      units.setRaw(i, signs.raw(i) < 0 ? -1 : 1);
    }
    return units;
  }

  private Words binary(Words sums, BinaryResult result) throws OnnxException {
    return switch (result) {
      case BinaryResult.Sums cast -> casts.cast(sums, null, cast.format());
      case BinaryResult.Signs signs -> {
        String less = graph.node(
            "Less", sums.tensor(), elementwise.constant(signs.thresholds()).tensor());
        yield Words.of(
            math.where(less, graph.constant(-1), graph.constant(0)), Signs.WORD);
      }
    };
  }
}
