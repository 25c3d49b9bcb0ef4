package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.onnx.OnnxException;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.List;

/** Images as the words under a window, at each of its places. */
final class Images {
  private final Arithmetic math;

  Images(Arithmetic math) {
    this.math = math;
  }

  /**
   * Returns a tensor of N x places x taps x channels.
   *
   * @param x N x rows x columns x channels
   * @param outside what lies outside of the image
   */
  String taps(Words x, ImageShape image, Window window, BigInteger outside) throws OnnxException {
    GraphText graph = math.graph();
    int pixels = Math.multiplyExact(image.height(), image.width());
    String rows = graph.node("Reshape", x.tensor(), graph.list(0, pixels, image.channels()));
    if (window.leaves(image)) {
      rows = graph.node("Pad",
          List.of(rows, graph.list(0, 0, 0, 0, 1, 0), math.constant(outside)));
    }
    ImageShape output = window.output(image);
    int places = Math.multiplyExact(output.height(), output.width());
    long[] pixelsOfTaps = new long[Math.multiplyExact(places, window.taps())];
    int at = 0;
    for (int row = 0; row < output.height(); row++) {
      for (int column = 0; column < output.width(); column++) {
        for (int i = 0; i < window.kernelHeight(); i++) {
          for (int j = 0; j < window.kernelWidth(); j++) {
            int y = window.row(row, i);
            int z = window.column(column, j);
            pixelsOfTaps[at++] = image.contains(y, z) ? (long) y * image.width() + z : pixels;
          }
        }
      }
    }
    String taken = graph.constant(
        TensorProto.DataType.INT64, pixelsOfTaps, places, window.taps());
    return graph.node("Gather", List.of(rows, taken), GraphText.attribute("axis", 1));
  }

  /** Returns N x places x channels as N x rows x columns x channels. */
  String image(String places, ImageShape output) {
    GraphText graph = math.graph();
    return graph.node("Reshape", places,
        graph.list(0, output.height(), output.width(), output.channels()));
  }
}
