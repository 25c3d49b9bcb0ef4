package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From what size on is a product of square matrices fast, and how much do more threads help? s8 x
 * s8, with bias, relu and the cast to 8 bits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED"})
public class ScalingBenchmark {
  /** A product of 2048 takes thousands of times as long as one of 16: a count of runs fits none. */
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 3);
  private static final FixedFormat WEIGHT = FixedFormat.signed(8, 1);
  private static final FixedFormat OUTPUT =
      FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** Rows, columns and inputs. */
  @Param({"16", "32", "64", "128", "256", "512", "1024", "2048"})
  public int size;

  /** How many threads share the product. */
  @Param({"1", "2"})
  public int threads;

  private Gemm plan;
  private FixedTensor a;
  private FixedTensor target;
  private long traffic;
  private ForkJoinPool pool;

  /** Packs the weights, warms the plan, and checks words of the result. */
  @Setup
  public void setup() {
    pool = new ForkJoinPool(threads);
    a = RandomWords.skewed(ACTIVATION, 1, size, size);
    FixedTensor weights = RandomWords.uniform(WEIGHT, 2, size, size);
    FixedTensor bias = RandomWords.uniform(ACTIVATION.times(WEIGHT), 3, size);
    target = FixedTensor.allocate(OUTPUT, size, size);
    traffic = Traffic.of(a, weights, target);
    plan = Gemm.of(ACTIVATION, weights, OutputStage.to(OUTPUT).withBias(bias).withRelu());
    for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP_NANOS;) {
      plan.run(a, target, pool, threads);
    }
    GemmCheck.sample(a, weights, bias, null, true, target);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** Computes. */
  @Benchmark
  public void run(MacCounter counter) {
    plan.run(a, target, pool, threads);
    counter.add((long) size * size * size, traffic);
  }
}
