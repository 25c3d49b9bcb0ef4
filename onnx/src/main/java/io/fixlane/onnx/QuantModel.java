package io.fixlane.onnx;

import java.util.List;
import java.util.Objects;

/**
 * A network as a model of quantized numbers.
 *
 * @param bytes the bytes of its file
 * @param notes where tools that compute in floats can give other words, in sentences
 */
public record QuantModel(byte[] bytes, List<String> notes) {
  /** Makes the model. */
  public QuantModel {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(notes, "notes");
    bytes = bytes.clone();
    notes = List.copyOf(notes);
  }

  /** Returns the bytes of its file, as a new array. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
