package io.fixlane.spark;

import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.collection.mutable.ArraySeq;

/**
 * The column that a network reads: vectors, or arrays of numbers.
 *
 * @param name its name
 * @param index its place in a row
 * @param size how many numbers a row must have
 */
record InputColumn(String name, int index, int size) implements Serializable {
  /**
   * Copies the numbers of a row, as the nearest floats, which is what training sees.
   *
   * @throws IllegalArgumentException if there are none, or more or fewer than a sample has
   */
  void copy(Row row, float[] target, int offset) {
    switch (row.get(index)) {
      case DenseVector vector -> copy(vector.values(), target, offset);
      case Vector vector -> copy(vector, target, offset);
      case ArraySeq<?> array when array.array() instanceof float[] floats -> {
        require(floats.length);
        System.arraycopy(floats, 0, target, offset, size);
      }
      case ArraySeq<?> array when array.array() instanceof double[] doubles -> copy(
          doubles, target, offset);
      case Seq<?> numbers -> copy(numbers, target, offset);
      case null -> throw new IllegalArgumentException("column " + name + " is null in a row: "
          + "every row must have " + size + " numbers");
      default -> throw new IllegalArgumentException("column " + name + " has a "
          + row.get(index).getClass().getName() + ": it must have vectors or arrays of numbers");
    }
  }

  private void copy(double[] values, float[] target, int offset) {
    require(values.length);
    for (int i = 0; i < size; i++) {
      target[offset + i] = (float) values[i];
    }
  }

  private void copy(Vector vector, float[] target, int offset) {
    require(vector.size());
    for (int i = 0; i < size; i++) {
      target[offset + i] = (float) vector.apply(i);
    }
  }

  private void copy(Seq<?> numbers, float[] target, int offset) {
    require(numbers.length());
    for (int i = 0; i < size; i++) {
      if (!(numbers.apply(i) instanceof Number number)) {
        throw new IllegalArgumentException(
            "column " + name + ", number " + i + " of a row is null: it must be a number");
      }
      target[offset + i] = number.floatValue();
    }
  }

  private void require(int count) {
    if (count != size) {
      throw new IllegalArgumentException("column " + name + " has " + count
          + " numbers in a row: the network takes " + size);
    }
  }
}
