package io.fixlane.jmh.peers.library;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

/**
 * Writes an ONNX model of one operator, by the field numbers of the ONNX schema (onnx.proto).
 *
 * <p>The operator's inputs are those of the model and constants, in order.
 */
public final class OnnxModel {
  /** Of elements, as TensorProto.DataType numbers them. */
  public enum Type {
    FLOAT(1), UINT8(2), INT8(3), INT32(6);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private static final int IR_VERSION = 10;
  private static final int OPSET = 21;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;
  private static final String CONTRIB = "com.microsoft";

  private final UnknownFieldSet.Builder graph = UnknownFieldSet.newBuilder();
  private final UnknownFieldSet.Builder node = UnknownFieldSet.newBuilder();

  /**
   * Begins the model.
   *
   * @param operator its name
   * @param contrib whether it is one of ONNX Runtime's own
   */
  public OnnxModel(String operator, boolean contrib) {
    node.mergeLengthDelimitedField(4, text(operator));
    if (contrib) {
      node.mergeLengthDelimitedField(7, text(CONTRIB));
    }
  }

  /** Adds an operand that comes with each run. */
  public OnnxModel input(String name, Type type, long... shape) {
    node.mergeLengthDelimitedField(1, text(name));
    graph.mergeLengthDelimitedField(11, value(name, type, shape));
    return this;
  }

  /**
   * Adds a constant operand.
   *
   * @param data its elements, little-endian
   */
  public OnnxModel constant(String name, Type type, byte[] data, long... shape) {
    node.mergeLengthDelimitedField(1, text(name));
    graph.mergeLengthDelimitedField(5, tensor(name, type, data, shape));
    return this;
  }

  /** Returns a tensor with its elements. */
  public static ByteString tensor(String name, Type type, byte[] data, long... shape) {
    return UnknownFieldSet.newBuilder()
        .addField(1, numbers(shape))
        .mergeVarintField(2, type.number)
        .mergeLengthDelimitedField(8, text(name))
        .mergeLengthDelimitedField(9, ByteString.copyFrom(data))
        .build().toByteString();
  }

  /** Adds a constant float. */
  public OnnxModel scale(String name, float value) {
    return constant(name, Type.FLOAT, bytes(value));
  }

  /** Returns the bytes of a float, little-endian. */
  public static byte[] bytes(float value) {
    int bits = Float.floatToRawIntBits(value);
    return new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
  }

  /** Adds a constant byte, the word that stands for 0. */
  public OnnxModel zeroPoint(String name, Type type, int value) {
    return constant(name, type, new byte[] {(byte) value});
  }

  /** Sets an attribute that is one number. */
  public OnnxModel number(String name, long value) {
    node.mergeLengthDelimitedField(5, UnknownFieldSet.newBuilder()
        .mergeLengthDelimitedField(1, text(name))
        .addField(3, numbers(value))
        .mergeVarintField(20, ATTRIBUTE_INT)
        .build().toByteString());
    return this;
  }

  /** Sets an attribute that is a list of numbers. */
  public OnnxModel attribute(String name, long... values) {
    node.mergeLengthDelimitedField(5, list(name, values));
    return this;
  }

  /** Returns an attribute that is a list of numbers. */
  public static ByteString list(String name, long... values) {
    return UnknownFieldSet.newBuilder()
        .mergeLengthDelimitedField(1, text(name))
        .addField(8, numbers(values))
        .mergeVarintField(20, ATTRIBUTE_INTS)
        .build().toByteString();
  }

  /** Returns the model's bytes, with the type and shape of its output. */
  public byte[] write(String output, Type type, long... shape) {
    node.mergeLengthDelimitedField(2, text(output));
    graph.mergeLengthDelimitedField(1, node.build().toByteString())
        .mergeLengthDelimitedField(12, value(output, type, shape));
    return model(graph);
  }

  /** Returns the bytes of the model that a graph is. */
  public static byte[] model(UnknownFieldSet.Builder graph) {
    graph.mergeLengthDelimitedField(2, text("graph"));
    return UnknownFieldSet.newBuilder()
        .mergeVarintField(1, IR_VERSION)
        .mergeLengthDelimitedField(7, graph.build().toByteString())
        .addField(8, UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(opset("", OPSET)).addLengthDelimited(opset(CONTRIB, 1)).build())
        .build().toByteArray();
  }

  private static ByteString opset(String domain, int version) {
    return UnknownFieldSet.newBuilder().mergeLengthDelimitedField(1, text(domain))
        .mergeVarintField(2, version).build().toByteString();
  }

  /** Returns a name with the type and shape of a tensor. */
  public static ByteString value(String name, Type type, long... shape) {
    UnknownFieldSet.Builder dimensions = UnknownFieldSet.newBuilder();
    for (long size : shape) {
      dimensions.mergeLengthDelimitedField(1, UnknownFieldSet.newBuilder()
          .addField(1, numbers(size)).build().toByteString());
    }
    ByteString tensor = UnknownFieldSet.newBuilder().mergeVarintField(1, type.number)
        .mergeLengthDelimitedField(2, dimensions.build().toByteString()).build().toByteString();
    ByteString wrapped = UnknownFieldSet.newBuilder().mergeLengthDelimitedField(1, tensor)
        .build().toByteString();
    return UnknownFieldSet.newBuilder().mergeLengthDelimitedField(1, text(name))
        .mergeLengthDelimitedField(2, wrapped).build().toByteString();
  }

  static UnknownFieldSet.Field numbers(long... values) {
    UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
    for (long value : values) {
      field.addVarint(value);
    }
    return field.build();
  }

  static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
