package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.MemoryKind;
import io.fixlane.kernels.fixture.Numbers;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Casts from and to float and double give the reference's words and numbers, bit for bit. */
@Domain(Formats.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class CastNumbersPropertyTest {

  @Property(tries = 600)
  void numbersBecomeTheReferencesWords(
      @ForAll FixedFormat target, @ForAll boolean isFloat, @ForAll MemoryKind kind,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    assertFromNumbers(target, isFloat, kind, offset, count, seed);
  }

  @Property(tries = 300)
  void alsoInTheNarrowSaturatingFormatsThatAreCastAsFloats(
      @ForAll("fast") FixedFormat target, @ForAll MemoryKind kind,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    assertFromNumbers(target, true, kind, offset, count, seed);
  }

  @Property(tries = 100)
  void alsoInFormatsWithFarBinaryPoints(
      @ForAll("far") FixedFormat target, @ForAll boolean isFloat,
      @ForAll @IntRange(max = 50) int count,
      @ForAll long seed) {
    assertFromNumbers(target, isFloat, MemoryKind.BYTES, 0, count, seed);
  }

  @Provide
  Arbitrary<FixedFormat> fast() {
    return Arbitraries.integers().between(1, 21)
        .flatMap(w -> Formats.formats(w, Arbitraries.integers().between(w - 101, w + 1)))
        .map(f -> f.withModes(
            f.quantization(), f.width() % 2 == 0 ? OverflowMode.AP_SAT : OverflowMode.AP_SAT_SYM));
  }

  @Provide
  Arbitrary<FixedFormat> far() {
    return Arbitraries.integers().between(1, 64)
        .flatMap(w -> Formats.formats(w, Arbitraries.oneOf(
            Arbitraries.integers().between(-1300, 1300), Arbitraries.integers().between(-160, -100),
            Arbitraries.integers().between(100, 150),
            Arbitraries.of(-1_000_000_000, 1_000_000_000),
            Arbitraries.integers().between(w - Integer.MAX_VALUE, w + 9 - Integer.MAX_VALUE),
            Arbitraries.integers().between(Integer.MAX_VALUE - 9, Integer.MAX_VALUE))));
  }

  private static void assertFromNumbers(
      FixedFormat target, boolean isFloat, MemoryKind kind, int offset, int count, long seed) {
    Random random = new Random(seed);
    MemorySegment numbers = kind.allocate((long) count * Numbers.bytes(isFloat), offset);
    for (int i = 0; i < count; i++) {
      Numbers.set(numbers, isFloat, i, Numbers.random(target, isFloat, random));
    }
    Cast cast = Numbers.cast(isFloat, target);
    FixedTensor words = FixedTensor.allocate(target, count);
    cast.run(numbers.asReadOnly(), 0, words.segment(), 0, count);
    Words.assertWords(
        cast, words, i -> Fixed.from(target, Numbers.get(numbers, isFloat, i)).raw());
  }

  @Property(tries = 400)
  void wordsBecomeTheReferencesNumbers(
      @ForAll FixedFormat source, @ForAll boolean isFloat, @ForAll MemoryKind kind,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
    assertToNumbers(source, isFloat, kind, offset, count, seed);
  }

  /** Also subnormal numbers and such as overflow to infinity. */
  @Property(tries = 400)
  void alsoAtTheEndsOfTheRange(
      @ForAll("farFormats") FixedFormat source, @ForAll boolean isFloat,
      @ForAll @IntRange(max = 50) int count,
      @ForAll long seed) {
    assertToNumbers(source, isFloat, MemoryKind.BYTES, 0, count, seed);
  }

  @Provide
  Arbitrary<FixedFormat> farFormats() {
    return Arbitraries.integers().between(1, 64).flatMap(w -> Arbitraries
        .oneOf(
            Arbitraries.integers().between(-155, -80), Arbitraries.integers().between(120, 135),
            Arbitraries.integers().between(-1085, -1005),
            Arbitraries.integers().between(1020, 1035),
            Arbitraries.integers().between(-1000, 1000),
            Arbitraries.of(-2_000_000_000, -3000, 3000, 2_000_000_000))
        .map(i -> new FixedFormat(
            i % 2 == 0, w, i, QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 0)));
  }

  private static void assertToNumbers(
      FixedFormat source, boolean isFloat, MemoryKind kind, int offset, int count, long seed) {
    Random random = new Random(seed);
    FixedTensor words = Words.tensor(source, random, count);
    MemorySegment numbers = kind.allocate((long) count * Numbers.bytes(isFloat), offset);
    Cast cast = isFloat ? Cast.toFloat(source) : Cast.toDouble(source);
    cast.run(words.segment(), 0, numbers, 0, count);
    for (int i = 0; i < count; i++) {
      double number = Numbers.get(numbers, isFloat, i);
      Fixed word = words.value(i);
      double expected = isFloat ? word.toFloat() : word.toDouble();
      // Bits, not values: there is no -0.0.
      if (Double.doubleToLongBits(number) != Double.doubleToLongBits(expected)) {
        assertThat(number).as("%s: word %d of %d, %s", cast, i, count, word).isEqualTo(expected);
      }
    }
  }
}
