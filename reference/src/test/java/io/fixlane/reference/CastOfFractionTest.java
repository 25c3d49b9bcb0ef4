package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fraction that no number of bits holds is rounded once, by the definition on rationals. */
@Domain(Values.class)
class CastOfFractionTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # 1/3 = 0.0101 0101...b, 5/7 = 0.1011 0110 110...b
      1  | 3 | ap_fixed<6,2>             |  5
      -1 | 3 | ap_fixed<6,2>             | -6
      -1 | 3 | ap_fixed<6,2,AP_TRN_ZERO> | -5
      1  | 3 | ap_fixed<6,2,AP_RND>      |  5
      -1 | 3 | ap_fixed<6,2,AP_RND>      | -5
      1  | 3 | ap_fixed<5,2,AP_RND>      |  3
      5  | 7 | ap_fixed<6,2>             |  11
      -5 | 7 | ap_fixed<6,2>             | -12
      -5 | 7 | ap_fixed<6,2,AP_RND>      | -11
      5  | 7 | ap_fixed<5,2,AP_RND_CONV> |  6
      # A tie is a tie only where nothing lies below it: 1/2, then 1/2 -+ 1/1000001.
      1  | 2 | ap_fixed<4,4,AP_RND_CONV> |  0
      500000 | 1000001 | ap_fixed<4,4,AP_RND>         | 0
      500001 | 1000001 | ap_fixed<4,4,AP_RND_CONV>    | 1
      -500001 | 1000001 | ap_fixed<4,4,AP_RND_ZERO>   | -1
      -500000 | 1000001 | ap_fixed<4,4,AP_RND_MIN_INF> | 0
      # F < 0: steps of 16.
      24 | 1 | ap_fixed<4,8,AP_RND_CONV> | 2
      70 | 3 | ap_fixed<4,8,AP_RND_INF>  | 1
      100 | 3 | ap_fixed<4,8,AP_TRN>     | 2
      22 | 7 | ap_fixed<4,2,AP_RND,AP_SAT> | 7
      """)
  void handWorkedRows(BigInteger numerator, BigInteger denominator, FixedFormat target,
      long expected) {
    assertThat(ReferenceCast.ofFraction(numerator, denominator, target).result())
        .isEqualTo(Fixed.ofRaw(target, expected));
  }

  record Ratio(BigInteger numerator, BigInteger denominator) {}

  @Provide
  Arbitrary<Ratio> ratios() {
    BigInteger big = BigInteger.TEN.pow(30);
    return Combinators.combine(
        Arbitraries.bigIntegers().between(big.negate(), big),
        Arbitraries.oneOf(
            Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(100)),
            Arbitraries.bigIntegers().between(BigInteger.ONE, big)))
        .as(Ratio::new);
  }

  @Property
  void aFractionIsTheDefinitionOnRationals(@ForAll("ratios") Ratio ratio,
      @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT);
    BigInteger q = Rationals.quantize(new BigFraction(ratio.numerator, ratio.denominator), target);
    ReferenceCast cast = ReferenceCast.ofFraction(ratio.numerator, ratio.denominator, target);
    assertThat(cast.quantized()).isEqualTo(q);
    assertThat(cast.result().raw()).isEqualTo(Rationals.clamp(q, target));
  }

  @Property
  void aDyadicFractionIsCastAsItsWord(@ForAll Fixed x, @ForAll FixedFormat target) {
    // Three times over, so that the fraction is not in lowest terms either.
    BigFraction value = Rationals.value(x);
    BigInteger three = BigInteger.valueOf(3);
    ReferenceCast cast =
        ReferenceCast.ofFraction(
            value.getNumerator().multiply(three), value.getDenominator().multiply(three), target);
    assertThat(cast.result())
        .isEqualTo(ReferenceCast.of(x.raw(), x.format().fractionBits(), target).result());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # A step of 2^99 and more: what is left of 7/3 is a sign and a dropped bit.
      7  | ap_fixed<8,107>                   |  0
      -7 | ap_fixed<8,107>                   | -1
      -7 | ap_fixed<8,107,AP_RND>            |  0
      7  | ap_fixed<8,2147483647>            |  0
      -7 | ap_fixed<8,2147483647>            | -1
      -7 | ap_fixed<8,2147483647,AP_RND_INF> |  0
      -7 | ap_ufixed<1,2147483647>           |  1
      0  | ap_fixed<8,2147483647>            |  0
      """)
  void aStepFarAboveTheFractionCostsNoShiftByAsMuch(int numerator, FixedFormat target, long raw) {
    ReferenceCast cast =
        ReferenceCast.ofFraction(BigInteger.valueOf(numerator), BigInteger.valueOf(3), target);
    assertThat(cast.result().raw()).isEqualTo(raw);
  }

  @Property
  void aStepThatAnyFractionIsBelowIsAsGoodAsAnyOther(@ForAll("ratios") Ratio ratio,
      @ForAll QuantizationMode mode) {
    // |numerator / denominator| is at most 10^30 < 2^100.
    FixedFormat near = FixedFormat.signed(8, 110, mode, OverflowMode.AP_SAT);
    FixedFormat far = FixedFormat.signed(8, Integer.MAX_VALUE, mode, OverflowMode.AP_SAT);
    assertThat(ReferenceCast.ofFraction(ratio.numerator, ratio.denominator, far).result().raw())
        .isEqualTo(
            ReferenceCast.ofFraction(ratio.numerator, ratio.denominator, near).result().raw());
  }

  @Test
  void theMostFractionBitsWork() {
    // 2^1000000 / 3 = 0x55...55.5..., and floor(2^1000000 / 3) mod 256 is 0x55.
    FixedFormat target = FixedFormat.unsigned(8, 8 - ReferenceCast.MAX_FRACTION_BITS);
    assertThat(ReferenceCast.ofFraction(BigInteger.ONE, BigInteger.valueOf(3), target).result())
        .isEqualTo(Fixed.ofRaw(target, 0x55));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,-999993>     | 1000001
      ap_fixed<8,-2147483637> | 2147483645
      # Two bits more than these are no int.
      ap_fixed<8,-2147483638> | 2147483646
      ap_fixed<8,-2147483639> | 2147483647
      """)
  void moreFractionBitsAreRefused(FixedFormat target, int fractionBits) {
    assertThatThrownBy(
        () -> ReferenceCast.ofFraction(BigInteger.ONE, BigInteger.valueOf(3), target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target is %s with %d fraction bits: a fraction is cast into at most 1000000",
            target, fractionBits);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void aDenominatorMustBePositive(int denominator) {
    FixedFormat target = FixedFormat.signed(8, 4);
    assertThatThrownBy(
        () -> ReferenceCast.ofFraction(BigInteger.ONE, BigInteger.valueOf(denominator), target))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the denominator is %d: it must be positive", denominator);
  }
}
