package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigInteger;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** What bitwise operators, comparisons and conversions mean, whatever the formats. */
@Domain(Values.class)
class OperatorPropertiesTest {
  /** Bit by bit at every weight, each word extended by its sign and with zeros below. */
  @Property
  void aBitwiseOperatorWorksOnTheBitsOfEachWeight(@ForAll Fixed a, @ForAll Fixed b) {
    Fixed and = a.and(b);
    int low = Math.min(-a.format().fractionBits(), -b.format().fractionBits());
    int high = Math.max(a.format().integerBits(), b.format().integerBits());
    for (int weight = low; weight <= high; weight++) {
      boolean x = bit(a, weight);
      boolean y = bit(b, weight);
      assertThat(bit(and, weight)).isEqualTo(x && y);
      assertThat(bit(a.or(b), weight)).isEqualTo(x || y);
      assertThat(bit(a.xor(b), weight)).isEqualTo(x != y);
    }
  }

  private static boolean bit(Fixed x, int weight) {
    int place = weight + x.format().fractionBits();
    return place >= 0 && x.raw().testBit(place);
  }

  @Property
  void notTwiceIsTheWordItself(@ForAll Fixed x) {
    FixedFormat plain = x.format().signed()
        ? FixedFormat.signed(x.format().width(), x.format().integerBits())
        : FixedFormat.unsigned(x.format().width(), x.format().integerBits());
    assertThat(x.not().not()).isEqualTo(new Fixed(plain, x.raw()));
    assertThat(x.not().raw().add(x.raw()).add(BigInteger.ONE).mod(
        BigInteger.TWO.pow(x.format().width()))).isZero();
  }

  @Property
  void anIntegerIsTheValueTruncatedTowardZero(@ForAll Fixed x) {
    Assume.that(x.format().integerBits() > 0);
    BigFraction value = Rationals.value(x);
    BigInteger truncated = value.getNumerator().divide(value.getDenominator());
    assertThat(x.toInt()).isEqualTo(truncated.intValue());
    assertThat(x.toLong()).isEqualTo(truncated.longValue());
  }

  /** The header leaves a bit pattern open here. */
  @Property
  void aValueBelowAQuarterIsZero(@ForAll Fixed x) {
    Assume.that(x.format().integerBits() < 0);
    assertThat(x.toInt()).isZero();
    assertThat(x.toLong()).isZero();
  }

  @Test
  void anIntegerOfAFarBinaryPointHasNoLowBits() {
    assertThat(Fixed.ofRaw(FixedFormat.signed(8, Integer.MAX_VALUE), 3).toLong()).isZero();
    assertThat(Fixed.ofRaw(FixedFormat.signed(8, -2_147_000_000), 3).toLong()).isZero();
  }

  @Property
  void hlsComparesByValueWhereTheSignsAgree(@ForAll Fixed a, @ForAll Fixed b) {
    Assume.that(a.format().signed() == b.format().signed());
    Assume.that(b.format().overflow() != OverflowMode.AP_SAT_SYM);
    assertThat(Integer.signum(a.compareAsHls(b))).isEqualTo(a.compareTo(b));
    assertThat(a.equalsAsHls(b)).isEqualTo(a.compareTo(b) == 0);
  }

  @Property
  void hlsComparesByValueWhereNothingIsNegative(@ForAll Fixed a, @ForAll Fixed b) {
    Assume.that(a.raw().signum() >= 0 && b.raw().signum() >= 0);
    assertThat(Integer.signum(a.compareAsHls(b))).isEqualTo(a.compareTo(b));
    assertThat(a.equalsAsHls(b)).isEqualTo(a.compareTo(b) == 0);
  }

  @Test
  void aComparisonOfFarBinaryPointsIsRefused() {
    Fixed near = Fixed.ofRaw(FixedFormat.signed(8, 3), 1);
    Fixed far = Fixed.ofRaw(FixedFormat.signed(8, -2_147_000_000), 1);
    assertThatThrownBy(() -> near.compareAsHls(far)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 2147000012 bits: HLS has at most 4096");
    assertThat(near.compareTo(far)).isPositive();
  }
}
