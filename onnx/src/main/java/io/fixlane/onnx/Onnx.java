package io.fixlane.onnx;

import io.fixlane.autograd.layers.Sequential;
import io.fixlane.files.AtomicFile;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.onnx.model.ModelFile;
import io.fixlane.onnx.read.FloatReader;
import io.fixlane.onnx.read.words.WordReader;
import io.fixlane.onnx.write.NetworkModel;
import io.fixlane.onnx.write.QuantWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /**
   * Reads a model from the bytes of a file, such as a resource; it can have no external data.
   *
   * @throws OnnxException as {@link #readFloat(Path)} does
   */
  public static Sequential readFloat(byte[] file) throws OnnxException {
    Objects.requireNonNull(file, "file");
    try {
      return FloatReader.read(ModelFile.read(file));
    } catch (OnnxException e) {
      throw new OnnxException("the bytes: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model of quantized numbers as a network of integers, of which the first Quant says what
   * a sample's words are.
   *
   * @throws OnnxException as {@link #readNetwork(Path, FixedFormat)} does, and if no Quant casts
   *     what comes into the model
   * @throws IOException if the file cannot be read
   */
  public static QuantizedNetwork readNetwork(Path file) throws IOException, OnnxException {
    return readNetwork(file, null);
  }

  /**
   * Reads a model of quantized numbers, as QONNX has them, as a network of integers: every number
   * behind a Quant is the same, exactly. Images come to the network as N x rows x columns x
   * channels, whatever their order in the model. A name that a layer may have is that of its node.
   *
   * @param inputFormat the format of the words of a sample; null where that of the first Quant is
   *     to be
   * @throws OnnxException if the file is no model, is damaged, or computes what no layer does; the
   *     message names the file, and the node and its operator
   * @throws IOException if the file cannot be read
   */
  public static QuantizedNetwork readNetwork(Path file, @Nullable FixedFormat inputFormat)
      throws IOException, OnnxException {
    Objects.requireNonNull(file, "file");
    try {
      return WordReader.read(ModelFile.read(file), inputFormat);
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the graph of a model, whatever its nodes compute.
   *
   * @throws OnnxException if the file is no model, is damaged, or its graph is none that could be
   *     read with other operators: it has several inputs, or a constant of a type that is not read
   * @throws IOException if the file cannot be read
   */
  public static OnnxGraph readGraph(Path file) throws IOException, OnnxException {
    Objects.requireNonNull(file, "file");
    try {
      return OnnxGraph.of(ModelFile.read(file));
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model of quantized numbers from the bytes of a file, such as a resource; it can have no
   * external data.
   *
   * @param inputFormat as {@link #readNetwork(Path, FixedFormat)} takes it
   * @throws OnnxException as there
   */
  public static QuantizedNetwork readNetwork(byte[] file, @Nullable FixedFormat inputFormat)
      throws OnnxException {
    Objects.requireNonNull(file, "file");
    try {
      return WordReader.read(ModelFile.read(file), inputFormat);
    } catch (OnnxException e) {
      throw new OnnxException("the bytes: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a network to a file as a model of ONNX's own operators that gives the same words, in
   * place of any other file of its name: aside first, to the disk, and then renamed.
   *
   * <p>The model takes the words of samples as 64-bit integers, N x the dimensions of a sample, and
   * gives the words of results; the words of each layer have its name in {@link Network#trace}. It
   * needs opset 17.
   *
   * @throws OnnxException if integers of 64 bits do not hold what a layer computes; the layer is
   *     named, and nothing is written
   * @throws IOException if the file cannot be written; one that was there is then as before
   */
  public static void write(Network network, Path file) throws IOException, OnnxException {
    Objects.requireNonNull(file, "file");
    byte[] model = toBytes(network);
    AtomicFile.write(file, out -> out.write(model));
  }

  /**
   * Returns the bytes that {@link #write} writes.
   *
   * @throws OnnxException as there
   */
  public static byte[] toBytes(Network network) throws OnnxException {
    return NetworkModel.of(Objects.requireNonNull(network, "network")).toByteArray();
  }

  /**
   * Writes a network to a file as a model of QONNX, in place of any other file of its name: floats
   * that Quant nodes cast into what words stand for. {@link #readNetwork(Path)} reads it as a
   * network of the same words. Images lie channels first in it; nodes that begin a layer have its
   * name.
   *
   * @return where tools that compute in floats can give other words, in sentences
   * @throws OnnxException if QONNX has no nodes for what a layer computes, such as a wrap; the
   *     layer is named, and nothing is written
   * @throws IOException if the file cannot be written; one that was there is then as before
   */
  public static List<String> writeQuant(Network network, Path file)
      throws IOException, OnnxException {
    Objects.requireNonNull(file, "file");
    QuantModel model = toQuantModel(network);
    AtomicFile.write(file, out -> out.write(model.bytes()));
    return model.notes();
  }

  /**
   * Returns the model that {@link #writeQuant} writes.
   *
   * @throws OnnxException as there
   */
  public static QuantModel toQuantModel(Network network) throws OnnxException {
    return QuantWriter.of(Objects.requireNonNull(network, "network"));
  }
}
