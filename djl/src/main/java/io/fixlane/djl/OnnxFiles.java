package io.fixlane.djl;

import ai.djl.MalformedModelException;
import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.QuantizedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads models of ONNX; nothing of this class can be used where the module that does is not. */
final class OnnxFiles {
  private OnnxFiles() {}

  /**
   * Reads a model of quantized numbers.
   *
   * @throws MalformedModelException if it is none, or computes what no layer does
   */
  static LoadedNetwork read(Path file, @Nullable FixedFormat inputFormat)
      throws IOException, MalformedModelException {
    try {
      QuantizedNetwork model = Onnx.readNetwork(file, inputFormat);
      return new LoadedNetwork(model.network(), model.notes());
    } catch (OnnxException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
  }
}
