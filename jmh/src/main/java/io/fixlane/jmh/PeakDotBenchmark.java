package io.fixlane.jmh;

import io.fixlane.jmh.count.MacCounter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * How many multiply-adds a second can one core do by the instructions of dot products? As
 * {@link PeakBenchmark}, for code that no JVM compiles. What the processor does not have makes
 * none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class PeakDotBenchmark {
  /** Products of matrices of bytes. */
  @State(Scope.Thread)
  public static class Matrices {
    private @Nullable AmxPeak peak;

    /** Writes the code. */
    @Setup
    public void setup() {
      peak = AmxPeak.of();
    }
  }

  /** Four products of bytes at a time. */
  @State(Scope.Thread)
  public static class Bytes {
    private @Nullable DotPeak peak;

    /** Writes the code. */
    @Setup
    public void setup() {
      peak = DotPeak.of(DotPeak.Kind.VPDPBUSD);
    }
  }

  /** Two products of words of 16 bits at a time. */
  @State(Scope.Thread)
  public static class Words {
    private @Nullable DotPeak peak;

    /** Writes the code. */
    @Setup
    public void setup() {
      peak = DotPeak.of(DotPeak.Kind.VPDPWSSD);
    }
  }

  /** The same by two instructions. */
  @State(Scope.Thread)
  public static class Pairs {
    private @Nullable DotPeak peak;

    /** Writes the code. */
    @Setup
    public void setup() {
      peak = DotPeak.of(DotPeak.Kind.VPMADDWD);
    }
  }

  /** Four products of bytes by three instructions. */
  @State(Scope.Thread)
  public static class PairsOfBytes {
    private @Nullable DotPeak peak;

    /** Writes the code. */
    @Setup
    public void setup() {
      peak = DotPeak.of(DotPeak.Kind.VPMADDUBSW);
    }
  }

  /** Sums of products of matrices of unsigned and signed bytes. */
  @Benchmark
  public void tdpbusd(Matrices matrices, MacCounter counter) {
    if (matrices.peak != null) {
      matrices.peak.run(counter);
    }
  }

  /** Sums of products of unsigned and signed bytes. */
  @Benchmark
  public void vpdpbusd(Bytes bytes, MacCounter counter) {
    run(bytes.peak, counter);
  }

  /** Sums of products of words of 16 bits. */
  @Benchmark
  public void vpdpwssd(Words words, MacCounter counter) {
    run(words.peak, counter);
  }

  /** Sums of products of words of 16 bits, added by an instruction of their own. */
  @Benchmark
  public void vpmaddwd(Pairs pairs, MacCounter counter) {
    run(pairs.peak, counter);
  }

  /** Sums of products of bytes, two of which are summed in 16 bits. */
  @Benchmark
  public void vpmaddubsw(PairsOfBytes pairs, MacCounter counter) {
    run(pairs.peak, counter);
  }

  private static void run(@Nullable DotPeak peak, MacCounter counter) {
    if (peak != null) {
      peak.run(counter);
    }
  }
}
