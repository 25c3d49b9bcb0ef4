package io.fixlane.onnx.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.fixlane.onnx.OnnxException;
import java.io.IOException;

/**
 * Counts what a serialized message would become, before it does: two bytes of a file can ask for an
 * object of a hundred.
 */
final class PartCount {
  /** Messages, texts and unknown fields; a model of a thousand nodes has some ten thousand. */
  static final int MOST_PARTS = 1_000_000;
  private static final int DEEPEST = 64;

  private final CodedInputStream in;
  private int parts;
  private long numbers;

  private PartCount(byte[] message) {
    this.in = CodedInputStream.newInstance(message);
  }

  /**
   * Requires a message to have few parts.
   *
   * @return a bound of the numbers that lie in it as fields of a few bytes each
   * @throws OnnxException if it has too many, or is cut off or damaged
   */
  static long requireFew(byte[] message, Descriptor type) throws OnnxException {
    PartCount count = new PartCount(message);
    try {
      count.scan(type, 0);
    } catch (IOException e) {
      throw new OnnxException("is no ONNX model, or a damaged one: " + e.getMessage(), e);
    }
    return count.numbers;
  }

  private void scan(Descriptor type, int depth) throws IOException, OnnxException {
    if (depth > DEEPEST) {
      throw new OnnxException("has messages in one another more than " + DEEPEST + " deep");
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field(type.findFieldByNumber(WireFormat.getTagFieldNumber(tag)), tag, depth);
    }
  }

  private void field(FieldDescriptor field, int tag, int depth)
      throws IOException, OnnxException {
    int wire = WireFormat.getTagWireType(tag);
    if (wire == WireFormat.WIRETYPE_START_GROUP || wire == WireFormat.WIRETYPE_END_GROUP) {
      throw new OnnxException("is no ONNX model: it has a group of fields, which those have not");
    }
    boolean delimited = wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    boolean isNumber = field != null && field.isPackable();
    if (!isNumber && ++parts > MOST_PARTS) {
      throw new OnnxException("has more than " + MOST_PARTS + " nodes, names and other parts");
    }
    if (field != null && delimited && field.getType() == FieldDescriptor.Type.MESSAGE) {
      int outer = in.pushLimit(in.readRawVarint32());
      scan(field.getMessageType(), depth + 1);
      in.popLimit(outer);
      return;
    }
    int before = in.getTotalBytesRead();
    in.skipField(tag);
    numbers += isNumber ? in.getTotalBytesRead() - before : 0;
  }
}
