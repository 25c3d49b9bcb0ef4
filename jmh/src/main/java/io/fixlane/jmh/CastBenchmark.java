package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
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
 * How many words a second does a cast to 8 bits make, in each mode, once all modes have run in the
 * JVM?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CastBenchmark {
  private static final int WARM_UP_RUNS = 20_000;
  private static final int WARM_UP_WORDS = 256;

  /** What is cast: words of 16 or 32 bits, or floats. */
  @Param({"s16", "s32", "float"})
  public String source;

  /** The number of words: 4,096 stay in the first cache, 1,048,576 in the last. */
  @Param({"4096", "1048576"})
  public int words;

  /** The quantization mode of the destination. */
  @Param({"AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF", "AP_RND_CONV", "AP_TRN",
    "AP_TRN_ZERO"})
  public String quantization;

  /** The overflow mode of the destination, and N where it is not 0. */
  @Param({"AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM", "AP_WRAP", "AP_WRAP,2", "AP_WRAP_SM",
    "AP_WRAP_SM,2"})
  public String overflow;

  private Cast cast;
  private CastStatistics statistics;
  private MemorySegment from;
  private MemorySegment to;

  /** Makes the numbers, warms all modes, and checks the one that is measured. */
  @Setup
  public void setup() {
    Random random = new Random(1);
    float[] numbers = new float[words];
    for (int i = 0; i < words; i++) {
      numbers[i] = (float) (6 * random.nextGaussian());
    }
    FixedFormat target = FixedFormat.parse("ap_fixed<8,3," + quantization + "," + overflow + ">");
    from = source(numbers);
    FixedTensor result = FixedTensor.allocate(target, words);
    to = result.segment();
    for (FixedFormat mode : Modes.of(8, 3)) {
      Cast warmed = plan(mode);
      for (int i = 0; i < WARM_UP_RUNS; i++) {
        warmed.run(from, 0, to, 0, WARM_UP_WORDS);
      }
    }
    cast = plan(target);
    statistics = cast.newStatistics();
    cast.run(from, 0, to, 0, words);
    for (int i = 0; i < words; i++) {
      Check.equal(i, value(numbers[i]).cast(target), result.value(i));
    }
  }

  private static FixedFormat format(String name) {
    return name.equals("s16") ? FixedFormat.signed(16, 7) : FixedFormat.signed(32, 7);
  }

  private Fixed value(float number) {
    return source.equals("float") ? Fixed.of(number) : Fixed.from(format(source), number);
  }

  private MemorySegment source(float[] numbers) {
    if (source.equals("float")) {
      return MemorySegment.ofArray(numbers);
    }
    FixedTensor tensor = FixedTensor.allocate(format(source), numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      tensor.setRaw(i, value(numbers[i]).raw().longValueExact());
    }
    return tensor.segment();
  }

  private Cast plan(FixedFormat target) {
    return source.equals("float") ? Cast.fromFloat(target) : Cast.of(format(source), target);
  }

  /** Casts. */
  @Benchmark
  public void cast(WordCounter counter) {
    cast.run(from, 0, to, 0, words);
    counter.add(words, Traffic.of(from, to));
  }

  /** Casts and counts what happened. */
  @Benchmark
  public void castCounting(WordCounter counter) {
    cast.run(from, 0, to, 0, words, statistics);
    counter.add(words, Traffic.of(from, to));
  }
}
