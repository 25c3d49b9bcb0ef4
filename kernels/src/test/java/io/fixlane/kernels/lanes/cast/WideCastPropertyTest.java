package io.fixlane.kernels.lanes.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.lanes.Int128;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.reference.ReferenceCast.Overflow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Words of up to 128 bits are cast as the reference casts them, in every mode. */
@OneWidth
class WideCastPropertyTest {
  private static final int WORDS = 60;

  /** A source of up to 128 bits, and a destination of up to 64 at any distance from it. */
  record Formats128(FixedFormat source, FixedFormat target) {}

  @Provide
  Arbitrary<Formats128> formats() {
    Arbitrary<Integer> widths = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 128),
        Arbitraries.of(1, 63, 64, 65, 66, 126, 127, 128));
    Arbitrary<Integer> dropped = Arbitraries.oneOf(
        Arbitraries.integers().between(-70, 135),
        Arbitraries.of(-65, -64, -63, -1, 0, 1, 2, 62, 63, 64, 65, 126, 127, 128, 129, 130));
    return Combinators.combine(widths, Arbitraries.of(true, false), targets(), dropped)
        .as((width, signed, target, n) -> new Formats128(
            source(signed, width, width - target.fractionBits() - n), target));
  }

  private static Arbitrary<FixedFormat> targets() {
    Arbitrary<Integer> widths = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 64), Arbitraries.of(1, 2, 63, 64));
    return widths.flatMap(width -> Combinators.combine(
        Arbitraries.of(true, false), Arbitraries.integers().between(-5, width + 5),
        Arbitraries.of(QuantizationMode.class), Arbitraries.of(OverflowMode.class),
        Arbitraries.integers().between(0, width))
        .as((signed, integerBits, quantization, overflow, n) -> new FixedFormat(
            signed || !overflow.servesUnsigned(), width, integerBits, quantization,
            overflow, overflow.wraps() ? n : 0)));
  }

  private static FixedFormat source(boolean signed, int width, int integerBits) {
    return signed
        ? FixedFormat.signed(width, integerBits)
        : FixedFormat.unsigned(width, integerBits);
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void everyWordIsTheReferences(@ForAll("formats") Formats128 formats, @ForAll long seed) {
    Random random = new Random(seed);
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      words.add(Words.random(formats.source, random));
    }
    check(formats.source, formats.target, words);
  }

  /** Words at the ends of the source, at zero and at ties, in all modes at all distances. */
  @Example
  void edgesInEveryModeAtEveryDistance() {
    for (QuantizationMode quantization : QuantizationMode.values()) {
      for (OverflowMode overflow : OverflowMode.values()) {
        for (int n = 0; n <= (overflow.wraps() ? 3 : 0); n++) {
          for (int width : new int[] {1, 3, 64}) {
            FixedFormat target = new FixedFormat(
                true, width, 1, quantization, overflow, Math.min(n, width));
            for (int dropped = -2; dropped <= 131; dropped++) {
              checkEdges(128, true, dropped, target);
              checkEdges(127, true, dropped, target);
              checkEdges(128, false, dropped, target);
            }
          }
        }
      }
    }
  }

  private static void checkEdges(int width, boolean signed, int dropped, FixedFormat target) {
    FixedFormat source = source(signed, width, width - target.fractionBits() - dropped);
    BigInteger half = BigInteger.ONE.shiftLeft(Math.clamp(dropped - 1, 0, 125));
    List<BigInteger> words = new ArrayList<>();
    for (BigInteger edge : List.of(
        source.minRaw(), source.maxRaw(), BigInteger.ZERO, half, half.negate(),
        half.multiply(BigInteger.valueOf(3)), half.multiply(BigInteger.valueOf(-3)))) {
      for (int near = -1; near <= 1; near++) {
        BigInteger word = edge.add(BigInteger.valueOf(near));
        if (word.compareTo(source.minRaw()) >= 0 && word.compareTo(source.maxRaw()) <= 0) {
          words.add(word);
        }
      }
    }
    check(source, target, words);
  }

  private static void check(FixedFormat source, FixedFormat target, List<BigInteger> words) {
    WideCast cast = WideCast.of(source, target);
    for (BigInteger word : words) {
      Int128 v = Int128.of(word);
      ReferenceCast reference = ReferenceCast.of(word, source.fractionBits(), target);
      long result = cast.cast(v.high(), v.low());
      boolean same = result == reference.result().raw().longValue()
          && cast.above(v) == (reference.overflow() == Overflow.HIGH)
          && cast.below(v) == (reference.overflow() == Overflow.LOW)
          && cast.inexact(v) == (reference.halfBit() || reference.stickyBit());
      if (!same) {
        assertThat(result).as("raw %s of %s into %s", word, source, target)
            .isEqualTo(reference.result().raw().longValue());
        assertThat(same).as("what is counted of raw %s of %s into %s", word, source, target)
            .isTrue();
      }
    }
  }

  @Example
  void whatIsTooWideIsRefused() {
    FixedFormat s128 = FixedFormat.signed(128, 64);
    FixedFormat s64 = FixedFormat.signed(64, 32);
    FixedFormat s129 = FixedFormat.signed(129, 64);
    assertThatIllegalArgumentException().isThrownBy(() -> WideCast.of(s129, s64))
        .withMessage("source is ap_fixed<129,64>: it must have at most 128 bits");
    assertThatIllegalArgumentException().isThrownBy(() -> WideCast.of(s128, s128))
        .withMessage("target is ap_fixed<128,64>: it must have at most 64 bits");
  }
}
