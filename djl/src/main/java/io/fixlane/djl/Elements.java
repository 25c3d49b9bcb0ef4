package io.fixlane.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;

/** The elements of any engine's array, as numbers. */
final class Elements {
  private Elements() {}

  /**
   * Returns the elements as a new array of floats; integers of 32 bits and doubles are rounded to
   * the nearest.
   *
   * @throws IllegalArgumentException if they are no numbers that doubles hold
   */
  static float[] floats(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    double[] numbers = doubles(array);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /**
   * Returns the elements as a new array of doubles, each exactly what it was.
   *
   * @throws IllegalArgumentException if they are no numbers that doubles hold
   */
  static double[] doubles(NDArray array) {
    ByteBuffer data = array.toByteBuffer();
    int start = data.position();
    IntToDoubleFunction element = switch (array.getDataType()) {
      case UINT8 -> i -> data.get(start + i) & 0xff;
      case INT8 -> i -> data.get(start + i);
      case INT16 -> i -> data.getShort(start + i * Short.BYTES);
      case UINT16 -> i -> data.getShort(start + i * Short.BYTES) & 0xffff;
      case INT32 -> i -> data.getInt(start + i * Integer.BYTES);
      case UINT32 -> i -> data.getInt(start + i * Integer.BYTES) & 0xffffffffL;
      case FLOAT32 -> i -> data.getFloat(start + i * Float.BYTES);
      case FLOAT64 -> i -> data.getDouble(start + i * Double.BYTES);
      default -> throw new IllegalArgumentException("the array has elements of "
          + array.getDataType() + ": they must be floats of 32 or 64 bits, or integers of at most"
          + " 32 bits");
    };
    double[] numbers = new double[Math.toIntExact(array.size())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = element.applyAsDouble(i);
    }
    return numbers;
  }
}
