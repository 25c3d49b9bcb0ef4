package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shift moves the raw word within its W bits: it neither rounds nor saturates. */
@Domain(DomainContext.Global.class)
@Domain(Values.class)
class ShiftTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # format                      | raw | bits | << | >>
      ap_fixed<4,2,AP_RND,AP_SAT>   |  5  | 0    | 5  | 5
      ap_fixed<4,2,AP_RND,AP_SAT>   |  5  | 1    | -6 | 2
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | 1    | 6  | -3
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | 3    | -8 | -1
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | 4    | 0  | -1
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | 100  | 0  | -1
      ap_fixed<4,2,AP_RND,AP_SAT>   | 5   | 2147483647 | 0 | 0
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | -1   | -3 | 6
      ap_fixed<4,2,AP_RND,AP_SAT>   | -5  | -2147483648 | -1 | 0
      ap_ufixed<4,2,AP_RND,AP_SAT>  | 13  | 1    | 10 | 6
      ap_ufixed<4,2,AP_RND,AP_SAT>  | 13  | 4    | 0  | 0
      ap_ufixed<4,2,AP_RND,AP_SAT>  | 13  | -2   | 3  | 4
      """)
  void handWorkedRows(FixedFormat format, long raw, int bits, long left, long right) {
    Fixed x = Fixed.ofRaw(format, raw);
    assertThat(x.shiftLeft(bits)).isEqualTo(Fixed.ofRaw(format, left));
    assertThat(x.shiftRight(bits)).isEqualTo(Fixed.ofRaw(format, right));
  }

  @Property
  void leftIsMultiplicationModuloTheWord(@ForAll Fixed x, @ForAll @IntRange(max = 300) int bits) {
    Fixed shifted = x.shiftLeft(bits);
    BigInteger product = x.raw().multiply(BigInteger.TWO.pow(bits));
    assertThat(shifted.format()).isEqualTo(x.format());
    assertThat(shifted.raw().subtract(product).mod(BigInteger.TWO.pow(x.format().width())))
        .isEqualTo(BigInteger.ZERO);
    assertThat(x.shiftRight(-bits)).isEqualTo(shifted);
  }

  @Property
  void rightIsTheFloorOfTheQuotient(@ForAll Fixed x, @ForAll @IntRange(max = 300) int bits) {
    Fixed shifted = x.shiftRight(bits);
    assertThat(shifted.format()).isEqualTo(x.format());
    assertThat(shifted.raw())
        .isEqualTo(Rationals.floor(new BigFraction(x.raw(), BigInteger.TWO.pow(bits))));
    assertThat(x.shiftLeft(-bits)).isEqualTo(shifted);
  }
}
