package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.BinaryGemm;
import io.fixlane.kernels.BitMatrix;
import io.fixlane.kernels.Signs;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
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
 * How many products of signs a second does a square binarised layer form? The counter reads in
 * GMAC/s: size<sup>3</sup> for each call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BinaryGemmBenchmark {
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 3);
  private static final FixedFormat SUM = FixedFormat.signed(16, 16);

  /** Rows, columns and inputs. */
  @Param({"64", "512", "1024", "4096"})
  public int size;

  private FixedTensor x;
  private Signs signs;
  private BitMatrix a;
  private BinaryGemm sums;
  private BinaryGemm thresholds;
  private FixedTensor sum;
  private BitMatrix next;

  /** Makes the operands, and checks all three results against a loop. */
  @Setup
  public void setup() {
    Random random = new Random(1);
    x = FixedTensor.allocate(ACTIVATION, size, size);
    FixedTensor w = FixedTensor.allocate(ACTIVATION, size, size);
    for (long i = 0; i < x.size(); i++) {
      x.setRaw(i, (byte) random.nextInt());
      w.setRaw(i, (byte) random.nextInt());
    }
    signs = Signs.of(ACTIVATION);
    a = BitMatrix.allocate(size, size);
    signs.run(x, a);
    int[] levels = random.ints(size, -30, 30).toArray();
    BitMatrix weights = BitMatrix.signs(w);
    sums = BinaryGemm.of(weights, SUM);
    thresholds = BinaryGemm.of(weights, levels);
    sum = FixedTensor.allocate(SUM, size, size);
    next = BitMatrix.allocate(size, size);
    sums.run(a, sum);
    thresholds.run(a, next);
    for (int i = 0; i < 10_000; i++) {
      check(random.nextInt(size), random.nextInt(size), w, levels);
    }
  }

  private void check(int m, int n, FixedTensor w, int[] levels) {
    int expected = 0;
    for (int k = 0; k < size; k++) {
      boolean same = x.raw((long) m * size + k) < 0 == w.raw((long) k * size + n) < 0;
      expected += same ? 1 : -1;
    }
    int sign = expected >= levels[n] ? 1 : -1;
    if (sum.raw((long) m * size + n) != expected || next.sign(m, n) != sign) {
      throw new IllegalStateException("sum [" + m + ", " + n + "] is "
          + sum.raw((long) m * size + n) + " and its sign " + next.sign(m, n) + ": a loop gives "
          + expected + " and " + sign);
    }
  }

  private long macs() {
    return (long) size * size * size;
  }

  /** Bits into sums of 16 bits. */
  @Benchmark
  public void sums(MacCounter counter) {
    sums.run(a, sum);
    counter.add(macs(), 2 * Traffic.ofBits(a) + Traffic.of(sum));
  }

  /** Bits into bits. */
  @Benchmark
  public void thresholds(MacCounter counter) {
    thresholds.run(a, next);
    counter.add(macs(), 3 * Traffic.ofBits(a));
  }

  /** Words of 8 bits, whose signs are taken first, into bits. */
  @Benchmark
  public void signsAndThresholds(MacCounter counter) {
    signs.run(x, a);
    thresholds.run(a, next);
    counter.add(macs(), Traffic.of(x) + 2 * Traffic.ofBits(a));
  }
}
