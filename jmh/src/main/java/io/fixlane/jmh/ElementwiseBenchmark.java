package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.count.Traffic;
import io.fixlane.jmh.count.WordCounter;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
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
 * How many words a second does an element-wise operation make, once all operations and modes have
 * run in the JVM?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {
  private static final int WARM_UP_RUNS = 20_000;
  private static final int WARM_UP_WORDS = 256;
  private static final FixedFormat S8 = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
  private static final FixedFormat S16 = FixedFormat.parse("ap_fixed<16,6,AP_RND,AP_SAT>");
  private static final FixedFormat QUOTIENT = FixedFormat.parse("ap_fixed<16,8,AP_TRN,AP_SAT>");

  /** Plans an operation on two operands. */
  private interface Planner {
    Elementwise plan(FixedFormat a, FixedFormat b, FixedFormat result);
  }

  /** What is measured: a plan, and the operation of the reference that it must agree with. */
  public enum Subject {
    /** s8 + s8 into s8. */
    ADD_S8(S8, S8, Elementwise::add, Fixed::plus),
    /** s8 x s8 into s8. */
    MULTIPLY_S8(S8, S8, Elementwise::multiply, Fixed::times),
    /** s16 x s16 into s16. */
    MULTIPLY_S16(S16, S16, Elementwise::multiply, Fixed::times),
    /** s16 / s16 into s16. */
    DIVIDE_S16(S16, QUOTIENT, Elementwise::divide, Fixed::dividedBy);

    private final FixedFormat operand;
    private final FixedFormat target;
    private final Planner planner;
    private final BinaryOperator<Fixed> exact;

    Subject(FixedFormat operand, FixedFormat target, Planner planner,
        BinaryOperator<Fixed> exact) {
      this.operand = operand;
      this.target = target;
      this.planner = planner;
      this.exact = exact;
    }

    private Elementwise plan(FixedFormat result) {
      return planner.plan(operand, operand, result);
    }
  }

  /** What is measured. */
  @Param
  public Subject subject;

  /** The number of words. */
  @Param({"4096", "1048576"})
  public int words;

  private Elementwise plan;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment to;

  /** Makes the operands, warms all operations and modes, and checks the one that is measured. */
  @Setup
  public void setup() {
    for (Subject warmed : Subject.values()) {
      List<FixedFormat> modes = Modes.of(warmed.target.width(), warmed.target.integerBits());
      modes.forEach(mode -> warm(warmed, mode));
    }
    FixedTensor left = operand(1);
    FixedTensor right = operand(2);
    FixedTensor result = FixedTensor.allocate(subject.target, words);
    a = left.segment();
    b = right.segment();
    to = result.segment();
    plan = subject.plan(subject.target);
    plan.run(a, 0, b, 0, to, 0, words);
    for (int i = 0; i < words; i++) {
      Check.equal(i, subject.exact.apply(left.value(i), right.value(i)).cast(subject.target),
          result.value(i));
    }
  }

  private static void warm(Subject subject, FixedFormat mode) {
    FixedTensor operand = FixedTensor.allocate(subject.operand, WARM_UP_WORDS);
    for (int i = 0; i < WARM_UP_WORDS; i++) {
      operand.setRaw(i, 1);
    }
    FixedTensor result = FixedTensor.allocate(mode, WARM_UP_WORDS);
    Elementwise plan = subject.plan(mode);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      plan.run(operand, operand, result);
    }
  }

  /** Returns random words, none of them 0. */
  private FixedTensor operand(int seed) {
    Random random = new Random(seed);
    FixedTensor tensor = FixedTensor.allocate(subject.operand, words);
    for (int i = 0; i < words; i++) {
      long raw = subject.operand.wrap(BigInteger.valueOf(random.nextLong())).longValueExact();
      tensor.setRaw(i, raw == 0 ? 1 : raw);
    }
    return tensor;
  }

  /** Computes. */
  @Benchmark
  public void run(WordCounter counter) {
    plan.run(a, 0, b, 0, to, 0, words);
    counter.add(words, Traffic.of(a, b, to));
  }
}
