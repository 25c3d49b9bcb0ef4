package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Signs;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.write.QuantWriter.Value;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums of products, scales and shifts, as nodes that compute in floats. */
final class QuantProducts {
  private static final BigInteger FLOAT = Arithmetic.power(Float.PRECISION);

  private final GraphText graph;
  private final QuantNodes nodes;
  private final List<String> notes;

  QuantProducts(GraphText graph, QuantNodes nodes, List<String> notes) {
    this.graph = graph;
    this.nodes = nodes;
    this.notes = notes;
  }

  Words dense(Value x, DenseLayer layer, String path) throws OnnxException {
    FixedTensor weights = layer.weights().words();
    String product = graph.fresh();
    graph.add(layer.name(), product, "MatMul", List.of(x.numbers().tensor(),
        nodes.constant(weights, weights.dimension(0), weights.dimension(1))));
    Sums sums = sums(x.words(), Products.matrix(weights), layer.stage(), path);
    if (sums.bias != null) {
      product = graph.node(
          "Add", product, nodes.constant(sums.bias, sums.bias.size()));
    }
    return staged(sums.words.renamed(product), false, layer.stage(), path);
  }

  Words conv(Value x, ConvLayer layer, String path) throws OnnxException {
    FixedTensor weights = layer.weights().words();
    ImageShape image = image(x.type());
    Sums sums = sums(x.numbers(), Products.matrix(weights, image), layer.stage(), path);
    String product = graph.fresh();
    String constant = nodes.constant(weights, longs(weights.shape()));
    List<String> inputs = sums.bias == null
        ? List.of(x.words().tensor(), constant)
        : List.of(x.words().tensor(), constant,
            nodes.constant(sums.bias, sums.bias.size()));
    graph.add(layer.name(), product, "Conv", inputs,
        convolution(image, weights, layer.window()));
    return staged(sums.words.renamed(product), true, layer.stage(), path);
  }

  private static ImageShape image(TensorType type) {
    return ImageShape.of(type.shape().get(0), type.shape().get(1), type.shape().get(2));
  }

  private static long[] longs(int... shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }

  /** Returns how the window of a pooling moves. */
  static AttributeProto[] window(Window window) {
    return new AttributeProto[] {
      GraphText.attribute("kernel_shape",
          new long[] {window.kernelHeight(), window.kernelWidth()}),
      GraphText.attribute("strides", new long[] {window.strideY(), window.strideX()}),
      GraphText.attribute("pads", new long[] {window.paddingTop(), window.paddingLeft(),
        window.paddingBottom(), window.paddingRight()}),
      GraphText.attribute("ceil_mode", window.ceilMode() ? 1 : 0)};
  }

  private static AttributeProto[] convolution(
      ImageShape image, FixedTensor weights, Window window) {
    ImageShape output = window.output(image);
    // In ceil mode the last place needs as much padding as its last tap lies beyond.
    int bottom = window.ceilMode()
        ? window.row(output.height() - 1, window.kernelHeight() - 1) + 1 - image.height()
        : window.paddingBottom();
    int right = window.ceilMode()
        ? window.column(output.width() - 1, window.kernelWidth() - 1) + 1 - image.width()
        : window.paddingRight();
    return new AttributeProto[] {
      GraphText.attribute("kernel_shape",
          new long[] {window.kernelHeight(), window.kernelWidth()}),
      GraphText.attribute("strides", new long[] {window.strideY(), window.strideX()}),
      GraphText.attribute("dilations", new long[] {window.dilationY(), window.dilationX()}),
      GraphText.attribute("group", image.channels() / weights.dimension(1)),
      GraphText.attribute("pads", new long[] {window.paddingTop(), window.paddingLeft(),
        Math.max(0, bottom), Math.max(0, right)})};
  }

  /**
   * Sums, with the bias that they start from.
   *
   * @param words what they lie between, with the bias
   * @param bias the bias as an accumulator holds it, or null
   */
  private record Sums(Words words, @Nullable FixedTensor bias) {}

  private Sums sums(Words x, Matrix matrix, OutputStage stage, String path) throws OnnxException {
    FixedTensor bias = start(stage);
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    BigInteger most = matrix.magnitude(x);
    for (int group = 0; group < matrix.groups(); group++) {
      for (int column = 0; column < matrix.columns(); column++) {
        BigInteger[] bounds = matrix.bounds(group, column, x);
        low = low.min(bounds[0]);
        high = high.max(bounds[1]);
      }
    }
    Words sums = new Words(
        x.tensor(), Math.addExact(x.fractionBits(), matrix.fractionBits()), low, high);
    if (bias != null) {
      sums = Bounds.sum(sums, bias.format().fractionBits(), Elementwise.numbers(bias));
      most = most.max(sums.magnitude());
    }
    FixedFormat accumulator = stage.accumulator();
    if (accumulator != null && !keeps(sums, accumulator)) {
      throw new OnnxException("its accumulator " + accumulator + " changes sums that lie in "
          + sums.low() + ".." + sums.high() + " x 2^" + -sums.fractionBits()
          + ": QONNX has exact ones alone");
    }
    if (most.compareTo(FLOAT) >= 0) {
      notes.add("Sums of layer '" + path + "' can take " + most.bitLength()
          + " bits: tools that compute in floats, of " + Float.PRECISION
          + " bits, may round them.");
    }
    return new Sums(sums, bias);
  }

