package io.fixlane.jmh.peers.library;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.List;

/**
 * Writes an ONNX model of floats between QuantizeLinear and DequantizeLinear, node after node, in
 * which every activation is a byte: a word as it is, or 128 more where it has a sign.
 */
final class QdqGraph {
  private static final int SIGNED_ZERO = 128;

  /**
   * Bytes in the model.
   *
   * @param name their name
   * @param format the words that they are
   */
  record Bytes(String name, FixedFormat format) {}

  private final UnknownFieldSet.Builder graph = UnknownFieldSet.newBuilder();
  private int names;

  private String name() {
    return "v" + names++;
  }

  /** Adds floats that come with each run, and returns them as bytes. */
  Bytes input(String name, FixedFormat format, long... shape) {
    graph.mergeLengthDelimitedField(11, OnnxModel.value(name, OnnxModel.Type.FLOAT, shape));
    return quantize(name, format);
  }

  /** Adds a constant of integers, and returns the floats that it stands for. */
  String constant(OnnxModel.Type type, byte[] data, int fractionBits, long... shape) {
    return node("DequantizeLinear",
        List.of(tensor(type, data, shape), scale(fractionBits)));
  }

  private String tensor(OnnxModel.Type type, byte[] data, long... shape) {
    String name = name();
    graph.mergeLengthDelimitedField(5, OnnxModel.tensor(name, type, data, shape));
    return name;
  }

  private String scale(int fractionBits) {
    return tensor(OnnxModel.Type.FLOAT, OnnxModel.bytes(Math.scalb(1f, -fractionBits)));
  }

  private String zero(FixedFormat format) {
    return tensor(
        OnnxModel.Type.UINT8, new byte[] {(byte) (format.signed() ? SIGNED_ZERO : 0)});
  }

  /**
   * Adds the cast of floats into words, and returns these as bytes.
   *
   * @throws IllegalArgumentException if the format is none that bytes with a scale are
   */
  Bytes quantize(String floats, FixedFormat format) {
    if (format.width() != Byte.SIZE || format.quantization() != QuantizationMode.AP_RND_CONV
        || format.overflow() != OverflowMode.AP_SAT) {
      throw new IllegalArgumentException(
          "format is " + format + ": it must have 8 bits, AP_RND_CONV and AP_SAT");
    }
    return new Bytes(node("QuantizeLinear",
        List.of(floats, scale(format.fractionBits()), zero(format))), format);
  }

  /** Adds the values of words, and returns these floats. */
  String dequantize(Bytes bytes) {
    return node("DequantizeLinear", List.of(
        bytes.name(), scale(bytes.format().fractionBits()), zero(bytes.format())));
  }

  /** Adds an operator, and returns the name of what it gives. */
  String node(String operator, List<String> inputs, ByteString... attributes) {
    String output = name();
    node(operator, inputs, output, attributes);
    return output;
  }

  private void node(
      String operator, List<String> inputs, String output, ByteString... attributes) {
    UnknownFieldSet.Builder node = UnknownFieldSet.newBuilder();
    inputs.forEach(input -> node.mergeLengthDelimitedField(1, OnnxModel.text(input)));
    node.mergeLengthDelimitedField(2, OnnxModel.text(output))
        .mergeLengthDelimitedField(4, OnnxModel.text(operator));
    for (ByteString attribute : attributes) {
      node.mergeLengthDelimitedField(5, attribute);
    }
    graph.mergeLengthDelimitedField(1, node.build().toByteString());
  }

  /** Returns the model's bytes, which gives the values of words. */
  byte[] write(Bytes result, String name, long... shape) {
    node("DequantizeLinear", List.of(result.name(), scale(result.format().fractionBits()),
        zero(result.format())), name);
    graph.mergeLengthDelimitedField(12, OnnxModel.value(name, OnnxModel.Type.FLOAT, shape));
    return OnnxModel.model(graph);
  }
}
