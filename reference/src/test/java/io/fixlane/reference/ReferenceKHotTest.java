package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.KHotTerm;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** K-hot words: what each rule makes of a word, and that products with them are shifts and sums. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class ReferenceKHotTest {
  private static final FixedFormat WIDE = FixedFormat.signed(24, 24);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # format        | word | K | truncate | nearest | signed digits
      ap_fixed<8,8>   | 0    | 1 | 0    | 0    | 0
      ap_fixed<8,8>   | 1    | 1 | 1    | 1    | 1
      ap_fixed<8,8>   | -1   | 1 | -1   | -1   | -1
      # 3 lies between 2 and 4, a tie; and 3 = 4 - 1.
      ap_fixed<8,8>   | 3    | 1 | 2    | 2    | 4
      ap_fixed<8,8>   | -3   | 1 | -2   | -2   | -4
      # 7 = 8 - 1 lies between 4 and 8, or with two ones between 6 and 8, a tie.
      ap_fixed<8,8>   | 7    | 1 | 4    | 8    | 8
      ap_fixed<8,8>   | 7    | 2 | 6    | 6    | 7
      # 11 = 8 + 2 + 1 = 16 - 4 - 1.
      ap_fixed<8,8>   | 11   | 1 | 8    | 8    | 16
      ap_fixed<8,8>   | 11   | 2 | 10   | 10   | 12
      ap_fixed<8,8>   | 11   | 3 | 11   | 11   | 11
      # 13 = 8 + 4 + 1 = 16 - 4 + 1.
      ap_fixed<8,8>   | 13   | 1 | 8    | 16   | 16
      ap_fixed<8,8>   | 13   | 2 | 12   | 12   | 12
      # 85 = 64 + 16 + 4 + 1 both ways.
      ap_fixed<8,8>   | 85   | 1 | 64   | 64   | 64
      ap_fixed<8,8>   | 85   | 3 | 84   | 84   | 84
      # 109 = 64 + 32 + 8 + 4 + 1 = 128 - 16 - 4 + 1; three ones: 104 or 112, whose ones are two.
      ap_fixed<8,8>   | 109  | 2 | 96   | 96   | 112
      ap_fixed<8,8>   | 109  | 3 | 104  | 112  | 108
      ap_fixed<8,8>   | 109  | 4 | 108  | 108  | 109
      # 100 = 64 + 32 + 4 = 128 - 32 + 4 is nearer to 128, which is no word, while -128 is one.
      ap_fixed<8,8>   | 100  | 1 | 64   | 64   | 64
      ap_fixed<8,8>   | 100  | 2 | 96   | 96   | 96
      ap_fixed<8,8>   | -100 | 1 | -64  | -128 | -128
      ap_fixed<8,8>   | -100 | 2 | -96  | -96  | -96
      ap_fixed<8,8>   | 127  | 1 | 64   | 64   | 64
      ap_fixed<8,8>   | 127  | 2 | 96   | 96   | 127
      ap_fixed<8,8>   | -127 | 1 | -64  | -128 | -128
      ap_fixed<8,8>   | -127 | 2 | -96  | -128 | -127
      ap_fixed<8,8>   | -128 | 1 | -128 | -128 | -128
      # 192 = 128 + 64 = 256 - 64; 191 = 128 + 63 = 256 - 64 - 1; 255 = 256 - 1.
      ap_ufixed<8,8>  | 191  | 1 | 128  | 128  | 128
      ap_ufixed<8,8>  | 191  | 2 | 160  | 192  | 192
      ap_ufixed<8,8>  | 192  | 1 | 128  | 128  | 128
      ap_ufixed<8,8>  | 192  | 2 | 192  | 192  | 192
      ap_ufixed<8,8>  | 255  | 1 | 128  | 128  | 128
      ap_ufixed<8,8>  | 255  | 2 | 192  | 192  | 255
      ap_fixed<1,1>   | 0    | 1 | 0    | 0    | 0
      ap_fixed<1,1>   | -1   | 1 | -1   | -1   | -1
      ap_ufixed<1,1>  | 1    | 1 | 1    | 1    | 1
      ap_fixed<2,2>   | 1    | 1 | 1    | 1    | 1
      ap_fixed<2,2>   | -2   | 1 | -2   | -2   | -2
      ap_ufixed<2,2>  | 3    | 1 | 2    | 2    | 2
      # A binary point elsewhere and modes change nothing: nothing is cast.
      ap_fixed<8,-3,AP_RND,AP_SAT_SYM> | -127 | 1 | -64 | -128 | -128
      """)
  void handWorkedWords(FixedFormat format, long word, int k, long truncated, long nearest,
      long digits) {
    Fixed x = Fixed.ofRaw(format, word);
    assertThat(new ReferenceKHot(k, KHotRule.TRUNCATE).encode(x))
        .isEqualTo(Fixed.ofRaw(format, truncated));
    assertThat(new ReferenceKHot(k, KHotRule.NEAREST).encode(x))
        .isEqualTo(Fixed.ofRaw(format, nearest));
    assertThat(new ReferenceKHot(k, KHotRule.SIGNED_DIGITS).encode(x))
        .isEqualTo(Fixed.ofRaw(format, digits));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,8>  | 109  | 9 | NEAREST       | [+2^6, +2^5, +2^3, +2^2, +2^0]
      ap_fixed<8,8>  | 109  | 3 | NEAREST       | [+2^6, +2^5, +2^4]
      ap_fixed<8,8>  | -109 | 3 | TRUNCATE      | [-2^6, -2^5, -2^3]
      ap_fixed<8,8>  | 109  | 9 | SIGNED_DIGITS | [+2^7, -2^4, -2^2, +2^0]
      ap_fixed<8,8>  | -109 | 2 | SIGNED_DIGITS | [-2^7, +2^4]
      ap_fixed<8,8>  | 127  | 1 | SIGNED_DIGITS | [+2^6]
      ap_ufixed<8,8> | 255  | 2 | SIGNED_DIGITS | [+2^8, -2^0]
      ap_fixed<8,8>  | -128 | 1 | NEAREST       | [-2^7]
      ap_fixed<8,8>  | 0    | 1 | TRUNCATE      | []
      """)
  void handWorkedTerms(FixedFormat format, long word, int k, KHotRule rule, String terms) {
    assertThat(new ReferenceKHot(k, rule).terms(Fixed.ofRaw(format, word))).hasToString(terms);
  }

  @Property
  void theTermsAreFewAndMakeTheWordAndTheWordStays(
      @ForAll Fixed word, @ForAll KHotRule rule, @ForAll @IntRange(min = 1, max = 9) int k) {
    ReferenceKHot khot = new ReferenceKHot(k, rule);
    Fixed encoded = khot.encode(word);
    List<KHotTerm> terms = khot.terms(word);
    assertThat(terms).hasSizeLessThanOrEqualTo(k);
    assertThat(value(terms)).isEqualTo(encoded.raw());
    assertThat(encoded.format()).isEqualTo(word.format());
    assertThat(khot.encode(encoded)).isEqualTo(encoded);
    assertThat(encoded.raw().signum()).isEqualTo(word.raw().signum());
  }

  @Property
  void fromTheWidthOnNothingIsLost(@ForAll Fixed word, @ForAll KHotRule rule) {
    assertThat(new ReferenceKHot(word.format().width(), rule).encode(word)).isEqualTo(word);
    assertThat(new ReferenceKHot(Integer.MAX_VALUE, rule).encode(word)).isEqualTo(word);
  }

  @Property
  void aProductByShiftsAndAdditionsIsTheExactProduct(
      @ForAll Fixed x, @ForAll Fixed weight, @ForAll KHotRule rule,
      @ForAll @IntRange(min = 1, max = 5) int k) {
    long fraction = (long) x.format().fractionBits() + weight.format().fractionBits();
    Assume.that(fraction == (int) fraction);
    ReferenceKHot khot = new ReferenceKHot(k, rule);
    assertThat(khot.multiply(x, weight)).isEqualTo(x.times(khot.encode(weight)));
  }

  @Test
  void aHandWorkedMatrixProduct() {
    // The weights 7, -13 | 3, 5 become, each as one signed digit, 8, -16 | 4, 4.
    // | 5  2 |   | 8 -16 |   | 48 -72 |
    // | 1 -3 | * | 4   4 | = | -4 -28 |
    List<Fixed> x = words("ap_fixed<4,4>", 5, 2, 1, -3);
    List<Fixed> y = words("ap_fixed<8,8>", 7, -13, 3, 5);
    ReferenceKHot khot = new ReferenceKHot(1, KHotRule.SIGNED_DIGITS);
    ReferenceGemm gemm = new ReferenceGemm(2, 2, 2, new ReferenceStage(WIDE, false, WIDE));
    assertThat(khot.gemm(gemm, x, y))
        .isEqualTo(words("ap_fixed<24,24>", 48, -72, -4, -28));
  }

  @Test
  void theAccumulatorIsCastOnceForAProductAndNotForEachTerm() {
    // 7 = 8 - 1 in signed digits. 1 * 7 fits into ap_fixed<4,4>; its first term, 8, would saturate
    // there to 7 and leave 6.
    FixedFormat saturating = FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT>");
    ReferenceGemm gemm = new ReferenceGemm(1, 1, 1, new ReferenceStage(saturating, false, WIDE));
    ReferenceKHot khot = new ReferenceKHot(2, KHotRule.SIGNED_DIGITS);
    assertThat(khot.gemm(gemm, words("ap_fixed<4,4>", 1), words("ap_fixed<4,4>", 7)))
        .isEqualTo(words("ap_fixed<24,24>", 7));
  }

  @Property(tries = 200)
  void aMatrixProductIsThatOfTheEncodedWeights(
      @ForAll Random random, @ForAll KHotRule rule, @ForAll boolean relu,
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll @IntRange(min = 1, max = 4) int m,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(max = 6) int steps) {
    FixedFormat accumulator = FixedFormat.parse("ap_fixed<7,5,AP_RND_CONV,AP_SAT>");
    ReferenceGemm gemm =
        new ReferenceGemm(m, n, steps, new ReferenceStage(accumulator, relu, accumulator));
    List<Fixed> x = Loops.random(random, FixedFormat.signed(5, 2), m * steps);
    List<Fixed> y = Loops.random(random, FixedFormat.signed(6, 2), steps * n);
    List<Fixed> bias = Loops.random(random, FixedFormat.signed(6, 4), n);
    ReferenceKHot khot = new ReferenceKHot(k, rule);
    assertThat(khot.gemm(gemm, x, y, bias))
        .isEqualTo(gemm.run(x, y.stream().map(khot::encode).toList(), bias));
  }

  @Test
  void fewerThanOneTermIsRefused() {
    assertThatThrownBy(() -> new ReferenceKHot(0, KHotRule.NEAREST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k is 0: it must be at least 1");
    assertThatThrownBy(() -> new KHotTerm(true, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shift is -1: it must be at least 0");
  }

  private static BigInteger value(List<KHotTerm> terms) {
    return terms.stream()
        .map(term -> BigInteger.TWO.pow(term.shift()).multiply(
            BigInteger.valueOf(term.negative() ? -1 : 1)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
