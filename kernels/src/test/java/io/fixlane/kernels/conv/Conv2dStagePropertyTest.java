package io.fixlane.kernels.conv;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.ConvProblem;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.Convolutions;
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
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * What follows the sums of a convolution meets the words of its own channel and place, in both
 * layouts and all groups: scale and shift, a residual, a format for each channel.
 */
@Domain(Convolutions.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class Conv2dStagePropertyTest {
  private static final FixedFormat SCALE = FixedFormat.signed(8, 2);
  // A sum, shifted by how far the channels are apart, has at most 64 bits.
  private static final int WIDEST = 60;

  @Provide
  Arbitrary<FixedFormat> formats() {
    return Formats.formats(1, 9);
  }

  private static ConvProblem problem(Convolution conv, int images, FixedFormat x, FixedFormat w,
      Accumulators accumulators, Random random) {
    return ConvProblem.of(conv, images, x, w, WordKind.ANY, WordKind.ANY, accumulators, random);
  }

  /** The residual lies apart from the results, or is overwritten by them. */
  @Property(tries = 80)
  void scaleShiftAndResidual(@ForAll Convolution conv, @ForAll("formats") FixedFormat x,
      @ForAll("formats") FixedFormat w, @ForAll Accumulators accumulators,
      @ForAll boolean residualFirst, @ForAll boolean inPlace,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    Random random = new Random(seed);
    ConvProblem any = problem(conv, 2, x, w, accumulators, random);
    FixedFormat first = Steps.near(x.times(w), 16, random);
    ConvProblem problem = any.withLayer(any.layer().withOutputs(List.of(first)));
    FixedFormat second = Steps.near(first, 16, random);
    FixedFormat third = Steps.near(second, 16, random);
    FixedFormat added = inPlace ? third : Steps.near(second, 12, random);
    FixedTensor residual = Words.tensor(added, random, problem.results());
    List<Fixed> before = GemmProblem.values(residual);
    FixedTensor scale =
        Words.tensor(Steps.near(SCALE, 12, random), random, conv.outputs());
    FixedTensor shift = Words.tensor(
        Steps.near(first.times(scale.format()), 12, random), random,
        conv.outputs());
    OutputStage stage = problem.layer().stage();
    List<Fixed> expected = problem.reference();
    for (boolean residualStep : new boolean[] {residualFirst, !residualFirst}) {
      FixedFormat result = residualStep == residualFirst ? second : third;
      if (residualStep) {
        stage = stage.withResidualAdd(added, result);
        expected =
            Steps.each(expected, (z, i) -> Steps.positive(z.plus(before.get(i))).cast(result));
      } else {
        stage = stage.withScaleAndShift(scale, shift, result);
        expected = Steps.each(expected, (z, i) -> z
            .times(scale.value(problem.channel(i))).plus(shift.value(problem.channel(i)))
            .cast(result));
      }
    }
    Conv2d plan = problem.plan(stage);
    FixedTensor target = inPlace ? residual : FixedTensor.allocate(third, problem.results());
    plan.run(problem.x(), residual, target, Runnable::run, parts);
    List<BigInteger> words = expected.stream().map(Fixed::raw).toList();
    Words.assertWords(problem + "\n" + plan, target, words::get);
  }

  /** Each channel has a binary point of its own, up to 20 places from the others'. */
  @Property(tries = 60)
  void aFormatForEachChannel(@ForAll Convolution conv, @ForAll("formats") FixedFormat x,
      @ForAll("formats") FixedFormat w, @ForAll Accumulators accumulators,
      @ForAll @IntRange(min = 0, max = 20) int apart,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    Random random = new Random(seed);
    FixedFormat first = Steps.near(x.times(w), 16, random);
    List<FixedFormat> outputs = Stream.generate(() -> new FixedFormat(first.signed(),
        first.width(), first.integerBits() + random.nextInt(apart + 1), first.quantization(),
        first.overflow(), first.saturationBits())).limit(conv.outputs()).toList();
    ConvProblem any = problem(conv, 1, x, w, accumulators, random);
    GemmProblem layer = any.layer().withOutputs(outputs);
    ConvProblem problem = any.withLayer(
        layer.accumulator() != null && layer.accumulator().width() + apart > WIDEST
            ? layer.withAccumulator(null)
            : layer);
    Conv2d plan = problem.plan();
    FixedTensor target = problem.target();
    plan.run(problem.x(), target, Runnable::run, parts);
    List<BigInteger> words = problem.referenceWords();
    Words.assertWords(problem + "\n" + plan, target, words::get);
  }
}
