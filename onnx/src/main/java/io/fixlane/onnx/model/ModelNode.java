package io.fixlane.onnx.model;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fixlane.onnx.OnnxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node of a model: an operator, the names of what it takes and gives, and its attributes. */
public final class ModelNode {
  private final int index;
  private final NodeProto node;
  private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();
  private final ExternalFolder folder;

  /**
   * Makes the view of a node.
   *
   * @param index its place in the graph
   */
  ModelNode(int index, NodeProto node, ExternalFolder folder) throws OnnxException {
    this.index = index;
    this.node = node;
    this.folder = folder;
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attributes.put(attribute.getName(), attribute) != null) {
        throw refuse("it has two attributes '" + attribute.getName() + "'");
      }
    }
  }

  /** Returns its name; empty where it has none. */
  public String name() {
    return node.getName();
  }

  /** Returns the operator, such as {@code Conv}. */
  public String operator() {
    return node.getOpType();
  }

  /** Returns the domain of the operator; empty for those of ONNX itself. */
  public String domain() {
    return node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
  }

  /** Returns the names of what it takes; empty where an optional one is left out. */
  public List<String> inputs() {
    return node.getInputList();
  }

  /** Returns the names of what it gives; empty where an optional one is left out. */
  public List<String> outputs() {
    return node.getOutputList();
  }

  /** Returns whether an input is there. */
  public boolean hasInput(int place) {
    return place < node.getInputCount() && !node.getInput(place).isEmpty();
  }

  /**
   * Returns the name of an input.
   *
   * @throws OnnxException if it is left out
   */
  public String input(int place) throws OnnxException {
    if (!hasInput(place)) {
      throw refuse("it has no input " + place);
    }
    return node.getInput(place);
  }

  /**
   * Requires the node to take so many inputs, and to give one result.
   *
   * @throws OnnxException if it does not
   */
  public void requireInputs(int least, int most) throws OnnxException {
    int count = node.getInputCount();
    if (count < least || count > most) {
      throw refuse("it has " + count + " inputs: it must have " + least
          + (most > least ? " to " + most : ""));
    }
    for (int i = 0; i < least; i++) {
      input(i);
    }
  }

  /**
   * Requires every attribute to be one of some.
   *
   * @throws OnnxException if there is another; it is named, and those that are known
   */
  public void requireAttributes(String... known) throws OnnxException {
    Set<String> all = new TreeSet<>(Arrays.asList(known));
    for (String name : attributes.keySet()) {
      if (!all.contains(name)) {
        throw refuse("its attribute '" + name + "' is not read: "
            + (all.isEmpty() ? "it must have none" : "known are " + String.join(", ", all)));
      }
    }
  }

  private @Nullable AttributeProto attribute(String name, AttributeType type)
      throws OnnxException {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.getType() != type) {
      throw refuse("its attribute '" + name + "' is of the kind " + attribute.getType()
          + ": it must be " + type);
    }
    return attribute;
  }

  /** Returns whether it has an attribute. */
  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /**
   * Returns an attribute that is an integer.
   *
   * @throws OnnxException if it is of another kind
   */
  public long integer(String name, long otherwise) throws OnnxException {
    AttributeProto attribute = attribute(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  /**
   * Returns an attribute that is a number.
   *
   * @throws OnnxException if it is of another kind, or not finite
   */
  public float number(String name, float otherwise) throws OnnxException {
    AttributeProto attribute = attribute(name, AttributeType.FLOAT);
    if (attribute == null) {
      return otherwise;
    }
    if (!Float.isFinite(attribute.getF())) {
      throw refuse("its attribute '" + name + "' is " + attribute.getF()
          + ": it must be a finite number");
    }
    return attribute.getF();
  }

  /**
   * Returns an attribute that is a text.
   *
   * @throws OnnxException if it is of another kind
   */
  public String text(String name, String otherwise) throws OnnxException {
    AttributeProto attribute = attribute(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /**
   * Returns an attribute that is a list of integers, each of which an int holds; null where it is
   * left out.
   *
   * @throws OnnxException if it is of another kind, or an integer is larger
   */
  public int @Nullable [] integers(String name) throws OnnxException {
    AttributeProto attribute = attribute(name, AttributeType.INTS);
    if (attribute == null) {
      return null;
    }
    int[] integers = new int[attribute.getIntsCount()];
    for (int i = 0; i < integers.length; i++) {
      long value = attribute.getInts(i);
      integers[i] = (int) value;
      if (integers[i] != value) {
        throw refuse("its attribute '" + name + "' holds " + value + ": an integer of it must have "
            + "32 bits at most");
      }
    }
    return integers;
  }

  /**
   * Returns the constant of a node of the operator Constant.
   *
   * @throws OnnxException if it is of a kind that is not read
   */
  ModelTensor constant(String name) throws OnnxException {
    requireAttributes("value", "value_float", "value_floats", "value_int", "value_ints");
    if (attributes.size() != 1) {
      throw refuse("it has " + attributes.size() + " attributes: it must have one, its value");
    }
    AttributeProto value = attributes.values().iterator().next();
    return switch (value.getType()) {
      case TENSOR -> ModelTensor.of(name, value.getT(), folder);
      case FLOAT -> ModelTensor.of(name, new int[0], value.getF());
      case INT -> ModelTensor.of(name, new int[0], value.getI());
      case FLOATS -> {
        float[] floats = new float[value.getFloatsCount()];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = value.getFloats(i);
        }
        yield ModelTensor.of(name, new int[] {floats.length}, floats);
      }
      case INTS -> {
        long[] longs = value.getIntsList().stream().mapToLong(n -> n).toArray();
        yield ModelTensor.of(name, new int[] {longs.length}, longs);
      }
      default -> throw refuse("its value is of the kind " + value.getType()
          + ": it must be a tensor or numbers");
    };
  }

  /** Returns the error that the node is not read for a reason. */
  public OnnxException refuse(String reason) {
    return new OnnxException(this + ": " + reason);
  }

  /** Returns name and operator: {@code node 'conv1' (Conv)}, {@code node 7 (com.example.Op)}. */
  @Override
  public String toString() {
    String domain = domain().isEmpty() ? "" : domain() + ".";
    return "node " + (node.getName().isEmpty() ? String.valueOf(index) : "'" + node.getName() + "'")
        + " (" + domain + operator() + ")";
  }
}
