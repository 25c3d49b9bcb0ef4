package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.ReferenceLookUp;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
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
 * How many words a second does a sigmoid by table make, once tables of all sizes have run in the
 * JVM, and how does that compare to a copy of the operand?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LookUpBenchmark {
  private static final int WARM_UP_RUNS = 20_000;
  private static final int WARM_UP_WORDS = 256;
  private static final DoubleUnaryOperator SIGMOID = v -> 1 / (1 + StrictMath.exp(-v));

  /** The bits of an operand's word: the table has 2 to the power of them. */
  @Param({"4", "6", "8", "10", "16"})
  public int width;

  /** The bits of a result. */
  @Param({"8", "16"})
  public int result;

  /** The number of words: 4,096 stay in the first cache, 1,048,576 in the last. */
  @Param({"4096", "1048576"})
  public int words;

  private Elementwise plan;
  private MemorySegment from;
  private MemorySegment to;

  /** Makes the operand, warms tables of all sizes, and checks the one that is measured. */
  @Setup
  public void setup() {
    for (int warmed : new int[] {4, 6, 7, 8, 10, 16}) {
      FixedTensor x = RandomWords.uniform(operand(warmed), 1, WARM_UP_WORDS);
      for (FixedFormat format : new FixedFormat[] {format(8), format(16)}) {
        FixedTensor y = FixedTensor.allocate(format, WARM_UP_WORDS);
        Elementwise look = Elementwise.lookUp(x.format(), SIGMOID, format);
        for (int i = 0; i < WARM_UP_RUNS; i++) {
          look.run(x, y);
        }
      }
    }
    FixedTensor x = RandomWords.uniform(operand(width), 1, words);
    FixedTensor y = FixedTensor.allocate(format(result), words);
    from = x.segment();
    to = y.segment();
    plan = Elementwise.lookUp(x.format(), SIGMOID, y.format());
    plan.run(x, y);
    ReferenceLookUp reference = ReferenceLookUp.of(x.format(), SIGMOID, y.format());
    for (int i = 0; i < words; i++) {
      Check.equal(i, reference.apply(x.value(i)), y.value(i));
    }
  }

  private static FixedFormat operand(int bits) {
    return FixedFormat.signed(bits, 4);
  }

  private static FixedFormat format(int bits) {
    return FixedFormat.parse("ap_ufixed<" + bits + ",0,AP_RND,AP_SAT>");
  }

  /** Looks up. */
  @Benchmark
  public void run(WordCounter counter) {
    plan.run(from, 0, to, 0, words);
    counter.add(words, Traffic.of(from, to));
  }

  /** Copies the operand, which is what no look-up can beat. */
  @Benchmark
  public void copy(WordCounter counter) {
    long bytes = Math.min(from.byteSize(), to.byteSize());
    MemorySegment.copy(from, 0, to, 0, bytes);
    counter.add(words, 2 * bytes);
  }
}
