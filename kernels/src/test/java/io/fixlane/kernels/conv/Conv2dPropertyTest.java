package io.fixlane.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.ConvProblem;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.Convolutions;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Convolutions of any shape, formats and accumulators have the reference's bits, on any number of
 * threads.
 */
@Domain(Convolutions.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class Conv2dPropertyTest {
  private static ForkJoinPool pool;

  @BeforeContainer
  static void start() {
    pool = new ForkJoinPool(3);
  }

  @AfterContainer
  static void stop() {
    pool.shutdownNow();
  }

  /** What images and weights are. */
  record Operands(FixedFormat x, FixedFormat w, WordKind xKind, WordKind wKind) {}

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
    return operands(Formats.formats(1, 64)).filter(o -> o.x.width() + o.w.width() <= 100);
  }

  /** Few different weights, and small activations: what tables of combinations serve. */
  @Provide
  Arbitrary<Operands> tabulated() {
    return Combinators.combine(Formats.formats(1, 8), Formats.formats(1, 4),
        Arbitraries.of(WordKind.class),
        Arbitraries.of(WordKind.TERNARY, WordKind.TWO, WordKind.SMALLEST, WordKind.EXTREMES))
        .as(Operands::new);
  }

  private static Arbitrary<Operands> operands(Arbitrary<FixedFormat> formats) {
    Arbitrary<WordKind> kinds =
        Arbitraries.oneOf(Arbitraries.just(WordKind.ANY), Arbitraries.of(WordKind.class));
    return Combinators.combine(formats, formats, kinds, kinds).as(Operands::new);
  }

  private static ConvProblem problem(Convolution conv, int images, Operands operands,
      Accumulators accumulators, Random random) {
    return ConvProblem.of(conv, images, operands.x, operands.w, operands.xKind, operands.wKind,
        accumulators, random);
  }

  private static void check(ConvProblem problem, int parts) {
    Conv2d plan = problem.plan();
    FixedTensor target = problem.target();
    plan.run(problem.x(), target, pool, parts);
    List<BigInteger> expected = problem.referenceWords();
    Words.assertWords(problem + "\n" + plan, target, expected::get);
  }

  @Property(tries = 150)
  void wordsOfAtMost9Bits(@ForAll Convolution conv, @ForAll("narrow") Operands operands,
      @ForAll Accumulators accumulators, @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    check(problem(conv, images, operands, accumulators, new Random(seed)), parts);
  }

  @Property(tries = 150)
  void wordsOfAtMost32Bits(@ForAll Convolution conv, @ForAll("wide") Operands operands,
      @ForAll Accumulators accumulators, @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    check(problem(conv, images, operands, accumulators, new Random(seed)), parts);
  }

  @Property(tries = 60)
  void wordsOfAtMost64Bits(@ForAll Convolution conv, @ForAll("widest") Operands operands,
      @ForAll Accumulators accumulators, @ForAll @IntRange(min = 1, max = 8) int parts,
      @ForAll long seed) {
    check(problem(conv, 1, operands, accumulators, new Random(seed)), parts);
  }

  @Property(tries = 150)
  void fewDifferentWeights(@ForAll Convolution conv, @ForAll("tabulated") Operands operands,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    check(problem(conv, 1, operands, Accumulators.EXACT, new Random(seed)), parts);
  }

  /** Images and results in memory of any kind, at any byte; what lies around stays as it is. */
  @Property(tries = 60)
  void imagesInMemory(@ForAll Convolution conv, @ForAll("narrow") Operands operands,
      @ForAll Accumulators accumulators, @ForAll Place xPlace, @ForAll Place targetPlace,
      @ForAll @IntRange(min = 1, max = 8) int parts, @ForAll long seed) {
    Random random = new Random(seed);
    ConvProblem problem = problem(conv, 2, operands, accumulators, random);
    int words = Math.toIntExact(problem.x().size());
    FixedTensor x =
        xPlace.range(operands.x, xPlace.memory(operands.x, words, random), words);
    x.segment().copyFrom(problem.x().segment().asSlice(0, x.segment().byteSize()));
    FixedFormat output = problem.layer().outputs().getFirst();
    MemorySegment memory = targetPlace.memory(output, problem.results(), random);
    MemorySegment expected = MemorySegment.ofArray(Words.bytes(memory));
    FixedTensor must = targetPlace.range(output, expected, problem.results());
    List<BigInteger> results = problem.referenceWords();
    for (int i = 0; i < results.size(); i++) {
      must.setRaw(i, results.get(i).longValue());
    }
    Conv2d plan = problem.plan();
    plan.run(x, targetPlace.range(output, memory, problem.results()), pool, parts);
    assertThat(Words.bytes(memory)).as("%s\n%s", problem, plan).isEqualTo(Words.bytes(expected));
  }
}
