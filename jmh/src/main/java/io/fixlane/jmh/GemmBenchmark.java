package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.jmh.check.RandomWords;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * How many multiply-adds a second does a product of matrices make, with bias, relu and the cast to
 * 8 bits, once all plans have run in the JVM?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED"})
public class GemmBenchmark {
  private static final int WARM_UP_RUNS = 1_000;
  private static final int WARM_UP_ROWS = 12;
  private static final int WARM_UP_K = 64;
  private static final FixedFormat OUTPUT =
      FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** What is measured: formats, m x k x n, and threads. */
  public enum Subject {
    /** s8 x s8. */
    S8_64("ap_fixed<8,3>", "ap_fixed<8,1>", 64, 64, 64),
    /** s8 x s8. */
    S8_256("ap_fixed<8,3>", "ap_fixed<8,1>", 256, 256, 256),
    /** s8 x s8. */
    S8_512("ap_fixed<8,3>", "ap_fixed<8,1>", 512, 512, 512),
    /** s8 x s8. */
    S8_1024("ap_fixed<8,3>", "ap_fixed<8,1>", 1024, 1024, 1024),
    /** s8 x s8: as many products as a convolution 3 x 3 of 56 x 56 pixels and 64 channels. */
    S8_3136_576_64("ap_fixed<8,3>", "ap_fixed<8,1>", 3136, 576, 64),
    /** s8 x s8 of one row: a dense layer on one sample. */
    S8_1_4096_4096("ap_fixed<8,3>", "ap_fixed<8,1>", 1, 4096, 4096),
    /** s8 x s4 of one row. */
    S4_1_4096_4096("ap_fixed<8,3>", "ap_fixed<4,1>", 1, 4096, 4096),
    /** s8 x s8 on two threads. */
    S8_512_THREADS_2("ap_fixed<8,3>", "ap_fixed<8,1>", 512, 512, 512) {
      @Override
      int threads() {
        return 2;
      }
    },
    /** u8 x s8. */
    U8_512("ap_ufixed<8,3>", "ap_fixed<8,1>", 512, 512, 512),
    /** s16 x s16. */
    S16_512("ap_fixed<16,3>", "ap_fixed<16,1>", 512, 512, 512),
    /** s16 x s16 with an accumulator of 32 bits that wraps, and no step that rounds. */
    S16_WRAP_512("ap_fixed<16,3>", "ap_fixed<16,1>", 512, 512, 512) {
      @Override
      FixedFormat accumulator() {
        return FixedFormat.parse("ap_fixed<32,4>");
      }
    },
    /** s8 x s4. */
    S4_512("ap_fixed<8,3>", "ap_fixed<4,1>", 512, 512, 512),
    /** s8 x -1, 0 and 1. */
    TERNARY_512("ap_fixed<8,3>", "ap_fixed<2,1>", 512, 512, 512) {
      @Override
      FixedTensor weights(int k) {
        return RandomWords.ternary(weight, 2, k, n);
      }
    },
    /** s8 x s8 with an accumulator that rounds and saturates at every step. */
    S8_STEPS_128("ap_fixed<8,3>", "ap_fixed<8,1>", 128, 128, 128) {
      @Override
      FixedFormat accumulator() {
        return FixedFormat.parse("ap_fixed<16,6,AP_RND,AP_SAT>");
      }
    },
    /** s16 x s16 with an accumulator of 16 bits that truncates every product, and wraps. */
    S16_TRUNCATED_512("ap_fixed<16,6>", "ap_fixed<16,6>", 512, 512, 512) {
      @Override
      FixedFormat accumulator() {
        return FixedFormat.parse("ap_fixed<16,6>");
      }
    };

    final FixedFormat activation;
    final FixedFormat weight;
    final int m;
    final int k;
    final int n;

    Subject(String activation, String weight, int m, int k, int n) {
      this.activation = FixedFormat.parse(activation);
      this.weight = FixedFormat.parse(weight);
      this.m = m;
      this.k = k;
      this.n = n;
    }

    /** Returns the accumulator, or null where sums are exact. */
    @Nullable
    FixedFormat accumulator() {
      return null;
    }

    int threads() {
      return 1;
    }

    /** Returns weights, n words for each of so many steps. */
    FixedTensor weights(int steps) {
      return RandomWords.uniform(weight, 2, steps, n);
    }

    FixedTensor bias() {
      return RandomWords.uniform(activation.times(weight), 3, n);
    }

    Gemm plan(FixedTensor weights) {
      OutputStage stage = OutputStage.to(OUTPUT).withBias(bias()).withRelu();
      FixedFormat accumulator = accumulator();
      return Gemm.of(activation, weights,
          accumulator == null ? stage : stage.withAccumulator(accumulator));
    }
  }

  /** What is measured. */
  @Param
  public Subject subject;

  private Gemm plan;
  private FixedTensor a;
  private FixedTensor target;
  private long traffic;
  private ForkJoinPool pool;

  /** Packs the weights, warms all plans, and checks the one that is measured. */
  @Setup
  public void setup() {
    pool = new ForkJoinPool(2);
    for (Subject warmed : Subject.values()) {
      warm(warmed);
    }
    FixedTensor weights = subject.weights(subject.k);
    plan = subject.plan(weights);
    a = RandomWords.skewed(subject.activation, 1, subject.m, subject.k);
    target = FixedTensor.allocate(OUTPUT, subject.m, subject.n);
    traffic = Traffic.of(a, weights, target);
    plan.run(a, target, pool, subject.threads());
    GemmCheck.sample(
        a, weights, subject.bias(), subject.accumulator(), true, target);
  }

  /** Runs a plan of the subject's kernels: with its columns and formats, and less of the rest. */
  private void warm(Subject warmed) {
    int m = Math.min(warmed.m, WARM_UP_ROWS);
    Gemm plan = warmed.plan(warmed.weights(WARM_UP_K));
    FixedTensor words = RandomWords.skewed(warmed.activation, 1, m, WARM_UP_K);
    FixedTensor results = FixedTensor.allocate(OUTPUT, m, warmed.n);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      plan.run(words, results, pool, warmed.threads());
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** Computes. */
  @Benchmark
  public void run(MacCounter counter) {
    plan.run(a, target, pool, subject.threads());
    counter.add((long) subject.m * subject.k * subject.n, traffic);
  }
}
