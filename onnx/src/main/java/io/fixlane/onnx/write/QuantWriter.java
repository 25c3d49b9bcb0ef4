package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
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
import io.fixlane.onnx.QuantModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes a network as a model of QONNX: floats that Quant nodes cast into what words stand for.
 * Images lie channels first, as most operators of ONNX take them.
 */
public final class QuantWriter {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final String INPUT = "input";
  private static final int IMAGE = 3;

  private final GraphText graph = new GraphText("fixlane");
  private final QuantNodes nodes = new QuantNodes(graph);
  private final List<String> notes = new ArrayList<>();
  private final QuantProducts products = new QuantProducts(graph, nodes, notes);
  private final SequencedMap<String, TensorType> results;

  private QuantWriter(Network network) {
    this.results = network.resultTypes();
  }

  /**
   * Returns the model of a network.
   *
   * @throws OnnxException if QONNX has no nodes for what a layer computes; the layer is named
   */
  public static QuantModel of(Network network) throws OnnxException {
    QuantWriter writer = new QuantWriter(network);
    return new QuantModel(writer.model(network).toByteArray(), writer.notes);
  }

  /**
   * What a layer gives.
   *
   * @param words the numbers that its words stand for
   * @param type what the words are
   * @param signs whether they stand for signs, -1 and +1
   */
  record Value(Words words, TensorType type, boolean signs) {
    boolean isImage() {
      return type.shape().size() == IMAGE;
    }

    /** Returns the numbers, which must not be signs. */
    Words numbers() throws OnnxException {
      if (signs) {
        throw new OnnxException("it takes signs as words, 0 and -1: in QONNX they are +1 and -1, "
            + "which layers of signs, maxPool and flatten take alike");
      }
      return words;
    }
  }

