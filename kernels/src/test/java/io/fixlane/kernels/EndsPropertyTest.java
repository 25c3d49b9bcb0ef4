package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.BinaryOperation;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Words;
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

/**
 * At the ends of W, I and N, and wherever binary points lie: casts give the reference's words;
 * operations do, or are refused.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class EndsPropertyTest {
  private static final int WORDS = 40;

  @Provide
  Arbitrary<FixedFormat> ends() {
    Arbitrary<Integer> widths = Arbitraries.of(1, 2, 3, 8, 16, 31, 32, 33, 62, 63, 64);
    return widths.flatMap(w -> Combinators.combine(
        Arbitraries.of(true, false), integerBits(w), Arbitraries.of(QuantizationMode.class),
        Arbitraries.of(OverflowMode.class),
        Arbitraries.oneOf(Arbitraries.of(0, 1, w - 1, w), Arbitraries.integers().between(0, w)))
        .as((signed, i, q, o, n) -> new FixedFormat(
            signed || !o.servesUnsigned(), w, i, q, o, o.wraps() ? n : 0)));
  }

  /** Returns any I, those near the ends, near powers of two, and near W. */
  private static Arbitrary<Integer> integerBits(int width) {
    int lowest = width - Integer.MAX_VALUE;
    Arbitrary<Integer> near = Arbitraries.integers().between(-70, 70);
    return Arbitraries.oneOf(
        near.map(n -> Math.max(lowest, lowest + Math.max(n, 0))),
        near.map(n -> Integer.MAX_VALUE - Math.max(n, 0)),
        near.map(n -> width + n),
        Combinators.combine(Arbitraries.integers().between(7, 30), Arbitraries.of(-1, 1), near)
            .as((bits, sign, n) -> sign * (1 << bits) + n));
  }

  @Property(tries = 400)
  void casts(@ForAll("ends") FixedFormat source, @ForAll("ends") FixedFormat target,
      @ForAll long seed) {
    FixedTensor words = Words.tensor(source, new Random(seed), WORDS);
    FixedTensor results = FixedTensor.allocate(target, WORDS);
    Cast cast = Cast.of(source, target);
    cast.run(words, results);
    Words.assertWords(cast, results, i -> words.value(i).cast(target).raw());
  }

  @Property(tries = 400)
  void operations(@ForAll BinaryOperation operation, @ForAll("ends") FixedFormat a,
      @ForAll("ends") FixedFormat any, @ForAll boolean near, @ForAll("ends") FixedFormat result,
      @ForAll long seed) {
    Random random = new Random(seed);
    FixedFormat b = near ? a : any;
    FixedTensor x = Words.tensor(a, random, WORDS);
    FixedTensor y = Words.tensor(b, random, WORDS);
    IntStream.range(0, WORDS).filter(i -> y.raw(i) == 0)
        .forEach(i -> y.setRaw(i, b.signed() ? -1 : 1));
    FixedTensor results = FixedTensor.allocate(result, WORDS);
    Elementwise plan;
    try {
      plan = operation.plan(a, b, result);
    } catch (IllegalArgumentException e) {
      return;
    }
    plan.run(x, y, results);
    BigInteger[] expected = IntStream.range(0, WORDS)
        .mapToObj(i -> operation.exact(x.value(i), y.value(i)).cast(result).raw())
        .toArray(BigInteger[]::new);
    Words.assertWords(plan, results, i -> expected[i]);
  }
}
