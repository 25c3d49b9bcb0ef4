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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AP_WRAP, with and without saturated bits. */
@Domain(Values.class)
class WrapTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # N | source | wraps to | then, of the top N bits, the sign and its opposites
      0 |    9 | 1001 | 1001
      0 |   16 | 0000 | 0000
      0 |   -9 | 0111 | 0111
      0 |    7 | 0111 | 0111
      1 |    9 | 1001 | 0001
      1 |   16 | 0000 | 0000
      1 |   23 | 0111 | 0111
      1 |   -9 | 0111 | 1111
      1 |  -16 | 0000 | 1000
      1 |  -23 | 1001 | 1001
      2 |    9 | 1001 | 0101
      2 |   16 | 0000 | 0100
      2 |   -9 | 0111 | 1011
      2 |  -16 | 0000 | 1000
      2 |    3 | 0011 | 0011
      3 |    9 | 1001 | 0111
      3 |    8 | 1000 | 0110
      3 |   -9 | 0111 | 1001
      3 |  -10 | 0110 | 1000
      4 |    8 | 1000 | 0111
      4 |   25 | 1001 | 0111
      4 |   -9 | 0111 | 1000
      4 |   -8 | 1000 | 1000
      """)
  void handWorkedSignedWords(int n, long source, String wrapped, String result) {
    assertWraps("ap_fixed<4,4,AP_TRN,AP_WRAP>", source, wrapped);
    assertWraps("ap_fixed<4,4,AP_TRN,AP_WRAP," + n + ">", source, result);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # N | source | wraps to | then the top N bits are set, whichever way it overflowed
      0 |   16 | 0000 | 0000
      0 |   -1 | 1111 | 1111
      1 |   15 | 1111 | 1111
      1 |    3 | 0011 | 0011
      1 |   16 | 0000 | 1000
      1 |   19 | 0011 | 1011
      1 |  -16 | 0000 | 1000
      1 |  -13 | 0011 | 1011
      2 |   19 | 0011 | 1111
      2 |   17 | 0001 | 1101
      2 |  -15 | 0001 | 1101
      4 |   16 | 0000 | 1111
      4 |  -16 | 0000 | 1111
      """)
  void handWorkedUnsignedWords(int n, long source, String wrapped, String result) {
    assertWraps("ap_ufixed<4,4,AP_TRN,AP_WRAP>", source, wrapped);
    assertWraps("ap_ufixed<4,4,AP_TRN,AP_WRAP," + n + ">", source, result);
  }

  private static void assertWraps(String target, long source, String bits) {
    Fixed x = Fixed.ofRaw(FixedFormat.signed(8, 8), source);
    assertThat(x.cast(FixedFormat.parse(target)).toBits()).isEqualTo(bits);
  }

  @Property
  void withoutSaturatedBitsItIsTheCongruentWord(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_WRAP);
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    BigInteger raw = x.cast(target).raw();
    assertThat(raw).isBetween(target.minRaw(), target.maxRaw());
    assertThat(raw.subtract(q).mod(BigInteger.TWO.pow(target.width()))).isEqualTo(BigInteger.ZERO);
  }

  @Provide
  Arbitrary<FixedFormat> withSaturatedBits() {
    return Formats.withSaturatedBits(OverflowMode.AP_WRAP);
  }

  @Property
  void theTopBitsSaturateAndTheOthersStayCongruent(
      @ForAll Fixed x, @ForAll("withSaturatedBits") FixedFormat target) {
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    BigInteger block = BigInteger.TWO.pow(target.width() - target.saturationBits());
    BigInteger low = q.mod(block);
    BigInteger raw = x.cast(target).raw();
    if (!Rationals.overflows(q, target)) {
      assertThat(raw).isEqualTo(q);
    } else if (target.signed() && x.raw().signum() < 0) {
      assertThat(raw).isEqualTo(target.minRaw().add(low));
    } else {
      // The topmost block of 2^(W-N) words, where the free bits count.
      assertThat(raw).isEqualTo(target.maxRaw().add(BigInteger.ONE).subtract(block).add(low));
    }
  }

  @Property
  void everyBitSaturatedIsSaturation(@ForAll Fixed x, @ForAll FixedFormat format) {
    int w = format.width();
    FixedFormat target =
        new FixedFormat(true, w, format.integerBits(), format.quantization(), OverflowMode.AP_WRAP,
            w);
    FixedFormat saturating = target.withModes(format.quantization(), OverflowMode.AP_SAT);
    assertThat(x.cast(target).raw()).isEqualTo(x.cast(saturating).raw());
  }
}