  private ModelProto model(Network network) throws OnnxException {
    TensorType type = network.inputType();
    if (type.shape().size() != 1 && type.shape().size() != IMAGE) {
      throw new OnnxException("samples have " + type.shape().size()
          + " dimensions: models of QONNX are written of features and of images");
    }
    String name = results.containsKey(INPUT) ? graph.fresh() : INPUT;
    graph.proto().addInput(
        GraphText.value(DataType.FLOAT, name, type.toString(), shape(type)));
    Value end = add("", network.layers(), input(name, type));
    graph.proto().addOutput(GraphText.value(DataType.FLOAT, end.words.tensor(),
        end.type.toString(), shape(end.type)));
    return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("fixlane")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(QuantNodes.DOMAIN).setVersion(1))
        .setGraph(graph.proto()).build();
  }

  private Value input(String name, TensorType type) throws OnnxException {
    FixedFormat format = type.format();
    String output = graph.fresh();
    if (format.signed() && format.width() == 1 && format.fractionBits() == 0) {
      nodes.sign(output, output, name);
      return new Value(Words.of(output, format), type, true);
    }
    try {
      return new Value(
          nodes.cast(Words.of(name, format), format, output, output, true), type, false);
    } catch (OnnxException e) {
      throw new OnnxException("the input: " + e.getMessage(), e);
    }
  }

  private static List<Integer> shape(TensorType type) {
    List<Integer> shape = type.shape();
    return shape.size() == IMAGE
        ? List.of(shape.get(2), shape.get(0), shape.get(1))
        : shape;
  }

  private Value add(String block, List<Layer> layers, Value first) throws OnnxException {
    Value x = first;
    for (Layer layer : layers) {
      String path = block + layer.name();
      List<Value> taken = new ArrayList<>();
      if (layer instanceof BlockLayer blockLayer) {
        for (Branch branch : blockLayer.branches()) {
          taken.add(add(path + " > " + branch.role() + " > ", branch.layers(), x));
        }
      } else {
        taken.add(x);
      }
      TensorType type = results.get(path);
      try {
        x = layer(layer, taken.getFirst(), taken.getLast(), path, type);
      } catch (OnnxException | ArithmeticException e) {
        throw new OnnxException("layer '" + path + "': " + e.getMessage(), e);
      }
      graph.proto().addValueInfo(
          GraphText.value(DataType.FLOAT, path, type.toString(), shape(type)));
    }
    return x;
  }

  private Value layer(Layer layer, Value x, Value shortcut, String path, TensorType type)
      throws OnnxException {
    String name = layer.name();
    return switch (layer) {
      case DenseLayer dense -> numbers(products.dense(x, dense, path), type);
      case ConvLayer conv -> numbers(products.conv(x, conv, path), type);
      case BinaryDenseLayer dense -> products.binaryDense(x, dense, path, type);
      case BinaryConvLayer conv -> products.binaryConv(x, conv, path, type);
      case ScaleAndShiftLayer scale -> numbers(products.scaleAndShift(x.numbers(), x.isImage(),
          name, path, scale.scale().words(), scale.shift(), scale.result()), type);
      case UnaryLayer unary -> numbers(unary(x.numbers(), unary, path), type);
      case ThresholdLayer stairs -> new Value(
          nodes.multiThreshold(x.numbers(), x.type(), stairs, path), type, false);
      case PoolLayer pool -> pool(x, pool, path, type);
      case GlobalAverageLayer average -> numbers(global(x.numbers(), average, path), type);
      case FlattenLayer _ -> flatten(x, name, path, type);
      case UpsampleLayer larger -> upsampled(x, larger, path, type);
      case ConcatLayer block -> concat(x, shortcut, block, path, type);
      case ResidualLayer residual -> numbers(sum(
          x.numbers(), shortcut.numbers(), residual, path), type);
    };
  }

  private static Value numbers(Words words, TensorType type) {
    return new Value(words, type, false);
  }

  /** Adds the first node of a layer, which has its name, and returns the name of its result. */
  private String named(String name, String operator, List<String> inputs,
      AttributeProto... attributes) {
    String output = graph.fresh();
    graph.add(name, output, operator, inputs, attributes);
    return output;
  }

  private Words unary(Words x, UnaryLayer layer, String path) throws OnnxException {
    String name = layer.name();
    return switch (layer.function()) {
      case UnaryLayer.Identity _ -> nodes.cast(x, layer.result(), name, path, false);
      case UnaryLayer.Relu _ -> cast(
          Bounds.relu(x).renamed(named(name, "Relu", List.of(x.tensor()))), layer.result(), path);
      case UnaryLayer.LeakyRelu leaky -> {
        float slope = QuantNodes.exact(
            leaky.slope().raw(), leaky.slope().format().fractionBits());
        Words y = Bounds.leaky(x, leaky.slope());
        yield cast(y.renamed(named(name, "LeakyRelu", List.of(x.tensor()),
            GraphText.attribute("alpha", slope))), layer.result(), path);
      }
      case UnaryLayer.LookUp _ -> throw new OnnxException(
          "it is a table of any words: QONNX has no node for it");
    };
  }

  private Words cast(Words x, FixedFormat to, String path) throws OnnxException {
    return nodes.cast(x, to, graph.fresh(), path, false);
  }

  private Value pool(Value x, PoolLayer layer, String path, TensorType type)
      throws OnnxException {
    AttributeProto[] window = QuantProducts.window(layer.window());
    return switch (layer.function()) {
      case PoolLayer.Max _ -> {
        graph.add(layer.name(), path, "MaxPool", List.of(x.words.tensor()), window);
        yield new Value(x.words.renamed(path), type, x.signs);
      }
      case PoolLayer.Average average -> {
        AttributeProto[] more = Arrays.copyOf(window, window.length + 1);
        more[window.length] =
            GraphText.attribute("count_include_pad", average.paddingCounts() ? 1 : 0);
        Words y = Bounds.average(x.numbers()).renamed(
            named(layer.name(), "AveragePool", List.of(x.words.tensor()), more));
        yield numbers(cast(y, average.result(), path), type);
      }
    };
  }

  private Words global(Words x, GlobalAverageLayer layer, String path) throws OnnxException {
    Words y = Bounds.average(x).renamed(
        named(layer.name(), "GlobalAveragePool", List.of(x.tensor())));
    String cast = graph.fresh();
    Words words = cast(y, layer.result(), cast);
    graph.add(graph.fresh(), path, "Flatten", List.of(cast));
    return words.renamed(path);
  }

  private Value flatten(Value x, String name, String path, TensorType type) {
    String tensor = x.isImage()
        ? graph.node("Transpose", List.of(x.words.tensor()),
            GraphText.attribute("perm", new long[] {0, 2, 3, 1}))
        : x.words.tensor();
    graph.add(name, path, "Flatten", List.of(tensor));
    return new Value(x.words.renamed(path), type, x.signs);
  }

  private Value upsampled(Value x, UpsampleLayer layer, String path, TensorType type) {
    String scales =
        graph.floats(new float[] {1, 1, layer.factorY(), layer.factorX()}, IMAGE + 1);
    graph.add(layer.name(), path, "Resize", List.of(x.words.tensor(), "", scales),
        GraphText.attribute("coordinate_transformation_mode", "asymmetric"),
        GraphText.attribute("mode", "nearest"), GraphText.attribute("nearest_mode", "floor"));
    return new Value(x.words.renamed(path), type, x.signs);
  }

  private Value concat(Value first, Value second, ConcatLayer layer, String path,
      TensorType type) throws OnnxException {
    FixedFormat result = layer.result();
    boolean same = first.type.format().equals(result) && second.type.format().equals(result)
        && first.signs == second.signs;
    List<String> inputs = same
        ? List.of(first.words.tensor(), second.words.tensor())
        : List.of(first.numbers().tensor(), second.numbers().tensor());
    AttributeProto axis = GraphText.attribute("axis", 1);
    if (same) {
      graph.add(layer.name(), path, "Concat", inputs, axis);
      return new Value(first.words.renamed(path), type, first.signs);
    }
    Words both = Bounds.either(first.words, second.words)
        .renamed(named(layer.name(), "Concat", inputs, axis));
    return numbers(cast(both, result, path), type);
  }

  private Words sum(Words body, Words shortcut, ResidualLayer layer, String path)
      throws OnnxException {
    Words sum = Bounds.sum(body, shortcut).renamed(
        named(layer.name(), "Add", List.of(body.tensor(), shortcut.tensor())));
    Words y = layer.relu() ? Bounds.relu(sum).renamed(graph.node("Relu", sum.tensor())) : sum;
    return cast(y, layer.result(), path);
  }
}
