package io.fixlane.spark;

import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A network as a stage of a Spark ML pipeline: a column of vectors or arrays in, words or values,
 * scores and classes out, the same as on one machine, however rows are divided.
 *
 * <p>Numbers become the nearest floats, and these words of the network's input format as in
 * training. The network is broadcast once; every executor makes one plan of it, and runs rows in
 * batches, so that its memory does not depend on the size of partitions.
 *
 * {@snippet class="io.fixlane.spark.FixlaneModelExample" region="transform"}
 */
public final class FixlaneModel extends Model<FixlaneModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final int BATCH = 256;

  private final String uid;
  private final NetworkParam network;
  private final Param<String> inputCol;
  private final Param<String> wordsCol;
  private final Param<String> valuesCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> predictionCol;
  private final IntParam batchSize;
  private transient @Nullable Shared shared;

  /** The network as a context has it. */
  private record Shared(byte[] bytes, SparkContext context, SharedNetwork plan,
      Broadcast<SharedNetwork> broadcast) {}

  /**
   * Makes a stage without a network, as Spark does when it reads one.
   *
   * @param uid its name among the stages of a pipeline
   */
  public FixlaneModel(String uid) {
    this.uid = uid;
    this.network = new NetworkParam(this);
    this.inputCol =
        new Param<>(this, "inputCol", "the column of vectors or arrays, a sample each");
    this.wordsCol =
        new Param<>(this, "wordsCol", "the column of the words of results; empty for none");
    this.valuesCol = new Param<>(
        this, "valuesCol", "the column of the values of results, as arrays; empty for none");
    this.rawPredictionCol = new Param<>(
        this, "rawPredictionCol", "the column of the values as vectors; empty for none");
    this.predictionCol = new Param<>(
        this, "predictionCol", "the column of the classes; empty for none");
    this.batchSize = new IntParam(
        this, "batchSize", "how many rows are computed at once", ParamValidators.gtEq(1));
    setDefault(inputCol, "features");
    setDefault(wordsCol, "");
    setDefault(valuesCol, "");
    setDefault(rawPredictionCol, "rawPrediction");
    setDefault(predictionCol, "prediction");
    setDefault(batchSize, BATCH);
  }

  /** Makes a stage of a network. */
  public static FixlaneModel of(Network network) {
    return new FixlaneModel(Identifiable$.MODULE$.randomUID("fixlane"))
        .setNetwork(network.toBytes());
  }

  /**
   * Makes a stage of the network that a file on this machine holds.
   *
   * @throws IOException as {@link Network#load}
   */
  public static FixlaneModel ofFile(Path file) throws IOException {
    return of(Network.load(file));
  }

  /** Returns what reads a stage that was saved, alone or in a pipeline. */
  public static MLReader<FixlaneModel> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a stage that was saved.
   *
   * @param path where Spark finds it
   */
  public static FixlaneModel load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the parameter that holds the network. */
  public Param<byte[]> network() {
    return network;
  }

  /**
   * Sets the network.
   *
   * @param bytes those of a network file
   * @throws IllegalArgumentException if they are none
   */
  public FixlaneModel setNetwork(byte[] bytes) {
    SharedNetwork.decode(bytes);
    set(network, bytes.clone());
    return this;
  }

  /** Returns the parameter that names the column of samples, {@code features} at first. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** Names the column of samples. */
  public FixlaneModel setInputCol(String name) {
    set(inputCol, name);
    return this;
  }

  /** Returns the parameter that names the column of words, none at first. */
  public Param<String> wordsCol() {
    return wordsCol;
  }

  /** Names the column of words, arrays of bigint; empty for none. */
  public FixlaneModel setWordsCol(String name) {
    set(wordsCol, name);
    return this;
  }

  /** Returns the parameter that names the column of values, none at first. */
  public Param<String> valuesCol() {
    return valuesCol;
  }

  /** Names the column of values, arrays of double; empty for none. */
  public FixlaneModel setValuesCol(String name) {
    set(valuesCol, name);
    return this;
  }

  /** Returns the parameter that names the column of scores, {@code rawPrediction} at first. */
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /** Names the column of scores, which are the values as vectors; empty for none. */
  public FixlaneModel setRawPredictionCol(String name) {
    set(rawPredictionCol, name);
    return this;
  }

  /** Returns the parameter that names the column of classes, {@code prediction} at first. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** Names the column of classes, numbers from 0 as doubles; empty for none. */
  public FixlaneModel setPredictionCol(String name) {
    set(predictionCol, name);
    return this;
  }

  /** Returns the parameter that says how many rows are computed at once. */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Sets how many rows are computed at once.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public FixlaneModel setBatchSize(int size) {
    set(batchSize, size);
    return this;
  }

  private OutputColumns output() {
    return new OutputColumns(getOrDefault(wordsCol), getOrDefault(valuesCol),
        getOrDefault(rawPredictionCol), getOrDefault(predictionCol));
  }

  /**
   * Returns the schema of the result.
   *
   * @throws IllegalArgumentException if there is no column of samples, or one of an output
   */
  @Override
  public StructType transformSchema(StructType schema) {
    String name = getOrDefault(inputCol);
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException("inputCol is " + name + ": it must be one of "
          + String.join(", ", schema.fieldNames()));
    }
    DataType type = schema.apply(name).dataType();
    boolean isRead = type.equals(SQLDataTypes.VectorType())
        || type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (!isRead) {
      throw new IllegalArgumentException("inputCol is " + name + " of " + type.catalogString()
          + ": it must have vectors or arrays of numbers");
    }
    return output().append(schema);
  }

  /**
   * Appends the results of a network to each row. Rows are computed when Spark asks for them.
   *
   * @throws IllegalArgumentException as {@link #transformSchema}
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    StructType schema = transformSchema(rows.schema());
    Shared known = shared(rows.sparkSession().sparkContext());
    InputColumn input = new InputColumn(getOrDefault(inputCol),
        rows.schema().fieldIndex(getOrDefault(inputCol)),
        rows.schema().apply(getOrDefault(inputCol)).dataType(),
        Math.toIntExact(Inference.size(known.plan().network().inputShape())));
    return RowPlan.of(rows, schema,
        new Inference(known.broadcast(), input, output(), (Integer) getOrDefault(batchSize)));
  }

  /** Broadcasts the network, once for its bytes and a context. */
  private synchronized Shared shared(SparkContext context) {
    byte[] bytes = getOrDefault(network);
    Shared known = shared;
    if (known == null || known.bytes() != bytes || known.context() != context) {
      SharedNetwork plan = new SharedNetwork(bytes);
      known = new Shared(bytes, context, plan,
          JavaSparkContext.fromSparkContext(context).broadcast(plan));
      shared = known;
    }
    return known;
  }

  @Override
  public FixlaneModel copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
