package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.Counts;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What becomes of the sums of products and convolutions is counted as the reference casts them. */
@Domain(Convolutions.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class SumStatisticsPropertyTest {
  @Provide
  static Arbitrary<FixedFormat> formats() {
    return Formats.formats(1, 9);
  }

  /** Returns formats for the channels: one, or others whose binary points lie apart. */
  private static List<FixedFormat> outputs(FixedFormat first, int channels, Random random) {
    List<FixedFormat> outputs = new ArrayList<>(List.of(first));
    if (random.nextBoolean()) {
      for (int channel = 1; channel < channels; channel++) {
        outputs.add(first.withIntegerBits(first.integerBits() + random.nextInt(4)));
      }
    }
    return outputs;
  }

  private static GemmProblem ofSums(GemmProblem problem) {
    return problem.withOutputs(List.of(
        problem.accumulator() == null ? problem.exact() : problem.accumulator()));
  }

  @Property(tries = 100)
  void ofProducts(@ForAll("formats") FixedFormat a, @ForAll("formats") FixedFormat w,
      @ForAll @IntRange(min = 1, max = 30) int m, @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll @IntRange(min = 1, max = 40) int n, @ForAll Accumulators accumulators,
      @ForAll long seed) {
    Random random = new Random(seed);
    GemmProblem drawn =
        GemmProblem.of(m, k, n, a, w, WordKind.ANY, WordKind.ANY, accumulators, random);
    GemmProblem problem =
        drawn.withOutputs(outputs(drawn.outputs().getFirst(), n, random));
    Gemm plan = problem.plan();
    CastStatistics statistics = plan.newStatistics();
    plan.count(problem.a(), statistics);
    Counts counts = new Counts();
    List<Fixed> sums = ofSums(problem).reference();
    for (int i = 0; i < sums.size(); i++) {
      counts.cast(sums.get(i), problem.outputs().get(problem.outputs().size() == 1 ? 0 : i % n));
    }
    counts.assertCounted(problem + "\n" + plan, statistics);
  }

  @Property(tries = 100)
  void ofConvolutions(@ForAll Convolution conv, @ForAll("formats") FixedFormat x,
      @ForAll("formats") FixedFormat w, @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll Accumulators accumulators, @ForAll long seed) {
    Random random = new Random(seed);
    ConvProblem drawn =
        ConvProblem.of(conv, images, x, w, WordKind.ANY, WordKind.ANY, accumulators, random);
    GemmProblem layer = drawn.layer();
    ConvProblem problem = drawn.withLayer(layer.withOutputs(
        outputs(layer.outputs().getFirst(), conv.outputs(), random)));
    Conv2d plan = problem.plan();
    CastStatistics statistics = plan.newStatistics();
    plan.count(problem.x(), statistics);
    Counts counts = new Counts();
    List<FixedFormat> outputs = problem.layer().outputs();
    List<Fixed> sums = problem.withLayer(ofSums(layer)).reference();
    for (int i = 0; i < sums.size(); i++) {
      counts.cast(sums.get(i), outputs.get(outputs.size() == 1 ? 0 : problem.channel(i)));
    }
    counts.assertCounted(problem + "\n" + plan, statistics);
  }

  @Example
  void exactSumsBeyond64BitsAreNotCounted() {
    FixedFormat s32 = FixedFormat.signed(32, 32);
    FixedTensor weights = FixedTensor.allocate(s32, 3, 2);
    Gemm plan = Gemm.of(s32, weights, OutputStage.to(s32));
    assertThatIllegalArgumentException().isThrownBy(plan::newStatistics).withMessage(
        "sums of 3 products of ap_fixed<64,64> need 66 bits:"
            + " casts are counted from sums of at most 64");
    Gemm typed = Gemm.of(s32, weights, OutputStage.to(s32).withAccumulator(s32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> typed.count(FixedTensor.allocate(s32, 1, 3), Gemm.of(s32, weights,
            OutputStage.to(s32).withAccumulator(FixedFormat.signed(40, 40))).newStatistics()))
        .withMessage("statistics count values of ap_fixed<40,40>:"
            + " the plan casts values of ap_fixed<32,32>");
  }
}
