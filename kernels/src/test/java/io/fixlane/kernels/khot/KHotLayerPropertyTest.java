package io.fixlane.kernels.khot;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.ConvProblem;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.Convolutions;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * Layers with K-hot weights have the reference's bits on both kernels: by shifts and additions, and
 * by multiplication.
 */
@Domain(Convolutions.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class KHotLayerPropertyTest {
  private static final int LARGEST = 70;

  /** The formats of activations and weights. */
  record Operands(FixedFormat a, FixedFormat w) {}

  /** Narrow ones, and ones whose shifts and sums need lanes of 64 bits, or more than those. */
  @Provide
  Arbitrary<Operands> operands() {
    return Arbitraries.oneOf(operands(10), operands(10), operands(32), operands(50));
  }

  private static Arbitrary<Operands> operands(int widest) {
    return Combinators.combine(Formats.formats(1, widest), Formats.formats(1, widest))
        .as(Operands::new);
  }

  /** Returns K from 1 to 3, or, where it is not to bite, the width of the weights. */
  private static int terms(FixedFormat weights, int k) {
    return k > 3 ? weights.width() : k;
  }

  private static FixedTensor encoded(FixedTensor words, int k, KHotRule rule) {
    ReferenceKHot encoder = new ReferenceKHot(k, rule);
    FixedTensor encoded = FixedTensor.allocate(words.format(), words.shape());
    for (long i = 0; i < words.size(); i++) {
      encoded.setRaw(i, encoder.encode(words.value(i)).raw().longValue());
    }
    return encoded;
  }

  private static GemmProblem withWeights(GemmProblem problem, FixedTensor w) {
    return new GemmProblem(
        problem.a(), w, problem.bias(), problem.accumulator(), problem.relu(), problem.outputs());
  }

  @Property(tries = 150)
  void products(@ForAll @IntRange(min = 1, max = 30) int m,
      @ForAll @IntRange(min = 1, max = LARGEST) int k,
      @ForAll @IntRange(min = 1, max = LARGEST) int n, @ForAll("operands") Operands operands,
      @ForAll WordKind weights, @ForAll Accumulators accumulators, @ForAll KHotRule rule,
      @ForAll @IntRange(min = 1, max = 4) int terms,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    GemmProblem problem = GemmProblem.of(m, k, n, operands.a, operands.w, WordKind.ANY, weights,
        accumulators, new Random(seed));
    int hot = terms(operands.w, terms);
    List<BigInteger> expected =
        withWeights(problem, encoded(problem.w(), hot, rule)).referenceWords();
    for (KHotKernel kernel : KHotKernel.values()) {
      Gemm plan = KHot.of(hot, rule).gemm(operands.a, problem.w(), problem.stage(), kernel);
      FixedTensor target = FixedTensor.allocate(problem.outputs().getFirst(), m, n);
      plan.run(problem.a(), target, Runnable::run, parts);
      Words.assertWords(problem + ", " + hot + "-hot " + rule + "\n" + plan, target,
          expected::get);
    }
  }

  @Property(tries = 120)
  void convolutions(@ForAll Convolution conv, @ForAll("operands") Operands operands,
      @ForAll WordKind weights, @ForAll Accumulators accumulators, @ForAll KHotRule rule,
      @ForAll @IntRange(min = 1, max = 4) int terms,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    ConvProblem problem = ConvProblem.of(conv, 1, operands.a, operands.w, WordKind.ANY, weights,
        accumulators, new Random(seed));
    int hot = terms(operands.w, terms);
    GemmProblem layer = problem.layer();
    List<BigInteger> expected =
        problem.withLayer(withWeights(layer, encoded(layer.w(), hot, rule))).referenceWords();
    for (KHotKernel kernel : KHotKernel.values()) {
      Conv2d plan = KHot.of(hot, rule)
          .conv2d(operands.a, problem.weights(), conv.image(), conv.window(), conv.groups(),
              layer.stage(), kernel);
      FixedTensor target = problem.target();
      plan.run(problem.x(), target, Runnable::run, parts);
      Words.assertWords(problem + ", " + hot + "-hot " + rule + "\n" + plan, target,
          expected::get);
    }
  }
}
