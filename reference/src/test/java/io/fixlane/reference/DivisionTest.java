package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quotient is truncated toward zero; only the most negative dividend over raw -1 may wrap. */
@Domain(Values.class)
class DivisionTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      7  | ap_fixed<4,4>  | 2  | ap_fixed<4,4>  | 3
      -7 | ap_fixed<4,4>  | 2  | ap_fixed<4,4>  | -3
      7  | ap_fixed<4,4>  | -2 | ap_fixed<4,4>  | -3
      -7 | ap_fixed<4,4>  | -2 | ap_fixed<4,4>  | 3
      # 7/8 over 1.25 is 0.7: 5.6 eighths.
      7  | ap_fixed<4,1>  | 5  | ap_fixed<4,2>  | 5
      # 7 over 5 x 4 is 0.35: 1.4 quarters.
      7  | ap_fixed<4,4>  | 5  | ap_fixed<4,6>  | 1
      15 | ap_ufixed<4,4> | -1 | ap_fixed<4,4>  | -15
      -8 | ap_fixed<4,4>  | 1  | ap_ufixed<4,4> | -8
      15 | ap_ufixed<4,4> | 4  | ap_ufixed<4,4> | 3
      """)
  void handWorkedQuotients(long raw1, FixedFormat x, long raw2, FixedFormat y, long expected) {
    assertThat(Fixed.ofRaw(x, raw1).dividedBy(Fixed.ofRaw(y, raw2)))
        .isEqualTo(Fixed.ofRaw(x.dividedBy(y), expected));
  }

  @Property
  void aQuotientIsTruncatedTowardZero(@ForAll Fixed x, @ForAll Fixed y) {
    Assume.that(y.raw().signum() != 0);
    Assume.that(!(x.raw().equals(x.format().minRaw()) && y.raw().equals(BigInteger.ONE.negate())));
    Fixed quotient = x.dividedBy(y);
    BigFraction exact =
        Rationals.inUnitsOf(quotient.format(), Rationals.value(x).divide(Rationals.value(y)));
    assertThat(quotient.raw()).isEqualTo(Rationals.quantize(exact, QuantizationMode.AP_TRN_ZERO));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # The quotient is formed in max(W1 + max(F2,0), W2) bits: in W1 + max(F2,0) it has no room.
      ap_fixed<4,4> | ap_fixed<4,4> | -8  | of -8 / -1 in 4 bits
      ap_fixed<4,4> | ap_fixed<5,5> |  8  | of -8 / -1 in 5 bits
      ap_fixed<4,4> | ap_fixed<8,8> |  8  | of -8 / -1 in 8 bits
      ap_fixed<4,4> | ap_fixed<4,2> | -32 | of -32 / -1 in 6 bits
      ap_fixed<4,4> | ap_fixed<6,4> | -32 | of -32 / -1 in 6 bits
      ap_fixed<4,4> | ap_fixed<7,5> |  32 | of -32 / -1 in 7 bits
      ap_fixed<4,4> | ap_fixed<4,6> | -8  | of -8 / -1 in 4 bits, F2 being negative
      ap_fixed<4,4> | ap_fixed<5,9> |  8  | of -8 / -1 in 5 bits, F2 being negative
      ap_fixed<1,1> | ap_fixed<1,1> | -1  | of -1 / -1 in 1 bit
      ap_fixed<1,1> | ap_fixed<2,2> |  1  | of -1 / -1 in 2 bits
      """)
  void theMostNegativeDividendOverRawMinusOneWrapsWhereItHasNoRoom(FixedFormat x, FixedFormat y,
      long expected) {
    Fixed lowest = new Fixed(x, x.minRaw());
    assertThat(lowest.dividedBy(Fixed.ofRaw(y, -1)))
        .isEqualTo(Fixed.ofRaw(x.dividedBy(y), expected));
  }

  @Test
  void divisionByZeroIsAnError() {
    Fixed x = Fixed.ofRaw(FixedFormat.signed(8, 3), 11);
    assertThatThrownBy(() -> x.dividedBy(Fixed.ofRaw(FixedFormat.signed(4, 4), 0)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("division of 0.34375 (ap_fixed<8,3> raw 11, 000.01011) by zero");
  }

  @Test
  void aQuotientThatIsTooWideIsRefused() {
    Fixed x = Fixed.ofRaw(FixedFormat.signed(4096, 0), 1);
    assertThatThrownBy(() -> x.dividedBy(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs W 8193");
  }
}
