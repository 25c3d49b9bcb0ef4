package io.fixlane.jmh;

import io.fixlane.jmh.count.ByteCounter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many bytes a second can one core copy in each level of memory? Bytes count twice, as they are
 * read and written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PeakCopyBenchmark {

  /** Where source and target lie, by what usual sizes of caches hold: both, and not in the next. */
  public enum Level {
    /** 2 x 8 KiB. */
    L1(8 << 10),
    /** 2 x 128 KiB. */
    L2(128 << 10),
    /** 2 x 4 MiB. */
    L3(4 << 20),
    /** 2 x 192 MiB. */
    MEMORY(192 << 20);

    private final long size;

    Level(long size) {
      this.size = size;
    }
  }

  /** The level. */
  @Param
  public Level level;

  private MemorySegment from;
  private MemorySegment to;

  /** Makes the memory, and touches it. */
  @Setup
  public void setup() {
    from = Arena.ofAuto().allocate(level.size, 64).fill((byte) 3);
    to = Arena.ofAuto().allocate(level.size, 64).fill((byte) 0);
  }

  /** Copies. */
  @Benchmark
  public void copy(ByteCounter counter) {
    MemorySegment.copy(from, 0, to, 0, level.size);
    counter.bytes += 2 * level.size;
  }
}
