package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.count.MillisecondCounter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
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
 * What does a plan cost: how long does it take to build one when the JVM is warm, to build the
 * first one of a new JVM and run it once, and to reach the first run that is fast?
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PlanBenchmark {
  /** C2 has compiled the loops of one layer well before that. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int MOST_RUNS = 1 << 20;
  /** A run is fast if it takes at most so many times the median of the last half. */
  private static final double SLACK = 1.25;
  /** One fast run may be luck. */
  private static final int FAST_RUNS = 3;

  /** The layer of the plan. */
  public enum Subject {
    /** 65,536 words s16 into s8. */
    CAST_65536(() -> PlannedLayer.cast(65_536)),
    /** s8 x s8, in f32. */
    GEMM_S8_64(() -> PlannedLayer.gemm(64, 64, 64, FixedFormat.signed(8, 1))),
    /** s8 x s8, in f32. */
    GEMM_S8_512(() -> PlannedLayer.gemm(512, 512, 512, FixedFormat.signed(8, 1))),
    /** s8 x -1, 0 and 1, looked up. */
    GEMM_TERNARY_512(() -> PlannedLayer.gemm(512, 512, 512, FixedFormat.signed(2, 1))),
    /** s8 x s8, with an accumulator that rounds and saturates at every step. */
    GEMM_STEPS_128(() -> PlannedLayer.steps(128)),
    /** A convolution 3 x 3 of 64 channels of 56 x 56 pixels to 64. */
    CONV_64_56_56(() -> PlannedLayer.conv(64, 56, 64, 1)),
    /** A convolution 3 x 3 of 128 channels of 28 x 28 pixels, each to one of its own. */
    CONV_DEPTHWISE_128_28_28(() -> PlannedLayer.conv(128, 28, 128, 128));

    private final Supplier<PlannedLayer> layer;

    Subject(Supplier<PlannedLayer> layer) {
      this.layer = layer;
    }
  }

  /** The layer of the plan. */
  @Param
  public Subject subject;

  private PlannedLayer layer;

  /** Makes the operands, and nothing that a plan needs: a first one must find the JVM cold. */
  @Setup
  public void setup() {
    layer = subject.layer.get();
  }

  /** Checks what the plan computes, only now: the reference would warm the JVM. */
  @TearDown
  public void check() {
    layer.build().get().run();
    layer.check().run();
  }

  /** Builds the plan, again and again. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
  public Runnable build() {
    return layer.build().get();
  }

  /** Builds the first plan of a JVM, and runs it once. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void firstRun() {
    layer.build().get().run();
  }

  /**
   * Builds the first plan of a JVM and runs it for four seconds; counts the time from the begin to
   * the end of the first run that is fast.
   */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void firstFastRun(MillisecondCounter counter) {
    long[] ends = new long[MOST_RUNS];
    long begin = System.nanoTime();
    Runnable run = layer.build().get();
    long built = System.nanoTime() - begin;
    int runs = 0;
    for (long end = built; end < PATIENCE_NANOS && runs < MOST_RUNS; runs++) {
      run.run();
      end = System.nanoTime() - begin;
      ends[runs] = end;
    }
    counter.milliseconds = firstFast(built, Arrays.copyOf(ends, runs)) / 1e6;
  }

  /** Returns the end of the first of some fast runs, one after the other. */
  private static long firstFast(long built, long[] ends) {
    long[] times = new long[ends.length];
    Arrays.setAll(times, i -> ends[i] - (i == 0 ? built : ends[i - 1]));
    long[] settled = LongStream.of(times).skip(times.length / 2).sorted().toArray();
    double fast = SLACK * settled[settled.length / 2];
    for (int i = 0; i + FAST_RUNS <= times.length; i++) {
      if (LongStream.of(times).skip(i).limit(FAST_RUNS).allMatch(time -> time <= fast)) {
        return ends[i];
      }
    }
    throw new IllegalStateException("no " + FAST_RUNS + " runs of " + times.length
        + " are fast one after the other: the machine is too busy to tell");
  }
}
