package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * How fast is the reference, which computes one exact number at a time: what does a test cost that
 * compares with it?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ReferenceBenchmark {
  private static final int SIDE = 16;
  private static final int WORDS = SIDE * SIDE;
  private static final FixedFormat WIDE = FixedFormat.signed(16, 6);
  private static final FixedFormat WORD = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat SUM = FixedFormat.signed(32, 22);

  private List<Fixed> wide;
  private List<Fixed> a;
  private List<Fixed> b;
  private ReferenceGemm gemm;

  /** Makes the operands, and checks that the kernels give the same words. */
  @Setup
  public void setup() {
    FixedTensor wideWords = RandomWords.uniform(WIDE, 1, WORDS);
    FixedTensor aWords = RandomWords.uniform(WORD, 2, SIDE, SIDE);
    FixedTensor bWords = RandomWords.uniform(WORD, 3, SIDE, SIDE);
    wide = values(wideWords);
    a = values(aWords);
    b = values(bWords);
    gemm = new ReferenceGemm(SIDE, SIDE, SIDE,
        new ReferenceStage(SUM, false, WORD));
    FixedTensor result = FixedTensor.allocate(WORD, WORDS);
    Cast.of(WIDE, WORD).run(wideWords, result);
    check(wide.stream().map(value -> value.cast(WORD)).toList(), result);
    FixedTensor square = FixedTensor.allocate(WORD, SIDE, SIDE);
    Elementwise.multiply(WORD, WORD, WORD).run(aWords, bWords, square);
    check(IntStream.range(0, WORDS).mapToObj(this::product).toList(), square);
    Gemm.of(WORD, bWords, OutputStage.to(WORD).withAccumulator(SUM)).run(aWords, square);
    check(gemm.run(a, b), square);
  }

  private Fixed product(int index) {
    return a.get(index).times(b.get(index)).cast(WORD);
  }

  private static List<Fixed> values(FixedTensor words) {
    return LongStream.range(0, words.size()).mapToObj(words::value).toList();
  }

  private static void check(List<Fixed> expected, FixedTensor got) {
    for (int i = 0; i < expected.size(); i++) {
      Check.equal(i, expected.get(i), got.value(i));
    }
  }

  /** Casts s16 into s8, {@code AP_RND_CONV,AP_SAT}. */
  @Benchmark
  public void cast(WordCounter counter, Blackhole hole) {
    for (Fixed value : wide) {
      hole.consume(value.cast(WORD));
    }
    counter.words += WORDS;
  }

  /** Multiplies s8 x s8 into s8. */
  @Benchmark
  public void multiply(WordCounter counter, Blackhole hole) {
    for (int i = 0; i < WORDS; i++) {
      hole.consume(product(i));
    }
    counter.words += WORDS;
  }

  /** Multiplies matrices of 16 x 16 words of 8 bits; the sum is cast at every step. */
  @Benchmark
  public List<Fixed> gemm(MacCounter counter) {
    counter.macs += (long) SIDE * SIDE * SIDE;
    return gemm.run(a, b);
  }
}
