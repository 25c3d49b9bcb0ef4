package io.fixlane.onnx;

import io.fixlane.autograd.layers.Sequential;
import io.fixlane.onnx.model.ModelFile;
import io.fixlane.onnx.read.FloatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads and writes ONNX models.
 *
 * {@snippet class="io.fixlane.onnx.OnnxExample" region="read"}
 */
public final class Onnx {
  private Onnx() {}

  /**
   * Reads a model of floats as layers to train, with its weights and running statistics. Images
   * come to the layers as N x rows x columns x channels, and leave them so, whatever their order in
   * the model; sequences as images of one row. Softmax at the end is left to the loss, and Dropout
   * out.
   *
   * <p>Nothing of the model is executed, and external data are read from its folder alone.
   *
   * @throws OnnxException if the file is no model, is damaged, or computes what no layer does; the
   *     message names the file, and the node, the operator and the attribute
   * @throws IOException if the file cannot be read
   */
  public static Sequential readFloat(Path file) throws IOException, OnnxException {
    Objects.requireNonNull(file, "file");
    try {
      return FloatReader.read(ModelFile.read(file));
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage(), e);
    }
  }
}
