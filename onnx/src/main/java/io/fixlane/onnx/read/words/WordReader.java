package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Layer;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.QuantizedNetwork;
import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Arrangements;
import io.fixlane.onnx.read.Entrance;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Reading;
import io.fixlane.onnx.read.Signal;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.DataTypes;
import io.fixlane.onnx.read.numbers.Linear;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Quantizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a graph of quantized numbers as a network of integers. */
public final class WordReader {
  private static final int MOST_NODES = 10_000;
  private static final String CHANNELS_LAST = "qonnx.custom_op.channels_last";
  private static final String KNOWN =
      "known are Add, ArgMax, AveragePool, BatchNormalization, BipolarQuant, Clip, Concat, "
          + "Constant, Conv, DequantizeLinear, Div, Dropout, Flatten, Gemm, GlobalAveragePool, "
          + "Identity, IntQuant, LeakyRelu, MatMul, MaxPool, Mul, MultiThreshold, Pad, QGemm, "
          + "QLinearAdd, QLinearAveragePool, QLinearConcat, QLinearConv, "
          + "QLinearGlobalAveragePool, QLinearMatMul, Quant, QuantizeLinear, ReduceMean, Relu, "
          + "Reshape, Resize, Shape, Softmax, Squeeze, Sub, TopK, Transpose, Trunc, Unsqueeze "
          + "and Upsample";

  /** What arranges or selects quantized numbers, as it does numbers. */
  private static final Set<String> ARRANGE = Set.of("Dropout", "Flatten", "Identity", "MaxPool",
      "Reshape", "Resize", "Shape", "Squeeze", "Transpose", "Unsqueeze", "Upsample");
  private static final Set<String> TAKE =
      Set.of("Clip", "DequantizeLinear", "QGemm", "QLinearAdd", "QLinearAveragePool",
          "QLinearConcat", "QLinearConv",
          "QLinearGlobalAveragePool", "QLinearMatMul");

  private final WordGraph graph;
  private final WordProducts products;
  private final WordElements elements;
  private final WordPoolings poolings;
  private final Truncations truncations;
  private final MultiThresholds thresholds;
  private final WordJoins joins;
  private final WordResizes resizes;
  private final WordLinear linear;
  private final Arrangements<Step> arrangements;
  private final WordEnd end;

  private WordReader(ModelGraph model) {
    Reading<Step> reading = new Reading<>(model);
    this.graph = new WordGraph(reading);
    this.products = new WordProducts(graph);
    this.elements = new WordElements(graph);
    this.poolings = new WordPoolings(graph);
    this.truncations = new Truncations(graph);
    this.thresholds = new MultiThresholds(graph);
    this.joins = new WordJoins(graph);
    this.resizes = new WordResizes(graph);
    this.linear = new WordLinear(graph, products, poolings);
    this.arrangements = new Arrangements<>(reading);
    this.end = new WordEnd(graph);
  }

  /**
   * Returns the network of a graph.
   *
   * @param inputFormat the format of the words of a sample; null where a Quant says it
   * @throws OnnxException if it has what no layer computes; the node is named
   */
  public static QuantizedNetwork read(ModelGraph model, @Nullable FixedFormat inputFormat)
      throws OnnxException {
    if (model.nodes().size() > MOST_NODES) {
      throw new OnnxException("has " + model.nodes().size() + " nodes: at most " + MOST_NODES
          + " are read");
    }
    return new WordReader(model).network(inputFormat);
  }

