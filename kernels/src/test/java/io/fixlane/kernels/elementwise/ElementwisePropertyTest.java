package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.fixture.BinaryOperation;
import io.fixlane.kernels.fixture.Counts;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.OperandShape;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.IntUnaryOperator;
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
 * Operations on two operands of any formats give the reference's words, wherever and in whatever
 * shape they lie.
 */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class ElementwisePropertyTest {
  /**
   * Two operands whose binary points are, more often than not, so near that their sum fits 64
   * or 128 bits.
   */
  record Operands(FixedFormat a, FixedFormat b) {}

  @Provide
  Arbitrary<Operands> operands() {
    return Arbitraries.of(8, 16, 32, 64).flatMap(widest -> Combinators.combine(
        Formats.formats(1, widest), Formats.formats(1, widest),
        Arbitraries.oneOf(
            Arbitraries.integers().between(-6, 6), Arbitraries.integers().between(-6, 6),
            Arbitraries.integers().between(-70, 70)),
        Arbitraries.integers().between(0, 9))
        .as((a, b, apart, far) -> new Operands(a, far == 0 ? b : near(b, a, apart))));
  }

  private static FixedFormat near(FixedFormat b, FixedFormat a, int apart) {
    return new FixedFormat(
        b.signed(), b.width(), b.width() - a.fractionBits() + apart, b.quantization(), b.overflow(),
        b.saturationBits());
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Combinators.combine(
        Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 4),
        Arbitraries.integers().between(0, 9), Arbitraries.integers().between(1, 12))
        .as((n, c, h, w) -> new int[] {n, c, h, w});
  }

  @Property(tries = 700)
  void everyWordIsTheReferencesInEveryShape(
      @ForAll BinaryOperation operation, @ForAll("operands") Operands operands,
      @ForAll FixedFormat result,
      @ForAll("shapes") int[] aShape, @ForAll OperandShape shape, @ForAll long seed) {
    if (isRefused(operation, operands, result)) {
      return;
    }
    Random random = new Random(seed);
    FixedTensor a = Words.tensor(operands.a, random, aShape);
    FixedTensor b = notZero(Words.tensor(operands.b, random, shape.of(aShape)));
    Counts counts = new Counts();
    BigInteger[] expected = expected(operation, a, b, shape.index(aShape), result, counts);

    Elementwise plan = operation.plan(operands.a, operands.b, result);
    FixedTensor words = FixedTensor.allocate(result, aShape);
    plan.run(a, b, words);
    Words.assertWords(plan, words, i -> expected[i]);

    FixedTensor counted = FixedTensor.allocate(result, aShape);
    CastStatistics statistics = plan.newStatistics();
    plan.run(a, b, counted, statistics);
    Words.assertWords(plan, counted, i -> expected[i]);
    counts.assertCounted(plan, statistics);
  }

  @Property(tries = 300)
  void rangesOfWordsAnywhereAreComputedAndNothingElseIsWritten(
      @ForAll BinaryOperation operation, @ForAll("operands") Operands operands,
      @ForAll FixedFormat result,
      @ForAll Place aPlace, @ForAll Place bPlace, @ForAll Place place,
      @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    if (isRefused(operation, operands, result)) {
      return;
    }
    Random random = new Random(seed);
    MemorySegment aMemory = aPlace.memory(operands.a, count, random);
    MemorySegment bMemory = bPlace.memory(operands.b, count, random);
    MemorySegment memory = place.memory(result, count, random);
    FixedTensor a = Words.fill(aPlace.range(operands.a, aMemory, count), random);
    FixedTensor b = notZero(Words.fill(bPlace.range(operands.b, bMemory, count), random));
    BigInteger[] expected = expected(operation, a, b, i -> i, result, new Counts());
    byte[] before = Words.bytes(memory);

    Elementwise plan = operation.plan(operands.a, operands.b, result);
    plan.run(aMemory.asReadOnly(), aPlace.index(), bMemory.asReadOnly(), bPlace.index(), memory,
        place.index(), count);

    FixedTensor words = place.range(result, memory, count);
    Words.assertWords(plan, words, i -> expected[i]);
    words.segment().copyFrom(place.range(result, MemorySegment.ofArray(before), count).segment());
    assertThat(Words.bytes(memory)).as("words around the target").isEqualTo(before);
  }

  @Property(tries = 200)
  void theResultMayLieOnAnOperandOfItsContainer(
      @ForAll BinaryOperation operation, @ForAll("operands") Operands operands,
      @ForAll FixedFormat other,
      @ForAll boolean onA, @ForAll Place place, @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    FixedFormat under = onA ? operands.a : operands.b;
    FixedFormat result = new FixedFormat(
        under.signed(), under.width(), other.integerBits(), other.quantization(), under.overflow(),
        under.saturationBits());
    if (isRefused(operation, operands, result)) {
      return;
    }
    Random random = new Random(seed);
    FixedTensor a = Words.tensor(operands.a, random, count);
    FixedTensor b = notZero(Words.tensor(operands.b, random, count));
    BigInteger[] expected = expected(operation, a, b, i -> i, result, new Counts());
    MemorySegment memory = place.memory(under, count, random);
    FixedTensor shared = place.range(under, memory, count);
    shared.segment().copyFrom((onA ? a : b).segment());
    FixedTensor words = place.range(result, memory, count);

    Elementwise plan = operation.plan(operands.a, operands.b, result);
    plan.run(onA ? shared : a, onA ? b : shared, words);

    Words.assertWords(plan, words, i -> expected[i]);
  }

  /** Asserts that a plan is refused where its exact result does not fit, and only there. */
  private static boolean isRefused(BinaryOperation operation, Operands operands,
      FixedFormat result) {
    boolean tooWide = operation.width(operands.a, operands.b) > 128;
    if (tooWide) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> operation.plan(operands.a, operands.b, result))
          .withMessageContaining(operands.b.toString());
    }
    return tooWide;
  }

  private static BigInteger[] expected(
      BinaryOperation operation, FixedTensor a, FixedTensor b, IntUnaryOperator bIndex,
      FixedFormat result,
      Counts counts) {
    return IntStream.range(0, (int) a.size())
        .mapToObj(
            i -> counts.cast(operation.exact(a.value(i), b.value(bIndex.applyAsInt(i))), result))
        .toArray(BigInteger[]::new);
  }

  private static FixedTensor notZero(FixedTensor tensor) {
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, tensor.raw(i) != 0 ? tensor.raw(i) : tensor.format().signed() ? -1 : 1);
    }
    return tensor;
  }
}
