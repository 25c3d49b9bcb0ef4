package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;

/** Sums that are cast into an accumulator at every step: a loop over the products of an output. */
final class Steps {
  private final GraphText graph;
  private final FixedFormat accumulator;

  Steps(GraphText graph, FixedFormat accumulator) {
    this.graph = graph;
    this.accumulator = accumulator;
  }

  /**
   * Returns the sums, N x places x groups x columns.
   *
   * @param x what is known of the words
   * @param factors the words, N x places x groups x depth
   * @param start what the sum of each output starts from, words of the accumulator
   */
  Words sums(Words x, Matrix matrix, String factors, FixedTensor start) throws OnnxException {
    long[] starts = new long[Math.toIntExact(start.size())];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Arithmetic.exact(start.value(i).raw());
    }
    String first = graph.constant(DataType.INT64, starts, matrix.groups(), matrix.columns());
    // As many starts as there are samples and places.
    String zeros = graph.node("Mul", graph.node("ReduceSum", factors, graph.list(3)),
        graph.constant(0));
    String sums = graph.node("Scan",
        List.of(graph.node("Add", zeros, first), factors, byStep(matrix)),
        GraphText.attribute("body", body(x, matrix).proto()),
        GraphText.attribute("num_scan_inputs", 2),
        GraphText.attribute("scan_input_axes", new long[] {3, 0}));
    return Words.of(sums, accumulator);
  }

  /** Returns the weights, depth x groups x columns. */
  private String byStep(Matrix matrix) throws OnnxException {
    long[] weights = new long[matrix.numbers().length];
    int at = 0;
    for (int k = 0; k < matrix.depth(); k++) {
      for (int group = 0; group < matrix.groups(); group++) {
        for (int column = 0; column < matrix.columns(); column++) {
          weights[at++] = Arithmetic.exact(matrix.at(group, k, column));
        }
      }
    }
    return graph.constant(
        DataType.INT64, weights, matrix.depth(), matrix.groups(), matrix.columns());
  }

  /** Returns {@code s = (ACC) (s + x[k] * w[k])}. */
  private GraphText body(Words x, Matrix matrix) throws OnnxException {
    GraphText body = graph.body("step");
    Arithmetic math = new Arithmetic(body);
    String sum = input(body);
    String factor = input(body);
    String weight = input(body);
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    for (BigInteger w : matrix.numbers()) {
      BigInteger one = w.multiply(x.low());
      BigInteger other = w.multiply(x.high());
      low = low.min(one.min(other));
      high = high.max(one.max(other));
    }
    Words product = math.words(
        body.node("Mul", body.node("Unsqueeze", factor, body.list(3)), weight),
        Math.addExact(x.fractionBits(), matrix.fractionBits()), low, high);
    Words next = new Casts(math).cast(
        math.sum(Words.of(sum, accumulator), product), null, accumulator);
    String output = body.node("Identity", next.tensor());
    body.proto().addOutput(GraphText.value(output));
    return body;
  }

  private static String input(GraphText body) {
    String name = body.fresh();
    body.proto().addInput(GraphText.value(name));
    return name;
  }
}
