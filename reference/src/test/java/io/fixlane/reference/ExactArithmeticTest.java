package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Sums, differences, products and negations are exact, with I below 0 and above W too. */
@Domain(Values.class)
class ExactArithmeticTest {
  @Property
  void aSumIsExact(@ForAll Fixed x, @ForAll Fixed y) {
    Fixed sum = x.plus(y);
    assertThat(Rationals.value(sum)).isEqualTo(Rationals.value(x).add(Rationals.value(y)));
    assertThat(sum.format()).isEqualTo(x.format().plus(y.format()));
  }

  @Property
  void aDifferenceIsExact(@ForAll Fixed x, @ForAll Fixed y) {
    Fixed difference = x.minus(y);
    assertThat(Rationals.value(difference))
        .isEqualTo(Rationals.value(x).subtract(Rationals.value(y)));
    assertThat(difference.format()).isEqualTo(x.format().minus(y.format()));
  }

  @Property
  void aProductIsExact(@ForAll Fixed x, @ForAll Fixed y) {
    Fixed product = x.times(y);
    assertThat(Rationals.value(product)).isEqualTo(Rationals.value(x).multiply(Rationals.value(y)));
    assertThat(product.format()).isEqualTo(x.format().times(y.format()));
  }

  @Property
  void aNegationIsExact(@ForAll Fixed x) {
    assertThat(Rationals.value(x.negate())).isEqualTo(Rationals.value(x).negate());
    assertThat(x.negate().format()).isEqualTo(x.format().negate());
  }

  @Property
  void theEndsOfTheRangesFitInTheResults(@ForAll Fixed x, @ForAll Fixed y) {
    for (BigInteger a : new BigInteger[] {x.format().minRaw(), x.format().maxRaw()}) {
      for (BigInteger b : new BigInteger[] {y.format().minRaw(), y.format().maxRaw()}) {
        Fixed p = new Fixed(x.format(), a);
        Fixed q = new Fixed(y.format(), b);
        assertThat(Rationals.value(p.plus(q)))
            .isEqualTo(Rationals.value(p).add(Rationals.value(q)));
        assertThat(Rationals.value(p.minus(q)))
            .isEqualTo(Rationals.value(p).subtract(Rationals.value(q)));
        assertThat(Rationals.value(p.times(q)))
            .isEqualTo(Rationals.value(p).multiply(Rationals.value(q)));
      }
    }
  }

  @Test
  void aResultThatIsTooWideIsRefused() {
    Fixed x = Fixed.ofRaw(FixedFormat.signed(2049, 0), 1);
    assertThatThrownBy(() -> x.times(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs W 4098 and I 0: the width must lie in 1..4096");
  }

  @Test
  void theWidestProductIsExact() {
    FixedFormat half = FixedFormat.signed(2048, 1024);
    Fixed lowest = new Fixed(half, half.minRaw());
    assertThat(lowest.times(lowest))
        .isEqualTo(new Fixed(FixedFormat.signed(4096, 2048), BigInteger.TWO.pow(4094)));
  }
}
