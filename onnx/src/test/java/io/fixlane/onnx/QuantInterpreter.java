package io.fixlane.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Computes models of quantized numbers as QONNX's documents say, in doubles: the judge of what they
 * are read as, which knows nothing of words and formats.
 */
final class QuantInterpreter {
  private final Map<String, Numbers> values = new HashMap<>();

  private QuantInterpreter() {}

  /** Returns what every node of a model gives, by name. */
  static Map<String, Numbers> run(ModelProto model, Numbers input) {
    QuantInterpreter interpreter = new QuantInterpreter();
    GraphProto graph = model.getGraph();
    for (TensorProto tensor : graph.getInitializerList()) {
      interpreter.values.put(tensor.getName(), constant(tensor));
    }
    String name = graph.getInputList().stream().map(value -> value.getName())
        .filter(other -> !interpreter.values.containsKey(other)).findFirst().orElseThrow();
    interpreter.values.put(name, input);
    for (NodeProto node : graph.getNodeList()) {
      interpreter.values.put(node.getOutput(0), interpreter.compute(node));
    }
    return interpreter.values;
  }

  static Numbers constant(TensorProto tensor) {
    int[] shape = tensor.getDimsList().stream().mapToInt(Long::intValue).toArray();
    double[] data = new double[Numbers.size(shape)];
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean isRaw = tensor.hasRawData();
    for (int i = 0; i < data.length; i++) {
      data[i] = switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
        case FLOAT -> isRaw ? raw.getFloat() : tensor.getFloatData(i);
        case INT64 -> isRaw ? raw.getLong() : tensor.getInt64Data(i);
        case INT32 -> isRaw ? raw.getInt() : tensor.getInt32Data(i);
        case INT8 -> isRaw ? raw.get() : tensor.getInt32Data(i);
        case UINT8 -> isRaw ? raw.get() & 0xff : tensor.getInt32Data(i);
        default -> throw new IllegalArgumentException(tensor.getName());
      };
    }
    return new Numbers(data, shape);
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst()
        .orElse(AttributeProto.getDefaultInstance());
  }

  private static long integer(NodeProto node, String name, long otherwise) {
    AttributeProto attribute = attribute(node, name);
    return attribute.hasI() ? attribute.getI() : otherwise;
  }

  private static int[] list(NodeProto node, String name, int... otherwise) {
    AttributeProto attribute = attribute(node, name);
    return attribute.getIntsCount() == 0
        ? otherwise
        : attribute.getIntsList().stream().mapToInt(Long::intValue).toArray();
  }

  private Numbers input(NodeProto node, int place) {
    return values.get(node.getInput(place));
  }

  private Numbers compute(NodeProto node) {
    Numbers x = node.getInputCount() == 0 ? Numbers.scalar(0) : input(node, 0);
    boolean last = node.getDomain().endsWith("channels_last");
    return switch (node.getOpType()) {
      case "Quant", "IntQuant" -> quant(node, x);
      case "BipolarQuant" -> x.map(v -> v >= 0 ? 1 : -1).with(input(node, 1), (v, s) -> v * s);
      case "Trunc" -> trunc(node, x);
      case "Add" -> x.with(input(node, 1), Double::sum);
      case "Sub" -> x.with(input(node, 1), (a, b) -> a - b);
      case "Mul" -> x.with(input(node, 1), (a, b) -> a * b);
      case "Div" -> x.with(input(node, 1), (a, b) -> a / b);
      case "Pow" -> x.with(input(node, 1), Math::pow);
      case "Relu" -> x.map(v -> Math.max(v, 0));
      case "LeakyRelu" -> {
        double alpha = attribute(node, "alpha").getF();
        yield x.map(v -> v < 0 ? alpha * v : v);
      }
      case "BatchNormalization" -> batchNormalization(node, x);
      case "MatMul" -> x.product(input(node, 1));
      case "Gemm" -> {
        Numbers w = input(node, 1);
        Numbers y = x.product(integer(node, "transB", 0) != 0 ? w.transposed(1, 0) : w);
        yield node.getInputCount() > 2 ? y.with(input(node, 2), Double::sum) : y;
      }
      case "Conv" -> last
          ? last(conv(node, first(x), first(input(node, 1))))
          : conv(node, x, input(node, 1));
      case "MaxPool", "AveragePool" -> last ? last(pool(node, first(x))) : pool(node, x);
      case "GlobalAveragePool" -> pool(
          NodeProto.newBuilder().addAttribute(ModelBuilder.attribute("kernel_shape",
              new int[] {x.dimension(2), x.dimension(3)})).build(),
          x);
      case "Transpose" -> x.transposed(list(node, "perm"));
      case "Flatten" -> x.reshaped(x.dimension(0), x.data().length / x.dimension(0));
      case "Reshape" -> reshaped(x, input(node, 1));
      case "Unsqueeze" -> unsqueezed(node, x);
      case "Squeeze" -> squeezed(node, x);
      case "Shape" -> new Numbers(Arrays.stream(x.shape()).mapToDouble(d -> d).toArray(),
          x.shape().length);
      case "Gather" -> Numbers.scalar(x.data()[(int) input(node, 1).data()[0]]);
      case "Concat" -> concatenated(node);
      case "Resize" -> resized(node, x);
      case "MultiThreshold" -> multiThreshold(node, x);
      case "Identity", "Softmax" -> x;
      default -> throw new IllegalArgumentException(node.getOpType());
    };
  }

  private Numbers concatenated(NodeProto node) {
    List<Numbers> parts = node.getInputList().stream().map(values::get).toList();
    int rank = parts.getFirst().shape().length;
    int axis = (int) integer(node, "axis", 0);
    axis += axis < 0 ? rank : 0;
    int[] shape = parts.getFirst().shape().clone();
    int outer = IntStream.range(0, axis).map(i -> shape[i]).reduce(1, (a, b) -> a * b);
    double[] all = new double[parts.stream().mapToInt(part -> part.data().length).sum()];
    int at = 0;
    for (int row = 0; row < outer; row++) {
      for (Numbers part : parts) {
        int size = part.data().length / outer;
        System.arraycopy(part.data(), row * size, all, at, size);
        at += size;
      }
    }
    int place = axis;
    shape[axis] = parts.stream().mapToInt(part -> part.dimension(place)).sum();
    return new Numbers(all, shape);
  }

  /** The nearest, for whole factors: the pixel in whose block one lies. */
  private Numbers resized(NodeProto node, Numbers x) {
    double[] scales = input(node, 2).data();
    int[] shape = IntStream.range(0, 4).map(i -> (int) (x.dimension(i) * scales[i])).toArray();
    double[] y = new double[Numbers.size(shape)];
    for (int i = 0; i < y.length; i++) {
      int place = 0;
      int rest = i;
      int inner = 1;
      for (int d = 3; d >= 0; d--) {
        place += (int) (rest % shape[d] / scales[d]) * inner;
        rest /= shape[d];
        inner *= x.dimension(d);
      }
      y[i] = x.data()[place];
    }
    return new Numbers(y, shape);
  }

  private Numbers multiThreshold(NodeProto node, Numbers x) {
    Numbers thresholds = input(node, 1);
    boolean last = attribute(node, "data_layout").getS().toStringUtf8().equals("NHWC");
    int axis = last ? x.shape().length - 1 : 1;
    int inner = 1;
    for (int d = axis + 1; d < x.shape().length; d++) {
      inner *= x.dimension(d);
    }
    AttributeProto given = attribute(node, "out_scale");
    double scale = given.hasF() ? given.getF() : 1;
    double bias = attribute(node, "out_bias").getF();
    double[] y = new double[x.data().length];
    for (int i = 0; i < y.length; i++) {
      int row = thresholds.dimension(0) == 1 ? 0 : i / inner % x.dimension(axis);
      int reached = 0;
      for (int t = 0; t < thresholds.dimension(1); t++) {
        reached += x.data()[i] >= thresholds.data()[row * thresholds.dimension(1) + t] ? 1 : 0;
      }
      y[i] = scale * reached + bias;
    }
    return new Numbers(y, x.shape());
  }

  private static Numbers reshaped(Numbers x, Numbers to) {
    int[] shape = new int[to.data().length];
    int known = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = to.data()[i] == 0 ? x.dimension(i) : (int) to.data()[i];
      known *= shape[i] < 0 ? 1 : shape[i];
    }
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? x.data().length / known : shape[i];
    }
    return x.reshaped(shape);
  }

  private static Numbers unsqueezed(NodeProto node, Numbers x) {
    int[] axes = list(node, "axes", 0);
    int[] shape = new int[x.shape().length + axes.length];
    int next = 0;
    for (int i = 0; i < shape.length; i++) {
      int at = i;
      shape[i] = Arrays.stream(axes).anyMatch(axis -> axis == at) ? 1 : x.dimension(next++);
    }
    return x.reshaped(shape);
  }

  private static Numbers squeezed(NodeProto node, Numbers x) {
    int[] axes = list(node, "axes");
    return x.reshaped(IntStream.range(0, x.shape().length)
        .filter(i -> Arrays.stream(axes).noneMatch(axis -> axis == i)).map(i -> x.dimension(i))
        .toArray());
  }

  private static Numbers first(Numbers x) {
    return x.transposed(0, 3, 1, 2);
  }

  private static Numbers last(Numbers x) {
    return x.transposed(0, 2, 3, 1);
  }

  private static DoubleUnaryOperator rounding(NodeProto node) {
    String mode = attribute(node, "rounding_mode").getS().toStringUtf8()
        .toUpperCase(Locale.ROOT);
    return switch (mode) {
      case "", "ROUND", "HALF_EVEN" -> Math::rint;
      case "FLOOR" -> Math::floor;
      case "CEIL" -> Math::ceil;
      case "DOWN" -> v -> v < 0 ? Math.ceil(v) : Math.floor(v);
      case "HALF_UP" -> v -> Math.signum(v) * Math.floor(Math.abs(v) + 0.5);
      case "HALF_DOWN" -> v -> Math.signum(v) * Math.ceil(Math.abs(v) - 0.5);
      default -> throw new IllegalArgumentException(mode);
    };
  }

  private static DoubleUnaryOperator clamp(NodeProto node, double bits) {
    boolean signed = integer(node, "signed", 1) != 0;
    double narrow = integer(node, "narrow", 0);
    double least = signed ? -Math.pow(2, bits - 1) + narrow : 0;
    double most = signed ? Math.pow(2, bits - 1) - 1 : Math.pow(2, bits) - 1 - narrow;
    return v -> Math.min(Math.max(v, least), most);
  }

  private Numbers quant(NodeProto node, Numbers x) {
    double bits = input(node, 3).data()[0];
    boolean sign = bits == 1 && integer(node, "signed", 1) != 0;
    Numbers y = x.with(input(node, 1), (v, s) -> v / s).with(input(node, 2), Double::sum);
    Numbers q = sign
        ? y.map(v -> v >= 0 ? 1 : -1)
        : y.map(clamp(node, bits)).map(rounding(node));
    return q.with(input(node, 2), (v, z) -> v - z).with(input(node, 1), (v, s) -> v * s);
  }

  private Numbers trunc(NodeProto node, Numbers x) {
    double scale = input(node, 1).data()[0];
    Numbers y = x.map(v -> Math.rint(v / scale));
    if (node.getInputCount() == 5) {
      double step = Math.pow(2, input(node, 3).data()[0] - input(node, 4).data()[0]);
      return y.map(v -> v / step).map(rounding(node)).map(v -> v * scale);
    }
    double to = input(node, 4).data()[0];
    return y.map(v -> v * scale / to).map(clamp(node, input(node, 5).data()[0]))
        .map(rounding(node)).map(v -> v * to);
  }

  private Numbers batchNormalization(NodeProto node, Numbers x) {
    int[] shape = IntStream.range(0, x.shape().length).map(i -> i == 1 ? x.shape()[1] : 1)
        .toArray();
    double epsilon = attribute(node, "epsilon").getF();
    List<Numbers> p = IntStream.range(1, 5).mapToObj(i -> input(node, i).reshaped(shape)).toList();
    Numbers scale = p.get(0).with(p.get(3), (g, v) -> g / Math.sqrt(v + epsilon));
    return x.with(p.get(2), (a, m) -> a - m).with(scale, (a, s) -> a * s)
        .with(p.get(1), Double::sum);
  }

  private Numbers conv(NodeProto node, Numbers x, Numbers w) {
    int groups = (int) integer(node, "group", 1);
    int[] pads = list(node, "pads", 0, 0, 0, 0);
    int[] strides = list(node, "strides", 1, 1);
    int[] dilations = list(node, "dilations", 1, 1);
    int rows = (x.dimension(2) + pads[0] + pads[2] - dilations[0] * (w.dimension(2) - 1) - 1)
        / strides[0] + 1;
    int columns = (x.dimension(3) + pads[1] + pads[3] - dilations[1] * (w.dimension(3) - 1) - 1)
        / strides[1] + 1;
    int outputs = w.dimension(0);
    int depth = w.dimension(1);
    double[] y = new double[x.dimension(0) * outputs * rows * columns];
    for (int i = 0; i < y.length; i++) {
      int column = i % columns;
      int row = i / columns % rows;
      int o = i / columns / rows % outputs;
      int n = i / columns / rows / outputs;
      double sum = node.getInputCount() > 2 ? input(node, 2).data()[o] : 0;
      for (int k = 0; k < depth * w.dimension(2) * w.dimension(3); k++) {
        int kx = k % w.dimension(3);
        int ky = k / w.dimension(3) % w.dimension(2);
        int c = k / w.dimension(3) / w.dimension(2) + o / (outputs / groups) * depth;
        int at = row * strides[0] - pads[0] + ky * dilations[0];
        int left = column * strides[1] - pads[1] + kx * dilations[1];
        if (at >= 0 && at < x.dimension(2) && left >= 0 && left < x.dimension(3)) {
          sum += w.data()[o * depth * w.dimension(2) * w.dimension(3) + k]
              * x.data()[((n * x.dimension(1) + c) * x.dimension(2) + at) * x.dimension(3) + left];
        }
      }
      y[i] = sum;
    }
    return new Numbers(y, x.dimension(0), outputs, rows, columns);
  }

  private static Numbers pool(NodeProto node, Numbers x) {
    boolean max = node.getOpType().equals("MaxPool");
    boolean counts = integer(node, "count_include_pad", 0) != 0;
    int[] kernel = list(node, "kernel_shape");
    int[] pads = list(node, "pads", 0, 0, 0, 0);
    int[] strides = list(node, "strides", 1, 1);
    boolean ceil = integer(node, "ceil_mode", 0) != 0;
    int rows = places(x.dimension(2), kernel[0], pads[0], pads[2], strides[0], ceil);
    int columns = places(x.dimension(3), kernel[1], pads[1], pads[3], strides[1], ceil);
    int planes = x.dimension(0) * x.dimension(1);
    double[] y = new double[planes * rows * columns];
    for (int i = 0; i < y.length; i++) {
      int top = i / columns % rows * strides[0] - pads[0];
      int left = i % columns * strides[1] - pads[1];
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (int k = 0; k < kernel[0] * kernel[1]; k++) {
        int row = top + k / kernel[1];
        int column = left + k % kernel[1];
        boolean inside = row >= 0 && row < x.dimension(2) && column >= 0
            && column < x.dimension(3);
        boolean padded = row < x.dimension(2) + pads[2] && column < x.dimension(3) + pads[3];
        count += inside || counts && padded ? 1 : 0;
        if (inside) {
          double v =
              x.data()[(i / columns / rows * x.dimension(2) + row) * x.dimension(3) + column];
          most = Math.max(most, v);
          sum += v;
        }
      }
      y[i] = max ? most : sum / count;
    }
    return new Numbers(y, x.dimension(0), x.dimension(1), rows, columns);
  }

  /** As ONNX says, from version 19 of poolings on: the last place begins in the image. */
  private static int places(int size, int kernel, int before, int after, int stride, boolean ceil) {
    int rest = size + before + after - kernel;
    int places = (ceil ? Math.ceilDiv(rest, stride) : rest / stride) + 1;
    return ceil && (places - 1) * stride >= size + before ? places - 1 : places;
  }
}
