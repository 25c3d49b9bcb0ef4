package io.fixlane.jmh;

import io.fixlane.jmh.count.ByteCounter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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
 * How many bytes a second can one core read from each level of memory? A product of one row does no
 * more with its weights than that. All numbers are 1, so that their sum counts them, which is
 * checked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PeakReadBenchmark {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  /** Vectors of a turn, each added up by itself. */
  private static final int VECTORS = 4;

  /** What is read, by what usual sizes of caches hold and the next smaller one does not. */
  public enum Level {
    /** 16 KiB. */
    L1(16 << 10),
    /** 256 KiB. */
    L2(256 << 10),
    /** 16 MiB, as the weights of 4096 x 4096 bytes. */
    L3(16 << 20),
    /** 384 MiB. */
    MEMORY(384 << 20);

    private final int size;

    Level(int size) {
      this.size = size;
    }
  }

  /** The level. */
  @Param
  public Level level;

  private long[] numbers = {};

  /** Makes the numbers. */
  @Setup
  public void setup() {
    numbers = new long[level.size / Long.BYTES];
    Arrays.fill(numbers, 1);
  }

  /** Reads. */
  @Benchmark
  public void read(ByteCounter counter) {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = a;
    LongVector c = a;
    LongVector d = a;
    int length = LONGS.length();
    for (int i = 0; i < numbers.length; i += VECTORS * length) {
      a = a.add(LongVector.fromArray(LONGS, numbers, i));
      b = b.add(LongVector.fromArray(LONGS, numbers, i + length));
      c = c.add(LongVector.fromArray(LONGS, numbers, i + 2 * length));
      d = d.add(LongVector.fromArray(LONGS, numbers, i + 3 * length));
    }
    long sum = a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    if (sum != numbers.length) {
      throw new IllegalStateException("the sum is " + sum + ": it must be " + numbers.length);
    }
    counter.bytes += level.size;
  }
}
