package io.fixlane.spark;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.models.Model;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** A network in Spark gives the words of one machine. */
class FixlaneModelTest {
  private static SparkSession session;
  private static Network network;
  private static FixedTensor expected;
  private static int[] classes;

  @TempDir
  private Path folder;

  @BeforeAll
  static void start() {
    session = Sessions.local(2);
    network = DigitRows.network(Model.CNN);
    expected = DigitRows.words(network);
    classes = network.classify(FixedTensor.quantize(network.inputFormat(),
        DigitRows.DIGITS.images(), DigitRows.DIGITS.size(), 8, 8, 1));
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static FixlaneModel model() {
    return FixlaneModel.of(network).setWordsCol("words").setValuesCol("values");
  }

  static void assertWords(Dataset<Row> results, int count, FixedTensor expected, int[] classes) {
    List<Row> rows = results.orderBy("number").collectAsList();
    assertThat(rows).hasSize(count);
    for (int i = 0; i < count; i++) {
      Row row = rows.get(i);
      int digit = i % DigitRows.DIGITS.size();
      List<Long> words = row.getList(row.fieldIndex("words"));
      Vector scores = row.getAs("rawPrediction");
      for (int j = 0; j < 10; j++) {
        assertThat(words.get(j)).isEqualTo(expected.raw(digit * 10L + j));
        assertThat(scores.apply(j)).isEqualTo(expected.value(digit * 10L + j).toDouble());
      }
      assertThat(row.<Double>getAs("prediction")).isEqualTo(classes[digit]);
    }
  }

  /** Also where partitions are smaller than a batch, or empty, or batches have one row. */
  @ParameterizedTest
  @CsvSource({"1797, 1, 256", "1797, 7, 100", "300, 2, 1", "3, 8, 256", "1797, 3, 5000"})
  void wordsDoNotDependOnPartitions(int count, int partitions, int batch) {
    Dataset<Row> results =
        model().setBatchSize(batch).transform(DigitRows.vectors(session, count, partitions));
    assertThat(results.columns()).containsExactly(
        "number", "features", "words", "values", "rawPrediction", "prediction");
    assertWords(results, count, expected, classes);
  }

  /** So the memory that a partition takes does not depend on its size. */
  @Test
  void noMoreThanABatchIsRead() {
    UnsafeArrayData pixels = UnsafeArrayData.fromPrimitiveArray(DigitRows.pixels(3));
    AtomicInteger read = new AtomicInteger();
    Iterator<Object> endless = Stream.<Object>generate(() -> {
      return new GenericInternalRow(new Object[] {read.getAndIncrement(), pixels});
    }).iterator();
    Iterator<Object> results = CollectionConverters.asJava(new Inference(
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(new SharedNetwork(network.toBytes())),
        new InputColumn("features", 1, DataTypes.createArrayType(DataTypes.FloatType, false),
            DigitRows.PIXELS),
        new OutputColumns("words", "", "", "prediction"), 50)
        .apply(CollectionConverters.asScala(endless)));
    for (int i = 0; i < 1000; i++) {
      InternalRow row = (InternalRow) results.next();
      assertThat(row.numFields()).isEqualTo(4);
      assertThat(row.getInt(0)).isEqualTo(i);
      assertThat(row.getDouble(3)).isEqualTo(classes[3]);
      // An iterator of a stream takes an element when it is asked whether there is one.
      assertThat(read.get()).isBetween(i + 1, i + 51);
    }
  }

  @Test
  void everyKindOfColumnGivesTheSame() {
    FixlaneModel model = model();
    assertWords(model.transform(DigitRows.rows(session, 200, 2,
        DataTypes.createArrayType(DataTypes.FloatType), pixels -> pixels)), 200, expected, classes);
    assertWords(model.transform(DigitRows.rows(session, 200, 2,
        DataTypes.createArrayType(DataTypes.DoubleType), DigitRows::doubles)), 200, expected,
        classes);
    assertWords(model.transform(DigitRows.rows(session, 200, 2,
        SQLDataTypes.VectorType(),
        pixels -> Vectors.dense(DigitRows.doubles(pixels)).toSparse())), 200, expected, classes);
  }

  @Test
  void arraysOfOtherNumbersGiveTheSame() {
    Dataset<Row> rows = DigitRows.rows(session, 200, 2,
        DataTypes.createArrayType(DataTypes.FloatType), pixels -> pixels);
    for (String type : List.of("tinyint", "smallint", "int", "bigint", "decimal(9,2)")) {
      String column = "transform(features, x -> cast(16 * x as " + type + "))";
      Dataset<Row> sixteenths = rows.withColumn("features", expr(column));
      Dataset<Row> floats =
          sixteenths.withColumn("features", expr("cast(features as array<float>)"));
      assertThat(model().transform(sixteenths).orderBy("number").select("words").collectAsList())
          .isEqualTo(
              model().transform(floats).orderBy("number").select("words").collectAsList());
    }
  }

  /** Cells of every size, in rows that Spark reads one after the other into the same memory. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherColumnsStayAsTheyAre(boolean wholeStage) {
    session.conf().set("spark.sql.codegen.wholeStage", wholeStage);
    try {
      Dataset<Row> rows = DigitRows.vectors(session, 300, 3)
          .withColumn("text", expr("if(number % 3 = 0, null, repeat('x', number % 50))"))
          .withColumn("list", expr("transform(sequence(0, number % 7), x -> string(x))"))
          .withColumn("inner", expr("struct(number as n, map('k', number) as m, text as t)"))
          .withColumn("money", expr("cast(number as decimal(30,4))"));
      Dataset<Row> results = model().setBatchSize(100).transform(rows);
      assertWords(results, 300, expected, classes);
      String[] names = {"features", "text", "list", "inner", "money"};
      assertThat(results.orderBy("number").select("number", names).collectAsList())
          .isEqualTo(rows.orderBy("number").select("number", names).collectAsList());
    } finally {
      session.conf().unset("spark.sql.codegen.wholeStage");
    }
  }

  @Test
  void twoNetworksFollowEachOther() {
    Dataset<Row> rows = DigitRows.vectors(session, 300, 3);
    FixlaneModel second =
        model().setWordsCol("w").setValuesCol("").setRawPredictionCol("").setPredictionCol("p");
    Dataset<Row> results = second.transform(model().transform(rows));
    assertWords(results, 300, expected, classes);
    assertThat(results.filter("w = words and p = prediction").count()).isEqualTo(300);
    Dataset<Row> joined = results.as("a").join(results.as("b"), expr("a.number = b.number + 1"));
    assertThat(joined.filter("a.number > 290").count()).isEqualTo(9);
  }

  @Test
  void anEmptyNameIsNoColumn() {
    Dataset<Row> results = FixlaneModel.of(network).setRawPredictionCol("").setPredictionCol("y")
        .transform(DigitRows.vectors(session, 5, 1));
    assertThat(results.columns()).containsExactly("number", "features", "y");
    assertThat(results.filter("number = 3").first().<Double>getAs("y")).isEqualTo(classes[3]);
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws Exception {
    String path = folder.resolve("pipeline").toUri().toString();
    FixlaneModel model = model().setInputCol("pixels").setBatchSize(50);
    Dataset<Row> rows = DigitRows.vectors(session, 120, 3).withColumnRenamed("features", "pixels");
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {model}).fit(rows);
    pipeline.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertWords(loaded.transform(rows), 120, expected, classes);
    FixlaneModel stage = (FixlaneModel) loaded.stages()[0];
    assertThat(stage.uid()).isEqualTo(model.uid());
    assertThat(stage.getOrDefault(stage.network())).isEqualTo(network.toBytes());
    FixlaneModel copy = stage.copy(new ParamMap().put(stage.wordsCol(), "w"));
    assertThat(copy.transform(rows).columns()).contains("w").doesNotContain("words");
    assertThat(stage.transform(rows).columns()).contains("words");
  }

  @Test
  void aStageIsMadeOfAFile() throws Exception {
    Path file = folder.resolve("network.fxn");
    network.save(file);
    assertWords(FixlaneModel.ofFile(file).setWordsCol("words")
        .transform(DigitRows.vectors(session, 20, 2)), 20, expected, classes);
    String path = folder.resolve("stage").toUri().toString();
    model().write().overwrite().save(path);
    FixlaneModel loaded = FixlaneModel.load(path);
    assertThat(loaded.getOrDefault(loaded.wordsCol())).isEqualTo("words");
  }

  @Test
  void mistakesAreNamed() {
    Dataset<Row> rows = DigitRows.vectors(session, 5, 1);
    assertThatThrownBy(() -> model().setInputCol("x").transform(rows))
        .hasMessage("inputCol is x: it must be one of number, features");
    assertThatThrownBy(() -> model().setInputCol("number").transform(rows)).hasMessage(
        "inputCol is number of int: it must have vectors or arrays of numbers");
    assertThatThrownBy(() -> model().setWordsCol("number").transform(rows)).hasMessage(
        "the column number is there already: an output must have another name");
    assertThatThrownBy(() -> model().setNetwork(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("network: ");
    assertThatThrownBy(() -> model().setBatchSize(0)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> model().transform(DigitRows.rows(session, 5, 1,
        DataTypes.createArrayType(DataTypes.FloatType), pixels -> new float[3])).collect())
        .hasStackTraceContaining(
            "column features has 3 numbers in a row: the network takes 64");
    Dataset<Row> floats = DigitRows.rows(session, 5, 1,
        DataTypes.createArrayType(DataTypes.FloatType), pixels -> pixels);
    assertThatThrownBy(() -> model().transform(floats.withColumn("features",
        expr("transform(features, (x, i) -> if(i = 9, null, x))"))).collect())
        .hasStackTraceContaining(
            "column features, number 9 of a row is null: it must be a number");
    assertThatThrownBy(() -> model().transform(floats.withColumn("features",
        expr("if(number = 2, null, features)"))).collect()).hasStackTraceContaining(
            "column features is null in a row: every row must have 64 numbers");
  }
}
