package io.fixlane.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.MatrixView;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
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
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Products of any formats, shapes and accumulators have the reference's bits. */
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class GemmPropertyTest {
  private static final int LARGEST = 70;

  /** The sizes of a product. */
  record Sizes(int m, int k, int n) {}

  /** What the operands are. */
  record Operands(FixedFormat a, FixedFormat w, WordKind aKind, WordKind wKind) {}

  /** A size may be any, or one at which kernels change. */
  @Provide
  Arbitrary<Sizes> sizes() {
    Arbitrary<Integer> any = Arbitraries.integers().between(1, LARGEST);
    Arbitrary<Integer> few = Arbitraries.of(1, 2, 3, 4, 12, 13);
    return Arbitraries.oneOf(
        Combinators.combine(few, any, any).as(Sizes::new),
        Combinators.combine(any, few, any).as(Sizes::new),
        Combinators.combine(any, any, few).as(Sizes::new),
        Combinators.combine(few, any, any).as(Sizes::new),
        Combinators.combine(any, any, any).as(Sizes::new));
  }

  @Provide
  Arbitrary<Operands> narrow() {
    return operands(Formats.formats(1, 9));
  }

  @Provide
  Arbitrary<Operands> wide() {
    return operands(Formats.formats(1, 32));
  }

  @Provide
  Arbitrary<Operands> widest() {
    return operands(Formats.formats(1, 64)).filter(o -> o.a.width() + o.w.width() <= 100);
  }

  private static Arbitrary<Operands> operands(Arbitrary<FixedFormat> formats) {
    Arbitrary<WordKind> kinds =
        Arbitraries.oneOf(Arbitraries.just(WordKind.ANY), Arbitraries.of(WordKind.class));
    return Combinators.combine(formats, formats, kinds, kinds).as(Operands::new);
  }

  @Property(tries = 250)
  void wordsOfAtMost9Bits(@ForAll("sizes") Sizes sizes, @ForAll("narrow") Operands operands,
      @ForAll Accumulators accumulators, @ForAll long seed) {
    check(sizes, operands, accumulators, seed);
  }

  @Property(tries = 250)
  void wordsOfAtMost32Bits(@ForAll("sizes") Sizes sizes, @ForAll("wide") Operands operands,
      @ForAll Accumulators accumulators, @ForAll long seed) {
    check(sizes, operands, accumulators, seed);
  }

  @Property(tries = 60)
  void wordsOfAtMost64Bits(@ForAll("sizes") Sizes sizes, @ForAll("widest") Operands operands,
      @ForAll Accumulators accumulators, @ForAll long seed) {
    check(sizes, operands, accumulators, seed);
  }

  private static void check(
      Sizes sizes, Operands operands, Accumulators accumulators, long seed) {
    GemmProblem problem = GemmProblem.of(sizes.m, sizes.k, sizes.n, operands.a, operands.w,
        operands.aKind, operands.wKind, accumulators, new Random(seed));
    Gemm plan = problem.plan();
    FixedTensor target =
        FixedTensor.allocate(problem.outputs().getFirst(), sizes.m, sizes.n);
    plan.run(problem.a(), target);
    List<BigInteger> expected = problem.referenceWords();
    Words.assertWords(problem + "\n" + plan.explain(), target, expected::get);
  }

  /** Rows that lie apart, in memory of any kind, at any byte; what lies between stays as it is. */
  @Property(tries = 100)
  void rowsInMemory(@ForAll("sizes") Sizes sizes, @ForAll("narrow") Operands operands,
      @ForAll Accumulators accumulators, @ForAll Place aPlace, @ForAll Place targetPlace,
      @ForAll long seed) {
    Random random = new Random(seed);
    GemmProblem problem = GemmProblem.of(sizes.m, sizes.k, sizes.n, operands.a, operands.w,
        operands.aKind, operands.wKind, accumulators, random);
    Gemm plan = problem.plan();
    FixedFormat output = problem.outputs().getFirst();
    int aStride = sizes.k + random.nextInt(3);
    int stride = sizes.n + random.nextInt(3);
    int words = sizes.m * aStride;
    MemorySegment a = aPlace.memory(operands.a, words, random);
    FixedTensor aWords = aPlace.range(operands.a, a, words);
    for (int i = 0; i < sizes.m * sizes.k; i++) {
      aWords.setRaw(i / sizes.k * aStride + i % sizes.k, problem.a().raw(i));
    }
    MemorySegment target = targetPlace.memory(output, sizes.m * stride, random);
    MemorySegment expected = MemorySegment.ofArray(Words.bytes(target));
    List<BigInteger> results = problem.referenceWords();
    FixedTensor must = targetPlace.range(output, expected, sizes.m * stride);
    for (int i = 0; i < sizes.m * sizes.n; i++) {
      must.setRaw(i / sizes.n * stride + i % sizes.n, results.get(i).longValue());
    }
    plan.run(sizes.m, new MatrixView(a, aPlace.index(), aStride),
        new MatrixView(target, targetPlace.index(), stride), Runnable::run,
        1 + random.nextInt(4));
    assertThat(Words.bytes(target)).as("%s\n%s", problem, plan).isEqualTo(Words.bytes(expected));
  }
}
