package io.fixlane.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.arbitrary.Formats;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContextBase;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a format and the values they stand for. */
@Domain(FixedFormatRangeTest.FormatsAndIntegers.class)
class FixedFormatRangeTest {
  static final class FormatsAndIntegers extends DomainContextBase {
    @Provide
    Arbitrary<FixedFormat> formats() {
      return Formats.formats();
    }

    @Provide
    Arbitrary<BigInteger> integers() {
      return Arbitraries.oneOf(
          Arbitraries.bigIntegers().between(BigInteger.valueOf(-300), BigInteger.valueOf(300)),
          Arbitraries.bigIntegers().between(power(210).negate(), power(210)));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          ap_fixed<8,3>    | -128 | 127 | -4      | 3.96875    | 0.03125
          ap_ufixed<8,3>   | 0    | 255 | 0       | 7.96875    | 0.03125
          ap_fixed<1,1>    | -1   | 0   | -1      | 0          | 1
          ap_ufixed<1,1>   | 0    | 1   | 0       | 1          | 1
          ap_fixed<4,0>    | -8   | 7   | -0.5    | 0.4375     | 0.0625
          ap_fixed<4,-2>   | -8   | 7   | -0.125  | 0.109375   | 0.015625
          ap_ufixed<4,6>   | 0    | 15  | 0       | 60         | 4
          ap_fixed<4,6>    | -8   | 7   | -32     | 28         | 4
          ap_fixed<64,64>  | -9223372036854775808 | 9223372036854775807 \
          | -9223372036854775808 | 9223372036854775807 | 1
          ap_ufixed<64,64> | 0    | 18446744073709551615 | 0 | 18446744073709551615 | 1
          """)
  void rangeAndStepOfHandWorkedFormats(
      FixedFormat format, BigInteger minRaw, BigInteger maxRaw, BigDecimal min, BigDecimal max,
      BigDecimal step) {
    assertThat(format.minRaw()).isEqualTo(minRaw);
    assertThat(format.maxRaw()).isEqualTo(maxRaw);
    assertThat(format.minValue()).isEqualByComparingTo(min);
    assertThat(format.maxValue()).isEqualByComparingTo(max);
    assertThat(format.step()).isEqualByComparingTo(step);
  }

  /** Clamps in ap_fixed, computed with the header of AMD: -5 and -1 into one bit give -1. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3>                     | -128
      ap_fixed<8,3,AP_TRN,AP_SAT>       | -128
      ap_fixed<8,3,AP_TRN,AP_SAT_ZERO>  | -128
      ap_fixed<8,3,AP_TRN,AP_SAT_SYM>   | -127
      ap_fixed<8,3,AP_TRN,AP_SAT_SYM,2> | -127
      ap_fixed<2,2,AP_TRN,AP_SAT_SYM>   | -1
      ap_fixed<1,1,AP_TRN,AP_SAT_SYM>   | -1
      ap_ufixed<8,3,AP_TRN,AP_SAT_SYM>  | 0
      """)
  void onlySymmetricSaturationNarrowsTheWordsThatAreKept(FixedFormat format, BigInteger smallest) {
    assertThat(format.minKeptRaw()).isEqualTo(smallest);
  }

  @Property
  void aValueIsItsRawWordTimesTheStep(@ForAll FixedFormat format, @ForAll BigInteger raw) {
    int f = format.width() - format.integerBits();
    BigFraction expected =
        new BigFraction(raw.multiply(power(Math.max(-f, 0))), power(Math.max(f, 0)));
    BigDecimal value = format.value(raw);
    assertThat(new BigFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale())))
        .isEqualTo(expected);
  }

  @Property
  void aFormatContainsTheIntegersOfItsRange(@ForAll FixedFormat format, @ForAll BigInteger raw) {
    boolean inRange = raw.compareTo(format.minRaw()) >= 0 && raw.compareTo(format.maxRaw()) <= 0;
    assertThat(format.contains(raw)).isEqualTo(inRange);
  }

  @Property
  void theEndsAreContainedAndTheirOuterNeighboursAreNot(@ForAll FixedFormat format) {
    assertThat(format.contains(format.minRaw())).isTrue();
    assertThat(format.contains(format.maxRaw())).isTrue();
    assertThat(format.contains(format.minRaw().subtract(BigInteger.ONE))).isFalse();
    assertThat(format.contains(format.maxRaw().add(BigInteger.ONE))).isFalse();
    assertThat(format.maxRaw().subtract(format.minRaw()).add(BigInteger.ONE))
        .isEqualTo(power(format.width()));
  }

  @Property
  void wrapGivesTheCongruentWordOfTheRange(@ForAll FixedFormat format, @ForAll BigInteger bits) {
    BigInteger word = format.wrap(bits);
    assertThat(word).isBetween(format.minRaw(), format.maxRaw());
    assertThat(word.subtract(bits).mod(power(format.width()))).isEqualTo(BigInteger.ZERO);
  }

  @Test
  void theWidestFormatWorks() {
    FixedFormat widest = FixedFormat.signed(4096, 4096);
    assertThat(widest.maxRaw()).isEqualTo(power(4095).subtract(BigInteger.ONE));
    assertThat(widest.wrap(power(4095))).isEqualTo(widest.minRaw()).isEqualTo(power(4095).negate());
    assertThat(FixedFormat.unsigned(4096, 0).maxValue()).isLessThan(BigDecimal.ONE)
        .isGreaterThan(new BigDecimal("0.9"));
  }

  private static BigInteger power(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }
}
