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
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.IntFunction;
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
 * Operations on one operand, and scale-and-shift with constants for each channel, give the
 * reference's words.
 */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class ElementwiseUnaryPropertyTest {

  @Property(tries = 100)
  void negate(
      @ForAll FixedFormat a, @ForAll FixedFormat result, @ForAll Place from, @ForAll Place to,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    FixedTensor words = Words.fill(from.range(a, from.memory(a, count, new Random(seed)), count),
        new Random(seed));
    assertComputes(Elementwise.negate(a, result), words, to, result,
        i -> words.value(i).negate());
  }

  @Property(tries = 100)
  void relu(
      @ForAll FixedFormat a, @ForAll FixedFormat result, @ForAll Place to,
      @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    FixedTensor words = Words.tensor(a, new Random(seed), count);
    assertComputes(
        Elementwise.relu(a, result), words, to, result,
        i -> BinaryOperation.positive(words.value(i)));
  }

  @Property(tries = 150)
  void leakyRelu(
      @ForAll FixedFormat a, @ForAll @IntRange(max = 80) int slopeShift, @ForAll FixedFormat result,
      @ForAll Place to, @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    if (a.signed() && a.width() + slopeShift > 128) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Elementwise.leakyRelu(a, slopeShift, result));
      return;
    }
    FixedTensor words = Words.tensor(a, new Random(seed), count);
    FixedFormat below = FixedFormat.signed(a.width(), a.integerBits() - slopeShift);
    assertComputes(Elementwise.leakyRelu(a, slopeShift, result), words, to, result, i -> {
      Fixed word = words.value(i);
      return word.raw().signum() < 0 ? new Fixed(below, word.raw()) : word;
    });
  }

  @Property(tries = 200)
  void leakyReluOfAnySlope(
      @ForAll FixedFormat a, @ForAll("slopes") FixedFormat slopes, @ForAll FixedFormat result,
      @ForAll Place to, @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    Random random = new Random(seed);
    Fixed slope = new Fixed(slopes, Words.random(slopes, random));
    Elementwise plan;
    try {
      plan = Elementwise.leakyRelu(a, slope, result);
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal).hasMessageEndingWith("it must have at most 128 bits");
      assertThat(a.width() + slopes.width() + Math.abs((long) slopes.fractionBits()))
          .isGreaterThan(128);
      return;
    }
    FixedTensor words = Words.tensor(a, random, count);
    assertComputes(plan, words, to, result, i -> {
      Fixed word = words.value(i);
      return word.raw().signum() < 0 ? slope.times(word) : word;
    });
  }

  @Provide
  Arbitrary<FixedFormat> slopes() {
    return Arbitraries.of(3, 8, 16, 64).flatMap(widest -> Formats.formats(1, widest));
  }

  @Property(tries = 150)
  void shift(
      @ForAll FixedFormat a, @ForAll("shifts") int bits, @ForAll Place to,
      @ForAll @IntRange(max = 200) int count,
      @ForAll long seed) {
    FixedTensor words = Words.tensor(a, new Random(seed), count);
    FixedTensor results = to.range(a, to.memory(a, count, new Random(seed)), count);
    Elementwise plan = Elementwise.shiftLeft(a, bits);
    plan.run(words, results);
    Words.assertWords(plan, results, i -> words.value(i).shiftLeft(bits).raw());
    Elementwise right = Elementwise.shiftRight(a, bits);
    FixedTensor shiftedRight = FixedTensor.allocate(a, count);
    right.run(words, shiftedRight);
    Words.assertWords(right, shiftedRight, i -> words.value(i).shiftRight(bits).raw());
    // In place.
    plan.run(words, words);
    assertThat(words.contentEquals(results)).isTrue();
  }

  @Provide
  Arbitrary<Integer> shifts() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-70, 70), Arbitraries.integers().between(-9, 9),
        Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Formats of an operand, a factor and a term. */
  record Line(FixedFormat x, FixedFormat scale, FixedFormat bias) {}

  @Provide
  Arbitrary<Line> lines() {
    return Arbitraries.of(8, 16, 30, 64).flatMap(widest -> Combinators.combine(
        Formats.formats(1, widest), Formats.formats(1, widest), Formats.formats(1, widest),
        Arbitraries.integers().between(-8, 8))
        .as((x, scale, bias, apart) -> new Line(x, scale, new FixedFormat(
            bias.signed(), bias.width(), bias.width() - x.times(scale).fractionBits() + apart,
            bias.quantization(),
            bias.overflow(), bias.saturationBits()))));
  }

  /** Few channels, whose constants are repeated into stretches, and more than a stretch holds. */
  @Property(tries = 150)
  void scaleAndShift(
      @ForAll("lines") Line line, @ForAll FixedFormat result, @ForAll("channels") int channels,
      @ForAll boolean channelsLast, @ForAll Place to,
      @ForAll @IntRange(min = 1, max = 80) int others,
      @ForAll long seed) {
    FixedFormat sum = line.x.times(line.scale).plus(line.bias);
    int[] constants = channelsLast ? new int[] {channels} : new int[] {channels, 1};
    Random random = new Random(seed);
    FixedTensor scale = Words.tensor(line.scale, random, constants);
    FixedTensor bias = Words.tensor(line.bias, random, constants);
    if (sum.width() > 128) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Elementwise.scaleAndShift(line.x, scale, bias, result))
          .withMessageEndingWith("is %s: it must have at most 128 bits", sum);
      return;
    }
    Elementwise plan = Elementwise.scaleAndShift(line.x, scale, bias, result);
    FixedTensor factors = copy(scale);
    FixedTensor terms = copy(bias);
    // The plan keeps constants of its own.
    Words.fill(scale, random);
    Words.fill(bias, random);
    int batch = 2;
    FixedTensor x = channelsLast
        ? Words.tensor(line.x, random, batch, others, channels)
        : Words.tensor(line.x, random, batch, channels, others);
    assertComputes(plan, x, to, result, i -> {
      int channel = channelsLast ? i % channels : i / others % channels;
      return x.value(i).times(factors.value(channel)).plus(terms.value(channel));
    });
  }

  @Provide
  Arbitrary<Integer> channels() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(9, Arbitraries.integers().between(1, 20)),
        net.jqwik.api.Tuple.of(1, Arbitraries.of(64, 100, 1023, 1024, 1025, 1100)));
  }

  private static FixedTensor copy(FixedTensor tensor) {
    FixedTensor copy = FixedTensor.allocate(tensor.format(), tensor.shape());
    copy.segment().copyFrom(tensor.segment());
    return copy;
  }

  private static void assertComputes(
      Elementwise plan, FixedTensor a, Place to, FixedFormat result, IntFunction<Fixed> exact) {
    int size = (int) a.size();
    Counts counts = new Counts();
    BigInteger[] expected = new BigInteger[size];
    for (int i = 0; i < size; i++) {
      expected[i] = counts.cast(exact.apply(i), result);
    }
    FixedTensor words = to.range(result, to.memory(result, size, new Random(size)), size);
    plan.run(a, words);
    Words.assertWords(plan, words, i -> expected[i]);

    FixedTensor counted = FixedTensor.allocate(result, size);
    CastStatistics statistics = plan.newStatistics();
    plan.run(a, counted, statistics);
    Words.assertWords(plan, counted, i -> expected[i]);
    counts.assertCounted(plan, statistics);
  }
}
