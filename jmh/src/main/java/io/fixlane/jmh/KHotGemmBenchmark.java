package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.jmh.count.MacCounter;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.tensor.FixedTensor;
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
 * How many products with K-hot weights a second does a square layer of s8 words sum up, by shifting
 * and adding and by multiplying? The counter reads in GMAC/s: size<sup>3</sup> for each call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED"})
public class KHotGemmBenchmark {
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 3);
  private static final FixedFormat WEIGHT = FixedFormat.signed(8, 1);
  private static final FixedFormat OUTPUT =
      FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat BIAS = FixedFormat.signed(16, 6);

  /** Rows, columns and inputs. */
  @Param("512")
  public int size;

  /** K. */
  @Param({"1", "2", "3"})
  public int k;

  /** How products are computed. */
  @Param
  public KHotKernel kernel;

  private Gemm plan;
  private FixedTensor a;
  private FixedTensor weights;
  private FixedTensor to;

  /** Makes the operands, and checks words of the result against the reference's. */
  @Setup
  public void setup() {
    a = RandomWords.uniform(ACTIVATION, 1, size, size);
    weights = RandomWords.uniform(WEIGHT, 2, size, size);
    FixedTensor bias = RandomWords.uniform(BIAS, 3, size);
    to = FixedTensor.allocate(OUTPUT, size, size);
    plan = KHot.of(k, KHotRule.NEAREST)
        .gemm(ACTIVATION, weights, OutputStage.to(OUTPUT).withBias(bias), kernel);
    plan.run(a, to);
    ReferenceKHot reference = new ReferenceKHot(k, KHotRule.NEAREST);
    for (long i = 0; i < weights.size(); i++) {
      weights.setRaw(i, reference.encode(weights.value(i)).raw().longValueExact());
    }
    GemmCheck.sample(a, weights, bias, null, false, to);
  }

  /** Computes. */
  @Benchmark
  public void run(MacCounter counter) {
    plan.run(a, to);
    counter.add((long) size * size * size, Traffic.of(a, weights, to));
  }
}
