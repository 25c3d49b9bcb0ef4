package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A decimal is read as what it is, and rounded once. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class DecimalTest {
  /** The words that the header gives for the text "0.1" and for the double 0.1. */
  @Test
  void oneTenthIsNotTheDoubleNextToIt() {
    FixedFormat wide = FixedFormat.signed(64, 1);
    assertThat(Fixed.from(wide, "0.1").raw()).isEqualTo(922337203685477580L);
    assertThat(Fixed.from(wide, new BigDecimal("0.1")).raw()).isEqualTo(922337203685477580L);
    assertThat(Fixed.from(wide, 0.1).raw()).isEqualTo(922337203685477632L);
  }

  @Property
  void aDecimalIsRoundedOnce(
      @ForAll @BigRange(min = "-300", max = "300") @Scale(6) BigDecimal value,
      @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT);
    BigFraction exact = new BigFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    BigInteger q = Rationals.quantize(exact, target);
    assertThat(Fixed.from(target, value).raw()).isEqualTo(Rationals.clamp(q, target));
    assertThat(Fixed.from(target, value.toString())).isEqualTo(Fixed.from(target, value));
  }

  @Property
  void aValueAsADecimalIsItself(@ForAll Fixed x) {
    Fixed exact = Fixed.of(x.toBigDecimal());
    assertThat(exact).isEqualByComparingTo(x);
    assertThat(exact.format()).isEqualTo(
        FixedFormat.signed(exact.format().width(), exact.format().integerBits()));
    assertThat(Fixed.from(x.format(), x.toBigDecimal()).raw())
        .isEqualTo(x.raw().max(x.format().minKeptRaw()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0.34375  | ap_fixed<5,0>   | 11
      -96      | ap_fixed<3,8>   | -3
      1e3      | ap_fixed<8,11>  | 125
      -.5      | ap_fixed<1,0>   | -1
      0.00     | ap_fixed<1,1>   | 0
      0e-99999 | ap_fixed<1,1>   | 0
      """)
  void aBinaryFractionIsHeldExactly(String text, FixedFormat format, long raw) {
    assertThat(Fixed.of(text)).isEqualTo(Fixed.ofRaw(format, raw));
    assertThat(Fixed.of(new BigDecimal(text))).isEqualTo(Fixed.ofRaw(format, raw));
  }

  @Test
  void aBinaryFractionReachesFarBinaryPoints() {
    FixedFormat far = FixedFormat.parse("ap_fixed<8,2000000000,AP_TRN,AP_SAT>");
    assertThat(Fixed.from(far, "-0.5").raw()).isEqualTo(-1);
    FixedFormat fine = FixedFormat.parse("ap_fixed<8,-2000000000,AP_TRN,AP_SAT>");
    assertThat(Fixed.from(fine, "0.5").raw()).isEqualTo(127);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0.1          | value is 0.1: it has no end in binary, and needs a format to be rounded to
      1e10001      | value is 1E+10001 with the scale -10001: it must lie in -10000..10000
      1e-999999999 | value is 1E-999999999 with the scale 999999999: it must lie in -10000..10000
      one          | text is 'one': expected a decimal, such as -0.34375 or 1e-3
      0x10         | text is '0x10': expected a decimal, such as -0.34375 or 1e-3
      1e99999999999 | text is '1e99999999999': expected a decimal, such as -0.34375 or 1e-3
      """)
  void whatNoBitsHoldIsRefused(String text, String message) {
    assertThatThrownBy(() -> Fixed.of(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e10001", "-1e-10001", "ten"})
  void aCastRefusesTheSame(String text) {
    assertThatThrownBy(() -> Fixed.from(FixedFormat.signed(8, 3), text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRawWordOfAnySize() {
    FixedFormat wide = FixedFormat.unsigned(200, 3);
    BigInteger raw = BigInteger.TWO.pow(199).add(BigInteger.ONE);
    assertThat(Fixed.ofRaw(wide, raw)).isEqualTo(new Fixed(wide, raw));
    assertThatThrownBy(() -> Fixed.ofRaw(wide, raw.shiftLeft(1)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is out of range");
  }
}
