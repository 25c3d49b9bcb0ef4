package io.fixlane.kernels.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.Words;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Integers of 128 bits are those of {@link BigInteger}, modulo 2<sup>128</sup>. */
@OneWidth
class Int128PropertyTest {
  @Provide
  Arbitrary<BigInteger> words() {
    FixedFormat format = FixedFormat.signed(128, 128);
    return Arbitraries.longs().map(seed -> Words.random(format, new Random(seed)));
  }

  private static BigInteger unsigned(BigInteger value) {
    return value.mod(BigInteger.TWO.pow(128));
  }

  @Property
  void sumsDifferencesAndProducts(@ForAll("words") BigInteger x, @ForAll("words") BigInteger y) {
    Int128 a = Int128.of(x);
    Int128 b = Int128.of(y);
    assertThat(a.plus(b)).isEqualTo(Int128.of(x.add(y)));
    assertThat(a.minus(b)).isEqualTo(Int128.of(x.subtract(y)));
    assertThat(a.times(b)).isEqualTo(Int128.of(x.multiply(y)));
    assertThat(a.negate()).isEqualTo(Int128.of(x.negate()));
    assertThat(a.and(b)).isEqualTo(Int128.of(x.and(y)));
  }

  @Property
  void quotients(@ForAll("words") BigInteger x, @ForAll("words") BigInteger y) {
    BigInteger divisor = y.mod(BigInteger.TWO.pow(64)).max(BigInteger.ONE);
    assertThat(Int128.of(x).divideUnsigned(divisor.longValue()))
        .isEqualTo(Int128.of(unsigned(x).divide(divisor)));
  }

  @Property
  void conversions(@ForAll("words") BigInteger x) {
    assertThat(Int128.of(x).toBigInteger(false)).isEqualTo(x);
    assertThat(Int128.of(x).toBigInteger(true)).isEqualTo(unsigned(x));
  }

  @Property
  void comparisons(@ForAll("words") BigInteger x, @ForAll("words") BigInteger y) {
    Int128 a = Int128.of(x);
    Int128 b = Int128.of(y);
    assertThat(a.less(b, false)).isEqualTo(x.compareTo(y) < 0);
    assertThat(a.less(b, true)).isEqualTo(unsigned(x).compareTo(unsigned(y)) < 0);
    assertThat(a.less(a, false)).isFalse();
    assertThat(a.isZero()).isEqualTo(x.signum() == 0);
    assertThat(a.sign(false)).isEqualTo(x.signum() < 0 ? -1 : 0);
    assertThat(a.sign(true)).isZero();
  }

  @Property
  void shiftsAndBits(@ForAll("words") BigInteger x, @ForAll @IntRange(max = 127) int n) {
    Int128 a = Int128.of(x);
    assertThat(a.shiftLeft(n)).isEqualTo(Int128.of(x.shiftLeft(n)));
    assertThat(a.shiftRight(n, false)).isEqualTo(Int128.of(x.shiftRight(n)));
    assertThat(a.shiftRight(n, true)).isEqualTo(Int128.of(unsigned(x).shiftRight(n)));
    assertThat(a.bit(n)).isEqualTo(x.testBit(n) ? 1 : 0);
  }

  @Property
  void extension(@ForAll long word) {
    assertThat(Int128.extended(word, true)).isEqualTo(Int128.of(BigInteger.valueOf(word)));
    assertThat(Int128.extended(word, false))
        .isEqualTo(Int128.of(new BigInteger(Long.toUnsignedString(word))));
  }
}
