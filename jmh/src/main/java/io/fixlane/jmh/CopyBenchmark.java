package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does a cast of 256 MiB of s16 to s8 run at the speed of memory, which a copy of as many bytes
 * shows?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CopyBenchmark {
  private static final long WORDS = 128L << 20;

  private Cast cast;
  private MemorySegment from;
  private MemorySegment to;

  /** Makes the memory, and touches it. */
  @Setup
  public void setup() {
    cast =
        Cast.of(FixedFormat.signed(16, 7), FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>"));
    from = Arena.ofAuto().allocate(2 * WORDS, 64).fill((byte) 3);
    to = Arena.ofAuto().allocate(2 * WORDS, 64).fill((byte) 0);
  }

  /** Casts 256 MiB into 128 MiB. */
  @Benchmark
  public void cast() {
    cast.run(from, 0, to, 0, WORDS);
  }

  /** Copies 192 MiB, so that 384 MiB are read and written, as by the cast. */
  @Benchmark
  public void copy() {
    MemorySegment.copy(from, 0, to, 0, 3 * WORDS / 2);
  }
}