  private QuantizedNetwork network(@Nullable FixedFormat inputFormat) throws OnnxException {
    ModelGraph model = graph.reading().graph();
    Layout input = new Entrance(model).layout();
    graph.reading().put(model.input(), new Signal<>(input, begin(inputFormat)));
    for (ModelNode node : model.nodes()) {
      if (node.outputs().isEmpty() || node.outputs().getFirst().isEmpty()) {
        throw node.refuse("it gives nothing");
      }
      if (!constant(node)) {
        Linear linear = quantized(node);
        graph.put(node, read(node));
        if (linear != null && ARRANGE.contains(node.operator())) {
          graph.put(node, linear);
        }
      }
    }
    Signal<Step> last = end.signal();
    Step first = last.link();
    while (first.before() != null) {
      first = first.required();
    }
    end.describe("A word of a sample", first.meaning());
    List<Layer> layers = new ArrayList<>(new WordAssembly().layers(last.link(), first));
    if (layers.isEmpty()) {
      throw new OnnxException("the output '" + model.output() + "' is the input: there must be a "
          + "layer between");
    }
    try {
      return new QuantizedNetwork(
          Network.of(first.format(), shape(input), layers), end.notes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new OnnxException("makes no network: " + e.getMessage(), e);
    }
  }

  /** Returns the beginning, of a format that is given, or that the model says of its input. */
  private Step begin(@Nullable FixedFormat inputFormat) {
    String type = graph.reading().graph().inputType();
    FixedFormat format =
        inputFormat == null && type != null ? DataTypes.format(type) : inputFormat;
    return Step.input(format, inputFormat == null && Quantizer.SIGN.equals(format)
        ? Meaning.SIGN
        : Meaning.EXACT);
  }

  private static int[] shape(Layout input) {
    return switch (input) {
      case Layout.Image image -> new int[] {image.height(), image.width(), image.channels()};
      case Layout.Features features -> new int[] {features.count()};
    };
  }

  /**
   * Returns the scale and zero of quantized numbers that a node takes; null where it takes none.
   *
   * @throws OnnxException if it is a node of numbers
   */
  private @Nullable Linear quantized(ModelNode node) throws OnnxException {
    Linear first = null;
    for (String input : node.inputs()) {
      Linear linear = graph.linear(input);
      if (linear != null && !ARRANGE.contains(node.operator())
          && !TAKE.contains(node.operator())) {
        throw node.refuse("it takes quantized numbers: DequantizeLinear must come first");
      }
      first = first == null ? linear : first;
    }
    return first;
  }

  /** Keeps what a node gives that takes constants alone; returns whether it does. */
  private boolean constant(ModelNode node) throws OnnxException {
    ModelGraph model = graph.reading().graph();
    if (model.fold(node)) {
      return true;
    }
    if (node.operator().equals("Shape") && graph.isComputed(node, 0)) {
      model.put(graph.shape(node));
      return true;
    }
    if (!node.hasInput(0) || graph.isComputed(node, 0)) {
      return false;
    }
    if (node.operator().equals("QuantizeLinear") && graph.words(node.input(0)) == null) {
      model.put(LinearConstants.quantized(graph.reading(), node));
      return true;
    }
    if (node.operator().equals("DequantizeLinear") && graph.words(node.input(0)) == null) {
      graph.put(node, LinearConstants.constant(graph.reading(), node));
      return true;
    }
    Constant words = graph.words(node.input(0));
    if (words != null) {
      graph.put(node, arranged(node, words));
      return true;
    }
    Quantizer quantizer = quantizer(node);
    if (quantizer == null) {
      return false;
    }
    graph.put(node, quantizer.constant(graph.reading().constant(node, 0)));
    return true;
  }

  private Constant arranged(ModelNode node, Constant words) throws OnnxException {
    ModelGraph model = graph.reading().graph();
    var tensor = model.arranged(node, words.tensor());
    var units = words.units();
    if (tensor == null) {
      throw node.refuse("it takes the constant " + words + ", which a Quant gives: such are read "
          + "where products and sums take them, and where they are only arranged");
    }
    if (units == null || units.size() == 1) {
      return new Constant(tensor, words.format(), units);
    }
    if (!node.operator().equals("Transpose")) {
      throw node.refuse("it arranges the constant " + words
          + ", which has scales of its own: only Transpose may");
    }
    return new Constant(tensor, words.format(), model.arranged(node, units));
  }

  private @Nullable Quantizer quantizer(ModelNode node) throws OnnxException {
    if (!Quantizer.isDomain(node.domain())) {
      return null;
    }
    return switch (node.operator()) {
      case "Quant", "IntQuant" -> Quantizer.quant(graph.reading(), node);
      case "BipolarQuant" -> Quantizer.bipolar(graph.reading(), node);
      default -> null;
    };
  }

  private Signal<Step> read(ModelNode node) throws OnnxException {
    Quantizer quantizer = quantizer(node);
    if (quantizer != null) {
      Step step = graph.reading().signal(node, 0).link();
      return quantizer.isSign() || Chains.isInexact(step)
          || Quantizer.isPowerOfTwo(quantizer.onlyScale()) && !step.hasScale()
              ? elements.quantized(node, quantizer)
              : linear.quantize(node, quantizer);
    }
    boolean channelsLast = node.domain().equals(CHANNELS_LAST);
    if (node.operator().equals("MultiThreshold") && Quantizer.isDomain(node.domain())) {
      return thresholds.read(node);
    }
    return switch (node.operator()) {
      case "Trunc" -> truncations.read(node);
      case "FloatQuant" -> throw node.refuse("its numbers are floats: they have no format");
      case "Conv" -> products.conv(node, channelsLast);
      case "MaxPool" -> poolings.max(node, channelsLast);
      case "AveragePool" -> poolings.average(node, channelsLast);
      case "QGemm" -> linear.gemm(node);
      case "QLinearAdd" -> linear.add(node, elements);
      case "QLinearConcat" -> linear.concat(node, joins);
      case "QLinearAveragePool" -> linear.average(node, false);
      case "QLinearGlobalAveragePool" -> linear.average(node, true);
      default -> {
        if (!node.domain().isEmpty()) {
          throw node.refuse("operators of its domain are not read but those of QONNX: " + KNOWN);
        }
        yield plain(node);
      }
    };
  }

  private Signal<Step> plain(ModelNode node) throws OnnxException {
    return switch (node.operator()) {
      case "Add" -> elements.add(node);
      case "ArgMax", "TopK" -> end.largest(node);
      case "BatchNormalization" -> elements.batchNormalization(node);
      case "Clip" -> linear.clip(node);
      case "Concat" -> joins.concat(node);
      case "DequantizeLinear" -> linear.dequantize(node);
      case "Div" -> elements.divide(node);
      case "Dropout" -> graph.reading().dropout(node);
      case "Flatten" -> arrangements.flatten(node);
      case "Gemm" -> products.gemm(node);
      case "GlobalAveragePool" -> poolings.global(node);
      case "Identity" -> graph.reading().only(node);
      case "LeakyRelu" -> elements.leakyRelu(node);
      case "MatMul" -> products.matMul(node);
      case "Mul" -> elements.multiply(node);
      case "Pad" -> arrangements.pad(node);
      case "QLinearConv" -> linear.conv(node);
      case "QLinearMatMul" -> linear.matMul(node);
      case "QuantizeLinear" -> linear.quantize(node);
      case "ReduceMean" -> poolings.mean(node);
      case "Relu" -> elements.relu(node);
      case "Reshape" -> arrangements.reshape(node);
      case "Resize" -> resizes.resize(node);
      case "Softmax", "LogSoftmax", "Sigmoid" -> end.leftOut(node);
      case "Squeeze" -> arrangements.squeeze(node);
      case "Sub" -> elements.subtract(node);
      case "Transpose" -> arrangements.transpose(node);
      case "Unsqueeze" -> arrangements.unsqueeze(node);
      case "Upsample" -> resizes.upsample(node);
      default -> throw node.refuse("the operator is not read: " + KNOWN);
    };
  }
}
