package io.fixlane.onnx.model;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.files.Memory;
import io.fixlane.onnx.OnnxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where numbers of a model's tensors may lie outside of its file: in files of the folder that it
 * lies in, and of folders in that one; nowhere else, whatever a location says and wherever links
 * lead.
 *
 * @param folder the folder; null for a model that lies in none
 */
record ExternalFolder(@Nullable Path folder) {
  /**
   * Reads the bytes of a tensor.
   *
   * @param text names the tensor, for messages
   * @param bytes how many it must have
   */
  ByteBuffer read(String text, TensorProto tensor, long bytes) throws OnnxException {
    String location = "";
    long offset = 0;
    long length = bytes;
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      switch (entry.getKey()) {
        case "location" -> location = entry.getValue();
        case "offset" -> offset = number(text, entry);
        case "length" -> length = number(text, entry);
        default -> {
          // A checksum, which names no algorithm.
        }
      }
    }
    if (length != bytes) {
      throw new OnnxException(
          text + " says that it has " + bytes + " bytes, and that its file holds " + length);
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new OnnxException(text + " says that it has " + bytes + " bytes: at most "
          + (Integer.MAX_VALUE - 8) + " can be read");
    }
    return read(text, location, offset, (int) bytes);
  }

  private static long number(String text, StringStringEntryProto entry) throws OnnxException {
    if (!entry.getValue().matches("[0-9]{1,18}")) {
      throw new OnnxException(text + " has the " + entry.getKey() + " '" + entry.getValue()
          + "' of external data: it must be a number of bytes");
    }
    return Long.parseLong(entry.getValue());
  }

  private ByteBuffer read(String text, String location, long offset, int bytes)
      throws OnnxException {
    String where = text + " lies in '" + location + "': ";
    Path file = within(where, location);
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() - bytes) {
        throw new OnnxException(where + "that has " + channel.size() + " bytes, and it needs "
            + bytes + " from " + offset + " on");
      }
      Memory.require("its " + bytes + " bytes", 2L * bytes);
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new OnnxException(where + "it ended while it was read");
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      throw new OnnxException(where + "it cannot be read: "
          + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT), e);
    }
  }

  private Path within(String where, String location) throws OnnxException {
    if (folder == null) {
      throw new OnnxException(where + "only a model that is read from a file can have others");
    }
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(location).normalize();
      if (location.isEmpty() || !file.startsWith(root) || !Files.isRegularFile(file)
          || !file.toRealPath().startsWith(root)) {
        throw new OnnxException(where + "it must be a file in the folder of the model");
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw new OnnxException(where + "it must be a file in the folder of the model", e);
    }
  }
}
