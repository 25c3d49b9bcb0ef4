package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Threshold;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceThreshold;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many words of 8 bits a second does a staircase make, of as many thresholds as words of 2, 4
 * and 8 bits have, once staircases of all these sizes have run in the JVM?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ThresholdBenchmark {
  private static final int WARM_UP_RUNS = 20_000;
  private static final int WARM_UP_PIXELS = 4;
  private static final int PIXELS = 64;
  private static final int CHANNELS = 64;
  private static final FixedFormat LEVEL = FixedFormat.unsigned(8, 8);

  /** The thresholds of a word. */
  @Param({"3", "15", "255"})
  public int thresholds;

  /** The bits of an operand's word. */
  @Param({"8", "16", "24"})
  public int width;

  /** The lists of thresholds: one for all words, or one for each channel. */
  @Param({"1", "64"})
  public int lists;

  private Threshold plan;
  private FixedTensor from;
  private FixedTensor to;

  /** Makes the operand, warms staircases of all sizes, and checks the one that is measured. */
  @Setup
  public void setup() {
    FixedTensor y = FixedTensor.allocate(LEVEL, WARM_UP_PIXELS, CHANNELS);
    for (int bits : new int[] {8, 16, 24}) {
      FixedTensor x = RandomWords.uniform(operand(bits), 1, WARM_UP_PIXELS, CHANNELS);
      for (int count : new int[] {3, 15, 255}) {
        for (int channels : new int[] {1, CHANNELS}) {
          Threshold warmed = plan(ascending(x.format(), channels, count));
          for (int i = 0; i < WARM_UP_RUNS; i++) {
            warmed.run(x, y);
          }
        }
      }
    }
    from = RandomWords.uniform(operand(width), 1, PIXELS, CHANNELS);
    to = FixedTensor.allocate(LEVEL, PIXELS, CHANNELS);
    FixedTensor words = ascending(from.format(), lists, thresholds);
    plan = plan(words);
    plan.run(from, to);
    for (int c = 0; c < CHANNELS; c++) {
      List<Fixed> list = LongStream.range(0, thresholds)
          .mapToObj(words.row(c % lists)::value).toList();
      ReferenceThreshold reference =
          new ReferenceThreshold(list, Fixed.ofRaw(LEVEL, 0), BigInteger.ONE);
      for (int i = c; i < from.size(); i += CHANNELS) {
        Check.equal(i, reference.apply(from.value(i)), to.value(i));
      }
    }
  }

  private static FixedFormat operand(int bits) {
    return FixedFormat.signed(bits, bits);
  }

  private static Threshold plan(FixedTensor words) {
    return Threshold.of(words.format(), words.dimension(0) == 1 ? words.row(0) : words,
        Fixed.ofRaw(LEVEL, 0), 1);
  }

  private static FixedTensor ascending(FixedFormat format, int channels, int count) {
    FixedTensor words = RandomWords.uniform(format, 2, channels, count);
    for (int c = 0; c < channels; c++) {
      FixedTensor list = words.row(c);
      long[] sorted = LongStream.range(0, count).map(list::raw).sorted().toArray();
      for (int t = 0; t < count; t++) {
        list.setRaw(t, sorted[t]);
      }
    }
    return words;
  }

  /** Counts the thresholds that words reach. */
  @Benchmark
  public void run(WordCounter counter) {
    plan.run(from, to);
    counter.add(from.size(), Traffic.of(from.segment(), to.segment()));
  }
}