  /** Returns whether an accumulator keeps all sums of some of the products, exactly. */
  private static boolean keeps(Words sums, FixedFormat accumulator) {
    int shift = accumulator.fractionBits() - sums.fractionBits();
    return shift >= 0 && accumulator.keeps(sums.low().min(BigInteger.ZERO).shiftLeft(shift))
        && accumulator.keeps(sums.high().max(BigInteger.ZERO).shiftLeft(shift));
  }

  private static @Nullable FixedTensor start(OutputStage stage) {
    FixedTensor bias = stage.bias();
    FixedFormat accumulator = stage.accumulator();
    if (bias == null || accumulator == null) {
      return bias;
    }
    FixedTensor start = FixedTensor.allocate(accumulator, Math.toIntExact(bias.size()));
    for (long i = 0; i < bias.size(); i++) {
      start.setRaw(i, bias.value(i).cast(accumulator).raw().longValue());
    }
    return start;
  }

  private Words staged(Words sums, boolean image, OutputStage stage, String path)
      throws OnnxException {
    Words y = stage.relu() ? Bounds.relu(sums).renamed(graph.node("Relu", sums.tensor())) : sums;
    int left = stage.steps().size();
    y = nodes.cast(
        y, stage.outputs().getFirst(), graph.fresh(), left == 0 ? path : graph.fresh(), false);
    for (OutputStage.Step step : stage.steps()) {
      y = switch (step) {
        case OutputStage.ScaleAndShift s -> scaleAndShift(y, image, graph.fresh(),
            --left == 0 ? path : graph.fresh(), s.scale(), s.shift(), s.result());
        case OutputStage.ResidualAdd _ -> throw new IllegalStateException(
            "the layers of networks have no residual");
      };
    }
    return y;
  }

  /** Multiplies with a number for each channel, adds another, and casts. */
  Words scaleAndShift(Words x, boolean image, String name, String path, FixedTensor scale,
      FixedTensor shift, FixedFormat result) throws OnnxException {
    long[] shape = image ? new long[] {scale.size(), 1, 1} : new long[] {scale.size()};
    String product = graph.fresh();
    graph.add(name, product, "Mul", List.of(x.tensor(), nodes.constant(scale, shape)));
    String sum = graph.node("Add", product, nodes.constant(shift, shape));
    Words y = Bounds.sum(
        Bounds.product(x, scale.format().fractionBits(), Elementwise.numbers(scale)),
        shift.format().fractionBits(), Elementwise.numbers(shift));
    return nodes.cast(y.renamed(sum), result, graph.fresh(), path, false);
  }

  Value binaryDense(Value x, BinaryDenseLayer layer, String path, TensorType type)
      throws OnnxException {
    FixedTensor weights = layer.weights();
    String product = graph.fresh();
    graph.add(layer.name(), product, "MatMul",
        List.of(signs(x), nodes.signs(weights, longs(weights.shape()))));
    return outcome(product, weights.dimension(0), false, layer.result(), path, type);
  }

  Value binaryConv(Value x, BinaryConvLayer layer, String path, TensorType type)
      throws OnnxException {
    FixedTensor weights = layer.weights();
    String product = graph.fresh();
    graph.add(layer.name(), product, "Conv",
        List.of(signs(x), nodes.signs(weights, longs(weights.shape()))),
        convolution(image(x.type()), weights, layer.window()));
    return outcome(product, Math.toIntExact(weights.size() / weights.dimension(0)), true,
        layer.result(), path, type);
  }

  /** Returns the signs of what comes to a layer. */
  private String signs(Value x) {
    if (x.signs()) {
      return x.words().tensor();
    }
    String signs = graph.fresh();
    nodes.sign(signs, signs, x.words().tensor());
    return signs;
  }

  private Value outcome(String product, int depth, boolean image, BinaryResult result, String path,
      TensorType type) throws OnnxException {
    return switch (result) {
      case BinaryResult.Sums sums -> new Value(nodes.cast(
          new Words(product, 0, BigInteger.valueOf(-depth), BigInteger.valueOf(depth)),
          sums.format(), graph.fresh(), path, false), type, false);
      case BinaryResult.Signs signs -> {
        FixedTensor thresholds = signs.thresholds();
        String above = graph.node("Sub", product, nodes.constant(thresholds, image
            ? new long[] {thresholds.size(), 1, 1}
            : new long[] {thresholds.size()}));
        nodes.sign(graph.fresh(), path, above);
        yield new Value(Words.of(path, Signs.WORD), type, true);
      }
    };
  }
}
