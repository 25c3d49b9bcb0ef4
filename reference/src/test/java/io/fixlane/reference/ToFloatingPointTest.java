package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.arbitrary.Formats;
import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value goes to the nearest double or float, ties to even: BigDecimal is the judge. */
@Domain(Doubles.class)
class ToFloatingPointTest {
  @Provide
  Arbitrary<Fixed> values() {
    // Words that end near the smallest and the largest float and double, and in between.
    Arbitrary<Integer> integerBits =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-1140, -1010),
            Arbitraries.integers().between(-160, -110),
            Arbitraries.integers().between(-10, 70),
            Arbitraries.integers().between(120, 140),
            Arbitraries.integers().between(1015, 1035));
    return Values.of(Formats.of(Arbitraries.integers().between(1, 160), integerBits));
  }

  /** A tie of p bits, or a neighbour of one, at every place that the exponents reach and beyond. */
  @Provide
  Arbitrary<Fixed> ties() {
    Arbitrary<Integer> places =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-1080, -1060),
            Arbitraries.integers().between(-160, -120),
            Arbitraries.integers().between(95, 110),
            Arbitraries.integers().between(960, 975));
    Arbitrary<BigInteger> words =
        Arbitraries.integers()
            .between(1, 54)
            .flatMap(p -> Arbitraries.longs().between(1L << (p - 1), (1L << p) - 1))
            .flatMap(kept -> Arbitraries.integers()
                .between(-1, 1)
                .map(near -> BigInteger.valueOf(2 * kept + 1).shiftLeft(40)
                    .add(BigInteger.valueOf(near))));
    return words.flatMap(word -> places.flatMap(place -> Arbitraries.of(word, word.negate())
        .map(raw -> new Fixed(FixedFormat.signed(100, 100 + place - 40), raw))));
  }

  @Property
  void toDoubleIsBigDecimalsNearest(@ForAll("values") Fixed x) {
    assertThat(x.toDouble()).isEqualTo(x.toBigDecimal().doubleValue());
  }

  @Property
  void toFloatIsBigDecimalsNearest(@ForAll("values") Fixed x) {
    assertThat(x.toFloat()).isEqualTo(x.toBigDecimal().floatValue());
  }

  @Property
  void tiesGoToEven(@ForAll("ties") Fixed x) {
    assertThat(x.toDouble()).isEqualTo(x.toBigDecimal().doubleValue());
    assertThat(x.toFloat()).isEqualTo(x.toBigDecimal().floatValue());
  }

  @Property
  void aDoubleComesBackAsItself(@ForAll double value) {
    assertThat(Fixed.of(value).toDouble()).isEqualTo(value == 0 ? 0.0 : value);
    assertThat(Fixed.of(value).toFloat()).isEqualTo(value == 0 ? 0.0f : (float) value);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # 2^53 + 1 and 2^53 + 3 lie between neighbouring doubles: to the even one.
      9007199254740993    | ap_fixed<64,64>    | 0x1p53
      9007199254740995    | ap_fixed<64,64>    | 0x1.0000000000002p53
      -9007199254740993   | ap_fixed<64,64>    | -0x1p53
      # 2^54 + 3, nearer to the upper one.
      18014398509481987   | ap_fixed<64,64>    | 0x1.0000000000001p54
      # Half the smallest subnormal is a tie to 0; three halves, to twice it.
      1                   | ap_fixed<2,-1073>  | 0x0p0
      3                   | ap_fixed<4,-1071>  | 0x2p-1074
      -3                  | ap_fixed<4,-1071>  | -0x2p-1074
      # The largest subnormal and a half is the smallest normal.
      9007199254740991    | ap_fixed<64,-1011> | 0x1p-1022
      # The largest double and half a step more is a tie that goes beyond.
      9007199254740991    | ap_fixed<64,1035>  | 0x1.fffffffffffffp1023
      18014398509481983   | ap_fixed<64,1034>  | Infinity
      -18014398509481983  | ap_fixed<64,1034>  | -Infinity
      # Binary points out of every reach.
      1                   | ap_fixed<8,2000000000>  | Infinity
      -1                  | ap_fixed<8,2000000000>  | -Infinity
      1                   | ap_fixed<8,-2000000000> | 0x0p0
      -1                  | ap_fixed<8,-2000000000> | -0x0p0
      0                   | ap_fixed<8,2000000000>  | 0x0p0
      """)
  void handWorkedDoubles(long raw, FixedFormat format, String expected) {
    assertThat(Fixed.ofRaw(format, raw).toDouble()).isEqualTo(Double.parseDouble(expected));
  }

  @Test
  void aFloatIsNotRoundedTwice() {
    // Just above the tie of 1 and its upper neighbour: a double would be the tie, and then 1.
    BigInteger raw = BigInteger.TWO.pow(80).add(BigInteger.TWO.pow(56)).add(BigInteger.ONE);
    assertThat(new Fixed(FixedFormat.signed(82, 2), raw).toFloat()).isEqualTo(Math.nextUp(1f));
  }
}
