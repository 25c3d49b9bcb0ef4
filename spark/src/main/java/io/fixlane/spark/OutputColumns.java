package io.fixlane.spark;

import io.fixlane.tensor.FixedTensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a network writes; an empty name is no column.
 *
 * @param words the words of a result, as integers
 * @param values what they stand for
 * @param scores the same as a vector
 * @param prediction the place of the largest word, the first of several
 */
record OutputColumns(String words, String values, String scores, String prediction)
    implements Serializable {
  private record Column(String name, DataType type) {}

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(
        new Column(words, DataTypes.createArrayType(DataTypes.LongType, false)),
        new Column(values, DataTypes.createArrayType(DataTypes.DoubleType, false)),
        new Column(scores, SQLDataTypes.VectorType()),
        new Column(prediction, DataTypes.DoubleType)));
    columns.removeIf(column -> column.name().isEmpty());
    return columns;
  }

  int count() {
    return columns().size();
  }

  /**
   * Returns a schema with these columns behind the others.
   *
   * @throws IllegalArgumentException if one of their names is taken
   */
  StructType append(StructType schema) {
    StructType result = schema;
    for (Column column : columns()) {
      if (List.of(result.fieldNames()).contains(column.name())) {
        throw new IllegalArgumentException("the column " + column.name()
            + " is there already: an output must have another name");
      }
      result = result.add(column.name(), column.type(), false);
    }
    return result;
  }

  /**
   * Writes the cells of a sample, in Spark's own form.
   *
   * @param results the words of a batch
   * @param sample which of its samples
   * @param size how many words a result has
   * @param step what a word of 1 stands for
   * @param cells where they are written, from {@code first} on
   */
  void write(
      FixedTensor results, int sample, int size, double step, Object[] cells, int first) {
    long[] raw = new long[size];
    double[] numbers = new double[size];
    boolean isSigned = results.format().signed();
    int largest = 0;
    for (int i = 0; i < size; i++) {
      raw[i] = results.raw((long) sample * size + i);
      numbers[i] = step * (isSigned ? raw[i] : unsigned(raw[i]));
      boolean isLarger = isSigned
          ? raw[i] > raw[largest]
          : Long.compareUnsigned(raw[i], raw[largest]) > 0;
      largest = isLarger ? i : largest;
    }
    int next = first;
    if (!words.isEmpty()) {
      cells[next++] = UnsafeArrayData.fromPrimitiveArray(raw);
    }
    if (!values.isEmpty()) {
      cells[next++] = UnsafeArrayData.fromPrimitiveArray(numbers);
    }
    if (!scores.isEmpty()) {
      cells[next++] = new VectorUDT().serialize(Vectors.dense(numbers));
    }
    if (!prediction.isEmpty()) {
      cells[next] = (double) largest;
    }
  }

  private static double unsigned(long word) {
    return word >= 0 ? word : 2.0 * (word >>> 1 | word & 1);
  }
}
