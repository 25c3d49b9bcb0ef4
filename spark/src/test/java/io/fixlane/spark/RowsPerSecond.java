package io.fixlane.spark;

import static org.apache.spark.sql.functions.broadcast;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.kernels.Cast;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A benchmark, which Surefire does not take for a test by its name: rows a second of a network on
 * executors, beside {@link Network#run} on as many threads of this process, once both are compiled;
 * and what comes once. Processors' time is that of all threads of this process and the executors:
 * what other processes of the machine disturb less.
 */
class RowsPerSecond {
  private static final int IMAGES = 512;
  private static final int BATCH = 256;
  private static final int JOB_SECONDS = Integer.getInteger("tests.seconds", 20);

  /** Rows, and the seconds by the clock and of the processors that they took. */
  private record Speed(long rows, double clock, double processors) {
    double byClock() {
      return rows / clock;
    }

    double byProcessors() {
      return rows / processors;
    }

    Speed plus(Speed other) {
      return new Speed(
          rows + other.rows, clock + other.clock, processors + other.processors);
    }
  }

  private interface Work {
    Speed run() throws Exception;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1"})
  void measure(int executors, int cores) throws Exception {
    double began = seconds();
    SparkSession session = Sessions.cluster(executors, cores);
    try {
      session.range(executors).count();
      System.out.printf(Locale.ROOT, "%d executors of %d cores: start %.1f s%n", executors, cores,
          seconds() - began);
      measure(session, executors * cores, 28);
      measure(session, executors * cores, 8);
    } finally {
      session.stop();
    }
  }

  private static void measure(SparkSession session, int threads, int side) throws Exception {
    float[] images = images(side);
    Network network = network(images, side);
    Work plain = () -> plain(network, images, threads, 3);
    long copiesPerSecond = Math.max(1, (long) (warm(plain).byClock() / IMAGES));
    Dataset<Row> few = rows(session, images, side).cache();
    few.count();
    FixlaneModel model = FixlaneModel.of(network).setRawPredictionCol("");
    double began = seconds();
    double first = job(session, few, model, threads, 1).clock();
    warm(() -> job(session, few, model, threads, 3 * copiesPerSecond));
    double warming = seconds() - began;
    double empty = job(session, few, model, threads, 0).clock();
    Speed before = plain.run();
    Speed spark = job(session, few, model, threads, JOB_SECONDS * copiesPerSecond);
    Speed beside = before.plus(plain.run());
    System.out.printf(Locale.ROOT,
        "%dx%d: by the clock plain %,.0f rows/s, Spark %,.0f, part %.3f;"
            + " by processors %,.0f, %,.0f, %.3f;"
            + " first job %.1f s, until warm %.1f, job without rows %.2f%n",
        side, side, beside.byClock(), spark.byClock(), spark.byClock() / beside.byClock(),
        beside.byProcessors(), spark.byProcessors(),
        spark.byProcessors() / beside.byProcessors(), first, warming, empty);
  }

  private static float[] images(int side) {
    float[] pixels = new float[IMAGES * side * side];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    return pixels;
  }

  private static Network network(float[] images, int side) {
    int[] shape = {side, side, 1};
    Sequential fixed = Qfx.convert(Model.RESNET8.build(shape, 10, 3), QfxOptions.bits(6));
    Qfx.calibrate(fixed, Tensor.of(Arrays.copyOf(images, 64 * side * side), 64, side, side, 1),
        new StartRule.LeastSquares());
    return Qfx.deploy(fixed, shape);
  }

  private static Dataset<Row> rows(SparkSession session, float[] images, int side) {
    int pixels = side * side;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      rows.add(RowFactory.create(
          (Object) Arrays.copyOfRange(images, i * pixels, (i + 1) * pixels)));
    }
    return session.createDataFrame(rows, new StructType().add(
        "features", DataTypes.createArrayType(DataTypes.FloatType, false), false));
  }

  /** Runs work until two runs on end are as fast as each other, and returns the last. */
  private static Speed warm(Work work) throws Exception {
    Speed speed = work.run();
    for (int i = 0; i < 10; i++) {
      Speed next = work.run();
      if (Math.abs(next.byProcessors() / speed.byProcessors() - 1) < 0.05) {
        return next;
      }
      speed = next;
    }
    return speed;
  }

  /** Classifies all images so many times over, in four tasks a thread, and keeps classes alone. */
  private static Speed job(SparkSession session, Dataset<Row> few, FixlaneModel model,
      int threads, long copies) {
    Dataset<Row> rows = session.range(0, copies, 1, 4 * threads).toDF("copy")
        .crossJoin(broadcast(few)).drop("copy");
    Dataset<Row> classes = model.transform(rows).select("prediction");
    double processors = processors();
    double began = seconds();
    classes.write().format("noop").mode("overwrite").save();
    return new Speed(copies * IMAGES, seconds() - began, processors() - processors);
  }

  /** Classifies images for some seconds on threads, each by itself in batches. */
  private static Speed plain(Network network, float[] images, int threads, double seconds)
      throws Exception {
    AtomicLong rows = new AtomicLong();
    Cast quantize = Cast.fromFloat(network.inputFormat());
    double processors = processors();
    double began = seconds();
    Runnable share = () -> {
      int[] shape = {BATCH, network.inputShape()[0], network.inputShape()[1], 1};
      FixedTensor batch = FixedTensor.allocate(network.inputFormat(), shape);
      while (seconds() - began < seconds) {
        quantize.run(MemorySegment.ofArray(images), 0, batch.segment(), 0, batch.size());
        network.classify(batch);
        rows.addAndGet(BATCH);
      }
    };
    List<Thread> all =
        Stream.generate(() -> Thread.ofPlatform().start(share)).limit(threads).toList();
    for (Thread thread : all) {
      thread.join();
    }
    return new Speed(rows.get(), seconds() - began, processors() - processors);
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }

  private static double processors() {
    return Stream.concat(Stream.of(ProcessHandle.current()), Sessions.executors().stream())
        .mapToDouble(process -> process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9)
        .sum();
  }
}
