package io.fixlane.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A benchmark, which Surefire does not take for a test by its name: rows a second of networks on
 * one executor and on two, beside {@link Network#run} on as many threads of this process; by the
 * clock, and by the processor's time, which other processes of the machine disturb less.
 */
class RowsPerSecond {
  private static final int IMAGES = 512;
  private static final int BATCH = 256;
  private static final int PASSES = 6;
  private static final List<String> REPORT = new ArrayList<>();

  /**
   * What is measured.
   *
   * @param model the network
   * @param side the rows and columns of an image
   * @param copies how often each of the images is there
   */
  private record Subject(Model model, int side, int copies) {
    int pixels() {
      return side * side;
    }

    float[] images() {
      float[] pixels = new float[IMAGES * pixels()];
      SplittableRandom random = new SplittableRandom(5);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextDouble();
      }
      return pixels;
    }

    Network network(float[] images) {
      int[] shape = {side, side, 1};
      Sequential fixed = Qfx.convert(model.build(shape, 10, 3), QfxOptions.bits(6));
      Qfx.calibrate(fixed, Tensor.of(Arrays.copyOf(images, 64 * pixels()), 64, side, side, 1),
          new StartRule.LeastSquares());
      return Qfx.deploy(fixed, shape);
    }

    Dataset<Row> rows(SparkSession session, float[] images, int partitions) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < IMAGES; i++) {
        rows.add(RowFactory.create(
            (Object) Arrays.copyOfRange(images, i * pixels(), (i + 1) * pixels())));
      }
      return session
          .createDataFrame(rows, new StructType().add(
              "features", DataTypes.createArrayType(DataTypes.FloatType, false), false))
          .crossJoin(session.range(copies).toDF("copy")).drop("copy").repartition(partitions);
    }

    @Override
    public String toString() {
      return model + " " + side + "x" + side;
    }
  }

  /** The best of some passes. */
  private record Speed(double byClock, double byProcessor) {
    Speed best(Speed other) {
      return new Speed(Math.max(byClock, other.byClock), Math.max(byProcessor, other.byProcessor));
    }

    static Speed of(long rows, long nanos, long processorNanos) {
      return new Speed(1e9 * rows / nanos, 1e9 * rows / processorNanos);
    }
  }

  /** Adds up what processors of executors did. */
  private static final class Work extends SparkListener {
    final AtomicLong nanos = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      nanos.addAndGet(end.taskMetrics().executorCpuTime());
    }
  }

  @BeforeAll
  static void head() {
    REPORT.add(String.format(Locale.ROOT, "%-14s %9s %12s %12s %10s %12s %12s %10s", "network",
        "executors", "plain/s", "Spark/s", "part", "plain/cpu s", "Spark/cpu s", "part"));
  }

  @AfterAll
  static void tell() {
    REPORT.forEach(System.out::println);
  }

  @Test
  void oneExecutor() throws Exception {
    measure(1);
  }

  @Test
  void twoExecutors() throws Exception {
    measure(2);
  }

  private static void measure(int executors) throws Exception {
    long began = System.nanoTime();
    SparkSession session = Sessions.cluster(executors);
    try {
      session.range(executors).count();
      REPORT.add(String.format(Locale.ROOT, "start of %d executors, and a first job: %.1f s",
          executors, (System.nanoTime() - began) / 1e9));
      Work work = new Work();
      session.sparkContext().addSparkListener(work);
      for (Subject subject : List.of(
          new Subject(Model.RESNET8, 8, 64), new Subject(Model.RESNET8, 28, 8))) {
        measure(session, executors, subject, work);
      }
    } finally {
      session.stop();
    }
  }

  private static void measure(
      SparkSession session, int executors, Subject subject, Work work) throws Exception {
    float[] images = subject.images();
    Network network = subject.network(images);
    Dataset<Row> rows = subject.rows(session, images, 4 * executors).cache();
    long count = rows.count();
    assertThat(count).isEqualTo((long) subject.copies() * IMAGES);
    Speed plain = new Speed(0, 0);
    Speed spark = new Speed(0, 0);
    Dataset<Row> results = FixlaneModel.of(network).setRawPredictionCol("").transform(rows)
        .select("prediction");
    for (int pass = 0; pass < PASSES; pass++) {
      spark = spark.best(spark(results, count, work));
      plain = plain.best(plain(network, subject, images, executors));
    }
    rows.unpersist();
    REPORT.add(String.format(Locale.ROOT,
        "%-14s %9d %,12.0f %,12.0f %10.2f %,12.0f %,12.0f %10.2f", subject, executors,
        plain.byClock, spark.byClock, spark.byClock / plain.byClock, plain.byProcessor,
        spark.byProcessor, spark.byProcessor / plain.byProcessor));
  }

  private static Speed spark(Dataset<Row> results, long count, Work work) throws Exception {
    work.nanos.set(0);
    long began = System.nanoTime();
    results.write().format("noop").mode("overwrite").save();
    long nanos = System.nanoTime() - began;
    // The listener hears of the last tasks a little later.
    Thread.sleep(500);
    return Speed.of(count, nanos, work.nanos.get());
  }

  /** Runs all rows on threads, each its share in batches. */
  private static Speed plain(
      Network network, Subject subject, float[] images, int threads) throws Exception {
    float[] batch = Arrays.copyOf(images, BATCH * subject.pixels());
    int batches = subject.copies() * IMAGES / BATCH / threads;
    long began = System.nanoTime();
    long processor = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> shares = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        shares.add(executor.submit(() -> {
          for (int j = 0; j < batches; j++) {
            network.classify(FixedTensor.quantize(network.inputFormat(), batch, BATCH,
                subject.side(), subject.side(), 1));
          }
          return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }));
      }
      for (Future<Long> share : shares) {
        processor += share.get();
      }
    }
    return Speed.of(
        (long) threads * batches * BATCH, System.nanoTime() - began, processor);
  }
}
