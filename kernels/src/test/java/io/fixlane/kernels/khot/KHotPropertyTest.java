package io.fixlane.kernels.khot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.KHotMultiply;
import io.fixlane.kernels.fixture.Counts;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.OperandShape;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
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
 * Words of any width become K-hot as the reference says, and both kernels give the exact product of
 * the reference, cast once, wherever and in whatever shape the words lie.
 */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class KHotPropertyTest {
  /** The formats of x and of the weights, whose exact product fits 64 bits. */
  record Operands(FixedFormat x, FixedFormat weight) {}

  @Provide
  Arbitrary<Operands> operands() {
    return Arbitraries.of(8, 16, 32, 63).flatMap(widest -> Formats.formats(1, widest)
        .flatMap(weight -> Formats.formats(1, Math.min(widest, 64 - weight.width()))
            .map(x -> new Operands(x, weight))));
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Combinators.combine(
        Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 4),
        Arbitraries.integers().between(0, 9), Arbitraries.integers().between(1, 12))
        .as((n, c, h, w) -> new int[] {n, c, h, w});
  }

  @Property(tries = 1000)
  void everyWordBecomesWhatTheReferenceMakesOfIt(
      @ForAll FixedFormat format, @ForAll KHotRule rule, @ForAll @IntRange(min = 1, max = 65) int k,
      @ForAll boolean few, @ForAll long seed) {
    KHot khot = KHot.of(few ? 1 + k % 4 : k, rule);
    ReferenceKHot reference = new ReferenceKHot(khot.k(), rule);
    FixedTensor words = Words.tensor(format, new Random(seed), 30);
    Words.assertWords(khot, khot.encode(words), i -> reference.encode(words.value(i)).raw());
    for (int i = 0; i < words.size(); i++) {
      assertThat(khot.terms(words, i)).isEqualTo(reference.terms(words.value(i)));
    }
  }

  @Property(tries = 700)
  void bothKernelsGiveTheReferencesProductsInEveryShape(
      @ForAll("operands") Operands operands, @ForAll FixedFormat result, @ForAll KHotRule rule,
      @ForAll @IntRange(min = 1, max = 64) int k, @ForAll boolean few,
      @ForAll("shapes") int[] shape, @ForAll OperandShape weightShape, @ForAll long seed) {
    Random random = new Random(seed);
    FixedTensor x = Words.tensor(operands.x, random, shape);
    FixedTensor weights = Words.tensor(operands.weight, random, weightShape.of(shape));
    KHot khot = KHot.of(few ? 1 + k % 4 : k, rule);
    ReferenceKHot reference = new ReferenceKHot(khot.k(), rule);
    Counts counts = new Counts();
    BigInteger[] expected = IntStream.range(0, (int) x.size())
        .mapToObj(i -> counts.cast(reference.multiply(x.value(i),
            weights.value(weightShape.index(shape).applyAsInt(i))), result))
        .toArray(BigInteger[]::new);
    for (KHotKernel kernel : KHotKernel.values()) {
      KHotMultiply plan = khot.multiply(operands.x, weights, result, kernel);
      FixedTensor words = FixedTensor.allocate(result, shape);
      plan.run(x, words);
      Words.assertWords(plan, words, i -> expected[i]);

      FixedTensor counted = FixedTensor.allocate(result, shape);
      CastStatistics statistics = plan.newStatistics();
      plan.run(x, counted, statistics);
      Words.assertWords(plan, counted, i -> expected[i]);
      counts.assertCounted(plan, statistics);
    }
  }

  @Property(tries = 300)
  void shiftingAndAddingIsMultiplyingWhereverTheWordsLie(
      @ForAll("operands") Operands operands, @ForAll FixedFormat result, @ForAll KHotRule rule,
      @ForAll @IntRange(min = 1, max = 5) int k, @ForAll Place xPlace, @ForAll Place place,
      @ForAll @IntRange(max = 300) int count, @ForAll long seed) {
    Random random = new Random(seed);
    FixedTensor x = Words.fill(
        xPlace.range(operands.x, xPlace.memory(operands.x, count, random), count), random);
    FixedTensor weights = Words.tensor(operands.weight, random, count);
    KHot khot = KHot.of(k, rule);
    FixedTensor products = FixedTensor.allocate(result, count);
    Elementwise.multiply(operands.x, operands.weight, result)
        .run(x, khot.encode(weights), products);
    FixedTensor words = place.range(result, place.memory(result, count, random), count);
    khot.multiply(operands.x, weights, result, KHotKernel.SHIFT_ADD).run(x, words);
    assertThat(words.contentEquals(products)).isTrue();
  }

  @Property(tries = 100)
  void theResultMayLieOnTheOperand(
      @ForAll KHotRule rule, @ForAll @IntRange(min = 1, max = 5) int k, @ForAll KHotKernel kernel,
      @ForAll @IntRange(max = 300) int count, @ForAll long seed) {
    FixedFormat format = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
    Random random = new Random(seed);
    FixedTensor x = Words.tensor(format, random, count);
    FixedTensor weights = Words.tensor(format, random, count);
    KHotMultiply plan = KHot.of(k, rule).multiply(format, weights, format, kernel);
    FixedTensor apart = FixedTensor.allocate(format, count);
    plan.run(x, apart);
    plan.run(x, x);
    assertThat(x.contentEquals(apart)).isTrue();
  }
}
