package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.onnx.OnnxException;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.List;

/** The words that are multiplied with weights: rows, or what is under a window. */
sealed interface Source {
  /**
   * Returns the sums of all products as 64-bit integers, in the shape of the result.
   *
   * @param type a type in which every sum of some of them is exact
   */
  String sums(Words x, Matrix matrix, DataType type) throws OnnxException;

  /** Returns the words, N x places x groups x depth. */
  String factors(Words x, Matrix matrix) throws OnnxException;

  /** Returns N x places x groups x columns in the shape of the result. */
  String arranged(String sums, Matrix matrix);

  /** Returns a product of matrices that lie last. */
  private static String product(GraphText graph, String x, String weights, DataType type) {
    return type == DataType.INT64
        ? graph.node("MatMul", x, weights)
        : as(graph, graph.node("MatMul", as(graph, x, type), weights), DataType.INT64);
  }

  private static String as(GraphText graph, String tensor, DataType type) {
    return graph.node("Cast", List.of(tensor), GraphText.attribute("to", type.getNumber()));
  }

  /**
   * The rows of a matrix.
   *
   * @param graph where they are
   */
  record Rows(GraphText graph) implements Source {
    @Override
    public String sums(Words x, Matrix matrix, DataType type) throws OnnxException {
      return product(graph, x.tensor(),
          matrix.constant(graph, type, matrix.depth(), matrix.columns()), type);
    }

    @Override
    public String factors(Words x, Matrix matrix) {
      return graph.node("Reshape", x.tensor(), graph.list(0, 1, 1, matrix.depth()));
    }

    @Override
    public String arranged(String sums, Matrix matrix) {
      return graph.node("Reshape", sums, graph.list(0, matrix.columns()));
    }
  }

  /**
   * The places of a window on an image. In floats there is a convolution; other types have none in
   * ONNX Runtime, and are a product of matrices.
   *
   * @param math writes where they are
   * @param image the image
   * @param window the window
   */
  record Places(Arithmetic math, ImageShape image, Window window) implements Source {
    @Override
    public String sums(Words x, Matrix matrix, DataType type) throws OnnxException {
      GraphText graph = math.graph();
      if (type == DataType.FLOAT) {
        return convolution(x, matrix);
      }
      String rows = graph.node("Transpose", List.of(factors(x, matrix)), order(0, 2, 1, 3));
      String weights = matrix.constant(
          graph, type, matrix.groups(), matrix.depth(), matrix.columns());
      return arranged(graph.node("Transpose", List.of(product(graph, rows, weights, type)),
          order(0, 2, 1, 3)), matrix);
    }

    private static AttributeProto order(long... places) {
      return GraphText.attribute("perm", places);
    }

    private String convolution(Words x, Matrix matrix) throws OnnxException {
      GraphText graph = math.graph();
      ImageShape output = window.output(image);
      String channelsFirst = graph.node(
          "Transpose", List.of(as(graph, x.tensor(), DataType.FLOAT)), order(0, 3, 1, 2));
      String weights = matrix.byOutput().constant(graph, DataType.FLOAT,
          (long) matrix.groups() * matrix.columns(), matrix.depth() / window.taps(),
          window.kernelHeight(), window.kernelWidth());
      String sums = graph.node("Conv", List.of(channelsFirst, weights),
          GraphText.attribute("group", matrix.groups()),
          GraphText.attribute(
              "strides", new long[] {window.strideY(), window.strideX()}),
          GraphText.attribute(
              "dilations", new long[] {window.dilationY(), window.dilationX()}),
          GraphText.attribute("pads", new long[] {window.paddingTop(), window.paddingLeft(),
            after(window.row(output.height() - 1, window.kernelHeight() - 1), image.height()),
            after(window.column(output.width() - 1, window.kernelWidth() - 1), image.width())}));
      return as(graph, graph.node("Transpose", List.of(sums), order(0, 2, 3, 1)),
          DataType.INT64);
    }

    /** Returns the padding that the last tap of the last place needs, in ceil mode too. */
    private static int after(int last, int size) {
      return Math.max(0, last + 1 - size);
    }

    @Override
    public String factors(Words x, Matrix matrix) throws OnnxException {
      GraphText graph = math.graph();
      String taps = new Images(math).taps(x, image, window, BigInteger.ZERO);
      ImageShape output = window.output(image);
      return graph.node("Reshape",
          graph.node("Transpose", List.of(taps), order(0, 1, 3, 2)),
          graph.list(0, (long) output.height() * output.width(), matrix.groups(),
              matrix.depth()));
    }

    @Override
    public String arranged(String sums, Matrix matrix) {
      return new Images(math).image(sums,
          window.output(image).withChannels(matrix.groups() * matrix.columns()));
    }
  }
}
