package io.fixlane.onnx.model;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.fixlane.onnx.OnnxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A constant of a model: as many numbers as its dimensions say, held as floats or as integers.
 */
public final class ModelTensor {
  private final String name;
  private final int[] shape;
  private final float[] floats;
  private final long[] longs;

  private ModelTensor(String name, int[] shape, float[] floats, long[] longs) {
    this.name = name;
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
  }

  /** Returns a constant of floats. */
  static ModelTensor of(String name, int[] shape, float... floats) {
    return new ModelTensor(name, shape, floats, new long[0]);
  }

  /** Returns a constant of integers. */
  static ModelTensor of(String name, int[] shape, long... longs) {
    return new ModelTensor(name, shape, new float[0], longs);
  }

  /**
   * Reads a constant.
   *
   * @param folder gives the bytes of one that lies in a file beside the model
   * @throws OnnxException if its dimensions and its numbers are not as many, or of a type that is
   *     not read
   */
  static ModelTensor of(String name, TensorProto tensor, ExternalFolder folder)
      throws OnnxException {
    String text = "tensor '" + name + "'";
    int[] shape = shape(text, tensor.getDimsList().stream().mapToLong(d -> d).toArray());
    int size = size(text, shape);
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw new OnnxException(text + " has the type " + tensor.getDataType() + ": " + KNOWN);
    }
    int bytes = bytes(text, type);
    ByteBuffer raw = null;
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      raw = folder.read(text, tensor, (long) size * bytes);
    } else if (tensor.hasRawData()) {
      ByteString held = tensor.getRawData();
      requireHeld(text, size, held.size() / bytes, held.size() % bytes);
      raw = held.asReadOnlyByteBuffer();
    }
    if (raw != null) {
      return decode(name, shape, size, type, raw.order(ByteOrder.LITTLE_ENDIAN));
    }
    return switch (type) {
      case FLOAT -> {
        requireHeld(text, size, tensor.getFloatDataCount(), 0);
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
          floats[i] = tensor.getFloatData(i);
        }
        yield of(name, shape, floats);
      }
      case DOUBLE -> {
        requireHeld(text, size, tensor.getDoubleDataCount(), 0);
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
          floats[i] = (float) tensor.getDoubleData(i);
        }
        yield of(name, shape, floats);
      }
      case INT64 -> {
        requireHeld(text, size, tensor.getInt64DataCount(), 0);
        yield of(name, shape, tensor.getInt64DataList().stream().mapToLong(n -> n).toArray());
      }
      default -> {
        requireHeld(text, size, tensor.getInt32DataCount(), 0);
        long[] longs = tensor.getInt32DataList().stream().mapToLong(n -> n).toArray();
        yield type == TensorProto.DataType.FLOAT16
            ? of(name, shape, halves(longs))
            : of(name, shape, longs);
      }
    };
  }

  private static final String KNOWN =
      "FLOAT, DOUBLE, FLOAT16, INT64, INT32, INT8, UINT8 and BOOL are read";

  private static int bytes(String text, TensorProto.DataType type) throws OnnxException {
    return switch (type) {
      case DOUBLE, INT64 -> Long.BYTES;
      case FLOAT, INT32 -> Integer.BYTES;
      case FLOAT16 -> Short.BYTES;
      case INT8, UINT8, BOOL -> 1;
      default -> throw new OnnxException(text + " has the type " + type + ": " + KNOWN);
    };
  }

  private static float[] halves(long[] bits) {
    float[] floats = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      floats[i] = Float.float16ToFloat((short) bits[i]);
    }
    return floats;
  }

  private static ModelTensor decode(
      String name, int[] shape, int size, TensorProto.DataType type, ByteBuffer raw) {
    boolean isFloat = switch (type) {
      case FLOAT, DOUBLE, FLOAT16 -> true;
      default -> false;
    };
    float[] floats = new float[isFloat ? size : 0];
    long[] longs = new long[isFloat ? 0 : size];
    for (int i = 0; i < size; i++) {
      switch (type) {
        case FLOAT -> floats[i] = raw.getFloat();
        case DOUBLE -> floats[i] = (float) raw.getDouble();
        case FLOAT16 -> floats[i] = Float.float16ToFloat(raw.getShort());
        case INT64 -> longs[i] = raw.getLong();
        case INT32 -> longs[i] = raw.getInt();
        case INT8 -> longs[i] = raw.get();
        default -> longs[i] = raw.get() & 0xff;
      }
    }
    return new ModelTensor(name, shape, floats, longs);
  }

  private static void requireHeld(String text, int size, int held, int rest)
      throws OnnxException {
    if (held != size || rest != 0) {
      throw new OnnxException(text + " says that it has " + size + " numbers, and holds " + held
          + (rest == 0 ? "" : " and a part of one"));
    }
  }

  /** Returns dimensions as those of an array. */
  static int[] shape(String text, long... dimensions) throws OnnxException {
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions[i] < 0 || dimensions[i] > Integer.MAX_VALUE) {
        throw new OnnxException(text + " has the shape " + Arrays.toString(dimensions)
            + ": a dimension must lie in 0.." + Integer.MAX_VALUE);
      }
      shape[i] = (int) dimensions[i];
    }
    return shape;
  }

  private static int size(String text, int... shape) throws OnnxException {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
      if (size > Integer.MAX_VALUE - 8) {
        throw new OnnxException(text + " has the shape " + Arrays.toString(shape)
            + ": it must hold at most " + (Integer.MAX_VALUE - 8) + " numbers");
      }
    }
    return (int) size;
  }

  /** Returns the same numbers under another name. */
  ModelTensor renamed(String newName) {
    return reshaped(newName, shape);
  }

  /** Returns the same numbers in another shape of as many. */
  ModelTensor reshaped(String newName, int... newShape) {
    return new ModelTensor(newName, newShape.clone(), floats, longs);
  }

  /** Returns the numbers with their dimensions in another order: first the order's first. */
  ModelTensor transposed(String newName, int... order) {
    int rank = shape.length;
    int[] to = new int[rank];
    int[] strides = new int[rank];
    for (int i = rank - 1, stride = 1; i >= 0; stride *= shape[i--]) {
      strides[i] = stride;
    }
    for (int i = 0; i < rank; i++) {
      to[i] = shape[order[i]];
    }
    float[] newFloats = new float[floats.length];
    long[] newLongs = new long[longs.length];
    int[] at = new int[rank];
    for (int i = 0; i < size(); i++) {
      int source = 0;
      for (int d = 0; d < rank; d++) {
        source += at[d] * strides[order[d]];
      }
      if (floats.length > 0) {
        newFloats[i] = floats[source];
      } else {
        newLongs[i] = longs[source];
      }
      for (int d = rank - 1; d >= 0 && ++at[d] == to[d]; d--) {
        at[d] = 0;
      }
    }
    return new ModelTensor(newName, to, newFloats, newLongs);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the dimensions, as a new array. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Returns how many numbers it holds. */
  public int size() {
    return Math.max(floats.length, longs.length);
  }

  /** Returns whether it holds integers; one without numbers holds neither. */
  public boolean isIntegers() {
    return longs.length > 0;
  }

  /**
   * Returns the floats themselves, not a copy.
   *
   * @throws OnnxException if it holds integers
   */
  public float[] floats() throws OnnxException {
    if (longs.length > 0) {
      throw new OnnxException("tensor '" + name + "' holds integers: it must hold floats");
    }
    return floats;
  }

  /**
   * Returns the integers themselves, not a copy.
   *
   * @throws OnnxException if it holds floats
   */
  public long[] longs() throws OnnxException {
    if (floats.length > 0) {
      throw new OnnxException("tensor '" + name + "' holds floats: it must hold integers");
    }
    return longs;
  }

  /** Returns name and shape: {@code 'conv1.weight' [16, 1, 3, 3]}. */
  @Override
  public String toString() {
    return "'" + name + "' " + Arrays.toString(shape);
  }
}
