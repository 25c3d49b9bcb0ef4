package io.fixlane.onnx.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fixlane.files.Memory;
import io.fixlane.onnx.OnnxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads the graph of a model. */
public final class ModelFile {
  /** The oldest set of ONNX's operators that is read. */
  public static final int OLDEST_OPSET = 9;
  /** The newest set of ONNX's operators that is read. */
  public static final int NEWEST_OPSET = 23;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  /** Of a number that takes a byte in the file: what it is read into, twice while that grows. */
  private static final int BYTES_OF_NUMBER = 3 * Long.BYTES;

  private ModelFile() {}

  /**
   * Reads a file. It is read whole before anything is made of it; external data come from its
   * folder alone.
   *
   * @throws OnnxException if it is no model that can be read; the message does not name the file
   * @throws IOException if the file cannot be read
   */
  public static ModelGraph read(Path file) throws IOException, OnnxException {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = channel.size();
      if (length > MAX_BYTES) {
        throw new OnnxException(
            "has " + length + " bytes: at most " + MAX_BYTES + " can be read");
      }
      Memory.require("its " + length + " bytes", 3 * length);
      ByteBuffer bytes = ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new OnnxException("ended while it was read");
        }
      }
      Path folder = file.toAbsolutePath().getParent();
      return read(bytes.array(), new ExternalFolder(folder));
    } catch (Memory.ShortOfMemoryException e) {
      throw new OnnxException(e.getMessage(), e);
    }
  }

  /**
   * Reads the bytes of a file, which has no external data.
   *
   * @throws OnnxException as {@link #read(Path)}
   */
  public static ModelGraph read(byte[] file) throws OnnxException {
    try {
      return read(file, new ExternalFolder(null));
    } catch (Memory.ShortOfMemoryException e) {
      throw new OnnxException(e.getMessage(), e);
    }
  }

  private static ModelGraph read(byte[] file, ExternalFolder folder)
      throws OnnxException, Memory.ShortOfMemoryException {
    long numbers = PartCount.requireFew(file, ModelProto.getDescriptor());
    Memory.require("its " + numbers + " bytes of numbers", numbers * BYTES_OF_NUMBER);
    try {
      ModelProto model = ModelProto.parseFrom(file);
      requireOpset(model);
      if (!model.hasGraph()) {
        throw new OnnxException("is no ONNX model: it has no graph");
      }
      return new ModelGraph(model.getGraph(), folder);
    } catch (InvalidProtocolBufferException e) {
      throw new OnnxException("is no ONNX model, or a damaged one: " + e.getMessage(), e);
    }
  }

  private static void requireOpset(ModelProto model) throws OnnxException {
    long opset = 0;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        opset = set.getVersion();
      }
    }
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw new OnnxException("has " + (opset == 0
          ? "no opset of ONNX's own operators"
          : "opset " + Long.toUnsignedString(opset)) + ": opsets " + OLDEST_OPSET + " to "
          + NEWEST_OPSET + " are read");
    }
  }
}
