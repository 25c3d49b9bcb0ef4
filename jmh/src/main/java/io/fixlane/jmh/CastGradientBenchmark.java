package io.fixlane.jmh;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.autograd.fixed.TrainableFormat;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many numbers a second does a trainable cast of floats take, forward alone, and forward and
 * back with the mask of the gradient?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CastGradientBenchmark.NUMBERS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CastGradientBenchmark {
  /** How many numbers are cast. */
  public static final int NUMBERS = 1 << 17;

  /** Stands for all that follows a cast, and takes no time: its gradient is known. */
  private record Upstream(float[] gradient) implements Op {
    @Override
    public int[] shape(Tensor... inputs) {
      return new int[0];
    }

    @Override
    public float[] forward(Tape tape, Tensor... inputs) {
      return new float[1];
    }

    @Override
    public float[][] backward(Tape tape, Tensor[] inputs, Tensor output) {
      return new float[][] {gradient};
    }
  }

  /** The format that is cast into. */
  @Param({"ap_fixed<8,2,AP_RND_CONV,AP_SAT>", "ap_fixed<8,2,AP_TRN,AP_WRAP>"})
  public String format;

  private final Tape training = Tape.training(Workers.SINGLE);
  private final Tape evaluating = Tape.evaluating(Workers.SINGLE);
  private Upstream upstream;
  private FixedCast cast;
  private Tensor x;

  /** Makes numbers, a few of which overflow, and checks a cast and its gradient. */
  @Setup
  public void setup() {
    cast = new FixedCast(TrainableFormat.pinned(FixedFormat.parse(format)));
    SplittableRandom random = new SplittableRandom(1);
    float[] numbers = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = (float) (random.nextDouble() * 4.4 - 2.2);
    }
    x = Tensor.parameter(numbers, NUMBERS);
    float[] ones = new float[NUMBERS];
    Arrays.fill(ones, 1);
    upstream = new Upstream(ones);
    Tensor q = cast.forward(training, x);
    training.backward(training.apply(upstream, q));
    int differing = 0;
    for (int i = 0; i < NUMBERS; i++) {
      differing += Math.abs(q.data()[i] - numbers[i]) > 1 / 64f ? 1 : 0;
    }
    float[] gradient = x.grad();
    long zeros = gradient == null ? 0 : NUMBERS - Math.round(sum(gradient));
    boolean saturates = !cast.format().overflow().wraps();
    if (differing == 0 || zeros == 0 == saturates) {
      throw new IllegalStateException(differing + " numbers overflowed, " + zeros + " are masked");
    }
    training.reset();
  }

  private static double sum(float[] numbers) {
    double[] wide = new double[numbers.length];
    Arrays.setAll(wide, i -> numbers[i]);
    return Arrays.stream(wide).sum();
  }

  /** Casts. */
  @Benchmark
  public float forward() {
    float last = cast.forward(evaluating, x).data()[NUMBERS - 1];
    evaluating.reset();
    return last;
  }

  /** Casts, and computes the gradient of the numbers from that of the cast ones. */
  @Benchmark
  public float forwardAndBackward() {
    Tensor q = cast.forward(training, x);
    training.backward(training.apply(upstream, q));
    float last = q.data()[NUMBERS - 1];
    training.reset();
    return last;
  }
}
