package io.fixlane.kernels.gemm;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.Steps;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * What follows the sums of a product gives the words of exact arithmetic and one cast a step: scale
 * and shift, a residual, a format for each channel.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class GemmStagePropertyTest {
  private static final FixedFormat SCALE = FixedFormat.signed(8, 2);
  // A sum, shifted by how far the channels are apart, has at most 64 bits.
  private static final int WIDEST = 60;

  @Provide
  Arbitrary<FixedFormat> formats() {
    return Formats.formats(1, 9);
  }

  private static GemmProblem problem(int m, int k, int n, FixedFormat a, FixedFormat w,
      Accumulators accumulators, Random random) {
    return GemmProblem.of(m, k, n, a, w, WordKind.ANY, WordKind.ANY, accumulators, random);
  }

  /** Scale and shift, residual, and scale and shift again, or the residual first or alone. */
  @Property(tries = 100)
  void scalesShiftsAndResiduals(@ForAll("formats") FixedFormat a, @ForAll("formats") FixedFormat w,
      @ForAll @IntRange(min = 1, max = 30) int m, @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll @IntRange(min = 1, max = 70) int n, @ForAll Accumulators accumulators,
      @ForAll long seed) {
    Random random = new Random(seed);
    FixedFormat first = Steps.near(a.times(w), 16, random);
    GemmProblem problem =
        problem(m, k, n, a, w, accumulators, random).withOutputs(List.of(first));
    OutputStage stage = problem.stage();
    List<Fixed> expected = problem.reference();
    FixedTensor residual = null;
    int steps = 1 + random.nextInt(3);
    int residualAt = random.nextInt(steps + 1);
    for (int step = 0; step < steps; step++) {
      FixedFormat from = stage.result();
      FixedFormat result = Steps.near(from, 16, random);
      if (step == residualAt) {
        FixedFormat format = random.nextBoolean() ? result : Steps.near(from, 12, random);
        FixedTensor words = Words.tensor(format, random, m, n);
        residual = words;
        stage = stage.withResidualAdd(format, result);
        expected = Steps.each(expected,
            (z, i) -> Steps.positive(z.plus(words.value(i))).cast(result));
      } else {
        FixedTensor scale = Words.tensor(Steps.near(SCALE, 12, random), random, n);
        FixedTensor shift =
            Words.tensor(Steps.near(from.times(scale.format()), 12, random), random, n);
        stage = stage.withScaleAndShift(scale, shift, result);
        expected = Steps.each(expected,
            (z, i) -> z.times(scale.value(i % n)).plus(shift.value(i % n)).cast(result));
      }
    }
    check(Gemm.of(a, problem.w(), stage), problem, residual, stage, expected, random);
  }

  /** The results may take the residual's place, where both are words of one size. */
  private static void check(Gemm plan, GemmProblem problem, @Nullable FixedTensor residual,
      OutputStage stage, List<Fixed> expected, Random random) {
    FixedTensor target = FixedTensor.allocate(stage.result(), problem.m(), problem.n());
    if (residual != null && residual.format().equals(stage.result()) && random.nextBoolean()) {
      target = residual;
    }
    int parts = 1 + random.nextInt(3);
    if (residual == null) {
      plan.run(problem.a(), target, Runnable::run, parts);
    } else {
      plan.run(problem.a(), residual, target, Runnable::run, parts);
    }
    List<BigInteger> words = expected.stream().map(Fixed::raw).toList();
    Words.assertWords(problem + "\n" + plan, target, words::get);
  }

  /** Each channel has a binary point of its own, up to 20 places from the others'. */
  @Property(tries = 100)
  void aFormatForEachChannel(@ForAll("formats") FixedFormat a, @ForAll("formats") FixedFormat w,
      @ForAll @IntRange(min = 1, max = 30) int m, @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll @IntRange(min = 2, max = 70) int n, @ForAll Accumulators accumulators,
      @ForAll @IntRange(min = 0, max = 20) int apart, @ForAll long seed) {
    Random random = new Random(seed);
    FixedFormat first = Steps.near(a.times(w), 16, random);
    List<FixedFormat> outputs = Stream.generate(() -> new FixedFormat(first.signed(),
        first.width(), first.integerBits() + random.nextInt(apart + 1), first.quantization(),
        first.overflow(), first.saturationBits())).limit(n).toList();
    GemmProblem any = problem(m, k, n, a, w, accumulators, random).withOutputs(outputs);
    GemmProblem problem = any.accumulator() != null && any.accumulator().width() + apart > WIDEST
        ? any.withAccumulator(null)
        : any;
    Gemm plan = problem.plan();
    FixedTensor target = FixedTensor.allocate(outputs.getFirst(), m, n);
    plan.run(problem.a(), target, Runnable::run, 1 + random.nextInt(3));
    List<BigInteger> words = problem.referenceWords();
    Words.assertWords(problem + "\n" + plan, target, words::get);
  }
}
