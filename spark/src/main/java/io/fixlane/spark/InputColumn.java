package io.fixlane.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * The column that a network reads: vectors, or arrays of numbers.
 *
 * @param name its name
 * @param index its place in a row
 * @param type what it has: arrays of numbers, or else vectors
 * @param size how many numbers a row must have
 */
record InputColumn(String name, int index, DataType type, int size) implements Serializable {
  private static final VectorUDT VECTORS = new VectorUDT();
  private static final int VECTOR_FIELDS = VECTORS.sqlType().size();

  /**
   * Copies the numbers of a row, as the nearest floats, which is what training sees.
   *
   * @throws IllegalArgumentException if there are none, or more or fewer than a sample has
   */
  void copy(InternalRow row, float[] target, int offset) {
    if (row.isNullAt(index)) {
      throw new IllegalArgumentException("column " + name + " is null in a row: "
          + "every row must have " + size + " numbers");
    }
    if (type instanceof ArrayType array) {
      copyArray(row.getArray(index), array, target, offset);
    } else {
      copyVector(VECTORS.deserialize(row.getStruct(index, VECTOR_FIELDS)), target, offset);
    }
  }

  private void copyArray(ArrayData numbers, ArrayType array, float[] target, int offset) {
    require(numbers.numElements());
    if (array.containsNull()) {
      requireNoNull(numbers);
    }
    switch (array.elementType()) {
      case FloatType _ -> System.arraycopy(numbers.toFloatArray(), 0, target, offset, size);
      case DoubleType _ -> copyDoubles(numbers.toDoubleArray(), target, offset);
      case DataType element -> {
        for (int i = 0; i < size; i++) {
          target[offset + i] = number(numbers.get(i, element)).floatValue();
        }
      }
    }
  }

  private void copyVector(Vector vector, float[] target, int offset) {
    require(vector.size());
    if (vector instanceof SparseVector sparse) {
      Arrays.fill(target, offset, offset + size, 0);
      for (int i = 0; i < sparse.indices().length; i++) {
        target[offset + sparse.indices()[i]] = (float) sparse.values()[i];
      }
    } else {
      copyDoubles(vector.toArray(), target, offset);
    }
  }

  private void copyDoubles(double[] values, float[] target, int offset) {
    for (int i = 0; i < size; i++) {
      target[offset + i] = (float) values[i];
    }
  }

  private static Number number(Object value) {
    return value instanceof Decimal decimal ? decimal.toJavaBigDecimal() : (Number) value;
  }

  private void requireNoNull(ArrayData numbers) {
    for (int i = 0; i < size; i++) {
      if (numbers.isNullAt(i)) {
        throw new IllegalArgumentException(
            "column " + name + ", number " + i + " of a row is null: it must be a number");
      }
    }
  }

  private void require(int count) {
    if (count != size) {
      throw new IllegalArgumentException("column " + name + " has " + count
          + " numbers in a row: the network takes " + size);
    }
  }
}
