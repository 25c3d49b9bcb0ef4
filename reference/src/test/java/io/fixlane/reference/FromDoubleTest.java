package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A double is decoded exactly; a cast of it rounds once. */
@Domain(Values.class)
@Domain(Doubles.class)
class FromDoubleTest {
  @Property
  void ofIsExact(@ForAll double value) {
    assertThat(Fixed.of(value).toBigDecimal()).isEqualByComparingTo(new BigDecimal(value));
  }

  @Property
  void ofTakesTheNarrowestSignedFormat(@ForAll double value) {
    Fixed x = Fixed.of(value);
    FixedFormat format = x.format();
    assertThat(format).isEqualTo(FixedFormat.signed(format.width(), format.integerBits()));
    if (value == 0) {
      assertThat(format.width()).isEqualTo(1);
    } else {
      assertThat(x.raw().testBit(0)).as("no bit below").isTrue();
      boolean narrower =
          format.width() > 1 && FixedFormat.signed(format.width() - 1, 0).contains(x.raw());
      assertThat(narrower).as("no bit above").isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0        | ap_fixed<1,1>       | 0
      -0.0     | ap_fixed<1,1>       | 0
      1        | ap_fixed<2,2>       | 1
      -1       | ap_fixed<1,1>       | -1
      0.34375  | ap_fixed<5,0>       | 11
      -96      | ap_fixed<3,8>       | -3
      4.9E-324 | ap_fixed<2,-1072>   | 1
      1.7976931348623157E308  | ap_fixed<54,1025>   | 9007199254740991
      -1.7976931348623157E308 | ap_fixed<54,1025>  | -9007199254740991
      """)
  void handWorkedDoubles(double value, FixedFormat format, long raw) {
    assertThat(Fixed.of(value)).isEqualTo(Fixed.ofRaw(format, raw));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void ofRefusesWhatIsNotFinite(double value) {
    assertThatThrownBy(() -> Fixed.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value is %s: only a finite double has an exact fixed-point value", value);
  }

  @Property
  void fromRoundsOnce(@ForAll double value, @ForAll FixedFormat target) {
    BigDecimal decimal = new BigDecimal(value);
    BigFraction exact =
        new BigFraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    BigInteger q = Rationals.quantize(exact, target);
    Fixed result = Fixed.from(target, value);
    assertThat(result.format()).isEqualTo(target);
    switch (target.overflow()) {
      case AP_SAT -> assertThat(result.raw()).isEqualTo(Rationals.clamp(q, target));
      case AP_WRAP -> {
        if (target.saturationBits() == 0 || !Rationals.overflows(q, target)) {
          assertThat(result.raw()).isEqualTo(target.wrap(q));
        }
      }
      default -> {
        if (!Rationals.overflows(q, target) && !q.equals(target.minRaw())) {
          assertThat(result.raw()).isEqualTo(q);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # format                        | Infinity | -Infinity
      ap_fixed<8,3,AP_RND,AP_SAT>       | 127 | -128
      ap_ufixed<8,3,AP_RND,AP_SAT>      | 255 | 0
      ap_fixed<8,3,AP_TRN,AP_SAT_SYM>   | 127 | -127
      ap_ufixed<8,3,AP_TRN,AP_SAT_SYM>  | 255 | 0
      ap_fixed<1,1,AP_TRN,AP_SAT_SYM>   | 0   | -1
      ap_fixed<8,3,AP_TRN,AP_SAT_ZERO>  | 0   | 0
      ap_ufixed<8,3,AP_TRN,AP_SAT_ZERO> | 0   | 0
      ap_fixed<8,2000000000,AP_TRN,AP_SAT>  | 127 | -128
      ap_fixed<8,-2000000000,AP_TRN,AP_SAT> | 127 | -128
      """)
  void anInfinitySaturates(FixedFormat target, long positive, long negative) {
    assertThat(Fixed.from(target, Double.POSITIVE_INFINITY))
        .isEqualTo(Fixed.ofRaw(target, positive));
    assertThat(Fixed.from(target, Double.NEGATIVE_INFINITY))
        .isEqualTo(Fixed.ofRaw(target, negative));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Infinity  | ap_fixed<8,3>
      -Infinity | ap_ufixed<8,3,AP_RND,AP_WRAP,2>
      Infinity  | ap_fixed<8,3,AP_TRN,AP_WRAP_SM>
      NaN       | ap_fixed<8,3>
      NaN       | ap_fixed<8,3,AP_TRN,AP_SAT>
      NaN       | ap_fixed<8,3,AP_TRN,AP_SAT_SYM>
      NaN       | ap_fixed<8,3,AP_TRN,AP_SAT_ZERO>
      """)
  void whatHasNoMeaningIsRefused(double value, FixedFormat target) {
    assertThatThrownBy(() -> Fixed.from(target, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value is %s: it has no meaning in %s", value, target);
  }
}
