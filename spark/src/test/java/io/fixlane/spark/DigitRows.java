package io.fixlane.spark;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Digits as rows, a network that reads them, and its words as one machine computes them. */
final class DigitRows {
  static final Dataset DIGITS = Digits.read();
  static final int PIXELS = 64;

  private DigitRows() {}

  /** Returns a network with random weights, calibrated: all its words are in use. */
  static Network network(Model model) {
    Sequential fixed =
        Qfx.convert(model.build(DIGITS.imageShape(), 10, 3), QfxOptions.bits(6));
    Tensor images = Batches.inOrder(DIGITS, 256).get(0).images();
    Qfx.calibrate(fixed, images, new StartRule.LeastSquares());
    return Qfx.deploy(fixed, DIGITS.imageShape());
  }

  /** Returns the words of all digits. */
  static FixedTensor words(Network network) {
    return network.run(FixedTensor.quantize(
        network.inputFormat(), DIGITS.images(), DIGITS.size(), 8, 8, 1));
  }

  static float[] pixels(int digit) {
    return Arrays.copyOfRange(DIGITS.images(), digit * PIXELS, (digit + 1) * PIXELS);
  }

  static double[] doubles(float[] pixels) {
    double[] doubles = new double[pixels.length];
    Arrays.setAll(doubles, i -> pixels[i]);
    return doubles;
  }

  /** Returns rows of a number and pixels, in so many partitions. */
  static org.apache.spark.sql.Dataset<Row> rows(SparkSession session, int count, int partitions,
      DataType type, Function<float[], Object> cell) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(RowFactory.create(i, cell.apply(pixels(i % DIGITS.size()))));
    }
    StructType schema = new StructType().add("number", DataTypes.IntegerType, false)
        .add("features", type, false);
    return session.createDataFrame(rows, schema).repartition(partitions);
  }

  static org.apache.spark.sql.Dataset<Row> vectors(
      SparkSession session, int count, int partitions) {
    return rows(session, count, partitions,
        SQLDataTypes.VectorType(),
        pixels -> Vectors.dense(doubles(pixels)));
  }
}
