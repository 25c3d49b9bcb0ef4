package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.KHotMultiply;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
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
 * How many products with K-hot weights a second does a CPU make, by shifting and adding and by
 * multiplying? Each word meets a weight of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KHotBenchmark {

  /** The formats of words, weights and results. */
  public enum Subject {
    /** s8 x s8 into s8. */
    S8("ap_fixed<8,3,AP_RND,AP_SAT>"),
    /** s16 x s16 into s16. */
    S16("ap_fixed<16,6,AP_RND,AP_SAT>");

    private final FixedFormat format;

    Subject(String format) {
      this.format = FixedFormat.parse(format);
    }
  }

  /** The formats. */
  @Param
  public Subject subject;

  /** K. */
  @Param({"1", "2", "3", "4"})
  public int k;

  /** How products are computed. */
  @Param
  public KHotKernel kernel;

  /** The number of words. */
  @Param({"4096", "1048576"})
  public int words;

  private KHotMultiply plan;
  private FixedTensor x;
  private FixedTensor weights;
  private FixedTensor to;

  /** Makes the operands, and checks the plan's words against the reference's. */
  @Setup
  public void setup() {
    FixedFormat format = subject.format;
    x = random(1);
    to = FixedTensor.allocate(format, words);
    weights = random(2);
    plan = KHot.of(k, KHotRule.NEAREST).multiply(format, weights, format, kernel);
    plan.run(x, to);
    ReferenceKHot reference = new ReferenceKHot(k, KHotRule.NEAREST);
    for (int i = 0; i < words; i++) {
      Check.equal(i, reference.multiply(x.value(i), weights.value(i)).cast(format), to.value(i));
    }
  }

  private FixedTensor random(int seed) {
    Random random = new Random(seed);
    FixedTensor tensor = FixedTensor.allocate(subject.format, words);
    for (int i = 0; i < words; i++) {
      tensor.setRaw(i,
          subject.format.wrap(BigInteger.valueOf(random.nextLong())).longValueExact());
    }
    return tensor;
  }

  /** Computes. */
  @Benchmark
  public void run(WordCounter counter) {
    plan.run(x, to);
    counter.add(words, Traffic.of(x, weights, to));
  }
}
