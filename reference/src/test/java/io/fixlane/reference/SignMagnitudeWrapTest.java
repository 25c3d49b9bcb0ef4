package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.arbitrary.Formats;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * AP_WRAP_SM: the words run up and down instead of jumping, as
 * {@code fold(u) = min(u, 2^m - 1 - u)} of the low m bits u does; inverting m bits takes u to
 * 2^m - 1 - u.
 */
@Domain(Values.class)
class SignMagnitudeWrapTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # N | source | wraps to | then inverted or not, and the top bits set
      # N = 0: d, the bit above the wrapped ones, becomes the sign; 10001 has d = 1.
      0 |    7 | 0111 | 0111
      0 |    8 | 1000 | 0111
      0 |    9 | 1001 | 0110
      0 |   15 | 1111 | 0000
      0 |   16 | 0000 | 1111
      0 |   17 | 0001 | 1110
      0 |   23 | 0111 | 1000
      0 |   24 | 1000 | 1000
      0 |   31 | 1111 | 1111
      0 |   32 | 0000 | 0000
      0 |   -9 | 0111 | 1000
      0 |  -16 | 0000 | 1111
      0 |  -17 | 1111 | 0000
      # N = 1: inverted where the wrapped sign is not the source's.
      1 |    9 | 1001 | 0110
      1 |   16 | 0000 | 0000
      1 |   23 | 0111 | 0111
      1 |   24 | 1000 | 0111
      1 |   -9 | 0111 | 1000
      1 |  -16 | 0000 | 1111
      1 |  -24 | 1000 | 1000
      1 |   -3 | 1101 | 1101
      # N > 1: inverted where bit W - N equals the sign.
      2 |    9 | 1001 | 0110
      2 |   12 | 1100 | 0100
      2 |   16 | 0000 | 0111
      2 |   -9 | 0111 | 1000
      2 |  -13 | 0011 | 1011
      2 |  -16 | 0000 | 1000
      3 |    9 | 1001 | 0110
      3 |   10 | 1010 | 0110
      3 |   11 | 1011 | 0111
      3 |   -9 | 0111 | 1000
      3 |  -11 | 0101 | 1001
      4 |    8 | 1000 | 0111
      4 |    9 | 1001 | 0111
      4 |   -9 | 0111 | 1000
      4 |  -10 | 0110 | 1000
      """)
  void handWorkedWords(int n, long source, String wrapped, String result) {
    Fixed x = Fixed.ofRaw(FixedFormat.signed(8, 8), source);
    assertThat(x.cast(FixedFormat.signed(4, 4)).toBits()).isEqualTo(wrapped);
    assertThat(x.cast(FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_WRAP_SM," + n + ">")).toBits())
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # source | its bits  | rounded to | d | result
      15       |  0111.1   | 01000      | 0 | 0111
      31       | 01111.1   | 10000      | 0 | 0000
      33       | 10000.1   | 10001      | 1 | 1110
      63       | 11111.1   | 100000     | 1 | 1111
      """)
  void theLostBitIsTakenBeforeRounding(long halves, String bits, String rounded, int d,
      String result) {
    Fixed x = Fixed.ofRaw(FixedFormat.unsigned(8, 7), halves);
    assertThat(x.toBits()).endsWith(bits);
    assertThat(ReferenceCast.of(x.raw(), 1, FixedFormat.parse("ap_fixed<4,4,AP_RND,AP_WRAP_SM>")))
        .satisfies(cast -> assertThat(cast.quantized()).isEqualTo(new BigInteger(rounded, 2)))
        .satisfies(cast -> assertThat(cast.truncated().testBit(4)).isEqualTo(d == 1))
        .satisfies(cast -> assertThat(cast.result().toBits()).isEqualTo(result));
  }

  @Property
  void withoutSaturatedBitsTheWordsRunUpAndDown(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target =
        FixedFormat.signed(format.width(), format.integerBits(), format.quantization(),
            OverflowMode.AP_WRAP_SM);
    BigFraction exact = Rationals.inUnitsOf(target, Rationals.value(x));
    BigInteger q = Rationals.quantize(exact, target.quantization());
    BigInteger period = BigInteger.TWO.pow(target.width());
    BigInteger folded = fold(q, target.width());
    boolean odd = Rationals.floor(exact.divide(period)).testBit(0);
    BigInteger expected = !Rationals.overflows(q, target) ? q : odd ? folded.not() : folded;
    assertThat(x.cast(target).raw()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<FixedFormat> withSaturatedBits() {
    return Formats.withSaturatedBits(OverflowMode.AP_WRAP_SM);
  }

  @Property
  void withSaturatedBitsTheSignIsKeptAndTheFreeBitsRunUpAndDown(
      @ForAll Fixed x, @ForAll("withSaturatedBits") FixedFormat target) {
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    boolean negative = x.raw().signum() < 0;
    BigInteger raw = x.cast(target).raw();
    if (!Rationals.overflows(q, target)) {
      assertThat(raw).isEqualTo(q);
    } else if (target.saturationBits() == 1) {
      BigInteger folded = fold(q, target.width());
      assertThat(raw).isEqualTo(negative ? folded.not() : folded);
    } else {
      // The distance from the sign's end of the range rises and falls with the free bits and the
      // one above them.
      BigInteger distance = fold(q, target.width() - target.saturationBits() + 1);
      assertThat(raw)
          .isEqualTo(negative ? target.minRaw().add(distance) : target.maxRaw().subtract(distance));
    }
  }

  private static BigInteger fold(BigInteger q, int bits) {
    BigInteger period = BigInteger.TWO.pow(bits);
    BigInteger u = q.mod(period);
    return u.min(period.subtract(BigInteger.ONE).subtract(u));
  }

  @Property
  void everyBitSaturatedIsSaturation(@ForAll Fixed x, @ForAll FixedFormat format) {
    int w = format.width();
    FixedFormat target =
        new FixedFormat(true, w, format.integerBits(), format.quantization(),
            OverflowMode.AP_WRAP_SM, w);
    FixedFormat saturating = target.withModes(format.quantization(), OverflowMode.AP_SAT);
    assertThat(x.cast(target).raw()).isEqualTo(x.cast(saturating).raw());
  }
}
