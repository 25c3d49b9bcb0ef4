package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number of a dump is read as the word that it was printed from, or not at all. */
class DumpNumbersTest {

  private static BigInteger word(String format, DumpNotation notation, String text) {
    return DumpNumbers.of(FixedFormat.parse(format), notation).word(text);
  }

  /** What AMD's header printed for these words: by operator<<, to_string and range().to_string. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "<8,3>   | 11     | 0.34375      | 0b0.01011          | 0o0.26     | 0x0.58p0    | 0x0b",
    "<8,3>   | -11    | -0.34375     | 0b1111.10101       | -0o0.26    | -0x0.58p0   | 0xf5",
    "<8,3>   | -11    | -0.34375     | 0b1111.10101       | -0.34375   | 0xf.a8p0    | 0xf5",
    "<8,3>   | -128   | -4           | 0b1100             | -0o04      | -0x4        | 0x80",
    "<8,3>   | 0      | 0            | 0b0                | 0o0        | 0x0         | 0x0",
    "<16,6>  | -12345 | -12.0557     | 0b1110011.1111000111 | -0o14.0344 | -0x0c.0e4p0 | 0xcfc7",
    "<16,6>  | 1      | 0.000976563  | 0b0.0000000001     | 0o0.0004   | 0x0.004p0   | 0x1",
    "<16,6>  | -1     | -0.000976563 | 0b1111111.1111111111 | -0o0.0004  | 0x7f.ffcp0  | 0xffff",
    "<24,4>  | -7     | -6.67572e-06 | 0b11111.11111111111111111001 | -0o0.0000016 | -0x0.00007p0 "
        + "| 0xfffff9",
    "<8,-3>  | -5     | -0.00244141  | 0b0.11111111011    | -0o0.0012  | -0x0.00ap0  | 0xfb",
    "<8,12>  | -5     | -80          | -80                | -0o120     | -0x50       | 0xfb",
    "<8,8>   | -5     | -5           | 0b111111011        | -0o05      | 0x1fb       | 0xfb"})
  void whatTheHeaderPrintsIsReadBack(String format, String raw, String streamed, String binary,
      String octal, String hex, String range) {
    BigInteger expected = new BigInteger(raw);
    String signed = "ap_fixed" + format;
    assertThat(word(signed, DumpNotation.VALUES, streamed)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.TO_STRING, binary)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.TO_STRING, octal)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.TO_STRING, hex)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.VALUES, range)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.CAST, range)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.WORDS, range)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.WORDS, raw)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.HEX, range)).isEqualTo(expected);
    assertThat(word(signed, DumpNotation.HEX, range.substring(2))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "ap_ufixed<16,8>          | VALUES    | 255.996    | 65535",
    "ap_ufixed<16,8>          | TO_STRING | 0x0ff.ffp0 | 65535",
    "ap_ufixed<16,8>          | TO_STRING | 0b011111111.11111111 | 65535",
    "ap_fixed<16,6>           | VALUES    | 0.000977   | 1",
    "ap_fixed<16,6>           | VALUES    | +.5e+1     | 5120",
    "ap_fixed<16,6>           | VALUES    | -0.0000    | 0",
    "ap_fixed<32,4>           | VALUES    | 0          | 0",
    "ap_fixed<32,4>           | TO_STRING | 1          | 268435456",
    "ap_fixed<32,4>           | VALUES    | -4.5991237871348857879638671875 | -1234567891",
    "ap_fixed<32,4>           | CAST      | 1          | 268435456",
    "ap_fixed<8,3>            | WORDS     | 0xfffffff5 | -11",
    "ap_fixed<8,3>            | WORDS     | -0xb       | -11",
    "ap_fixed<8,3>            | WORDS     | 0b101      | 5",
    "ap_fixed<8,3>            | HEX       | 10         | 16",
    "ap_fixed<8,3>            | CAST      | 0.34       | 10",
    "ap_fixed<8,3,AP_RND>     | CAST      | 0.34       | 11",
    "ap_fixed<8,3,AP_RND>     | CAST      | -0.328125  | -10",
    "ap_fixed<8,3,AP_RND,AP_SAT> | CAST   | 1e300      | 127",
    "ap_fixed<8,3>            | CAST      | 4          | -128"})
  void otherNumbersAreReadToo(String format, DumpNotation notation, String text, String raw) {
    assertThat(word(format, notation, text)).isEqualTo(new BigInteger(raw));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "ap_fixed<8,3>  | VALUES | 0.3 | '0.3' is no value of ap_fixed<8,3>, nor one rounded to 6 "
        + "digits: the nearest are 0.28125 (raw 9) and 0.3125 (raw 10)",
    "ap_fixed<8,3>  | VALUES | 4 | '4' is no value of ap_fixed<8,3>, nor one rounded to 6 "
        + "digits: the nearest is 3.96875 (raw 127)",
    "ap_fixed<8,3>  | TO_STRING | 0.34 | '0.34' is no value of ap_fixed<8,3>: the nearest are "
        + "0.3125 (raw 10) and 0.34375 (raw 11)",
    "ap_fixed<40,30> | VALUES | 5.3687e+08 | '5.3687e+08' stands for any of 1024001 words of "
        + "ap_fixed<40,30>, as far as 6 digits tell: print more, and say how many",
    "ap_fixed<8,3>  | VALUES | x | 'x' is no number: expected a number, such as 0.34375 or -4e-05",
    "ap_fixed<8,3>  | VALUES | nan | 'nan' is no number: expected a number, such as 0.34375 or "
        + "-4e-05",
    "ap_fixed<8,3>  | VALUES | -0xb | '-0xb' is not the bits of a word: the notation to_string "
        + "reads what to_string writes, and words reads raw words with a sign",
    "ap_fixed<8,3>  | VALUES | 0x0.58p0 | '0x0.58p0' is not the bits of a word: the notation "
        + "to_string reads what to_string writes",
    "ap_fixed<8,3>  | VALUES | 0x1 f5 | '0x1 f5' is no number: expected a number, such as 0.34375 "
        + "or -4e-05",
    "ap_fixed<8,3>  | WORDS | 0xef0 | '0xef0' has 12 bits: ap_fixed<8,3> has 8",
    "ap_ufixed<8,3> | WORDS | 0x100 | '0x100' has 9 bits: ap_ufixed<8,3> has 8",
    "ap_fixed<8,3>  | WORDS | 0b12 | '0b12' is no number: it has a digit that radix 2 does not "
        + "know",
    "ap_fixed<8,3>  | WORDS | 0.5 | '0.5' is no number: expected an integer, such as -11, 0xf5 or "
        + "0b11110101",
    "ap_fixed<8,3>  | WORDS | 128 | '128' is out of range for ap_fixed<8,3>: raw words lie in "
        + "-128..127",
    "ap_fixed<8,3>  | HEX | 0g | '0g' is no number: expected hex digits, such as f5 or 0xf5",
    "ap_fixed<8,3>  | TO_STRING | 0x4 | '0x4' is out of range for ap_fixed<8,3>: raw words lie in "
        + "-128..127",
    "ap_fixed<8,3>  | TO_STRING | 0x0.04p0 | '0x0.04p0' is no value of ap_fixed<8,3>: it has more "
        + "than 5 fraction bits",
    "ap_fixed<8,12> | TO_STRING | 0b0110110000 | '0b0110110000' has lost bits: to_string(2) of "
        + "ap_fixed<8,12> drops some, as I is larger than W; other radices keep them",
    "ap_fixed<8,3>  | VALUES | 1e10001 | '1e10001' has the exponent 10001: it must lie in "
        + "-10000..10000",
    "ap_fixed<8,-1000000000> | VALUES | 1 | W - I of ap_fixed<8,-1000000000> is 1000000008: "
        + "values are read where it lies in -16384..16384, raw words everywhere"})
  void whatStandsForNoOneWordIsRefused(
      String format, DumpNotation notation, String text, String message) {
    assertThatThrownBy(() -> word(format, notation, text))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  /**
   * By the definition: of all words, just this one prints like that, wherever ties go; the header
   * rounds them up, and printf to even. A power of ten counts the words just below it, which print
   * with one place more, and so may be refused where it need not be.
   */
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aRoundedDecimalIsReadAsTheOneWordThatPrintsLikeIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = -8, max = 16) int integerBits,
      @ForAll @IntRange(min = 1, max = 8) int digits) {
    FixedFormat format = FixedFormat.signed(width, integerBits);
    BigInteger raw = format.wrap(BigInteger.valueOf(new Random(seed).nextLong()));
    BigDecimal printed = printed(format, raw, digits, RoundingMode.HALF_UP);
    Assume.that(!printed.unscaledValue().abs().toString().matches("10*"));
    long same = 0;
    for (BigInteger w = format.minRaw(); format.contains(w); w = w.add(BigInteger.ONE)) {
      same += printed(format, w, digits, RoundingMode.HALF_UP).compareTo(printed) == 0
          || printed(format, w, digits, RoundingMode.HALF_DOWN).compareTo(printed) == 0 ? 1 : 0;
    }
    DumpNumbers numbers = new DumpNumbers(format, DumpNotation.VALUES, digits);
    String text = printed.signum() == 0 ? "0" : printed.stripTrailingZeros().toString();
    if (same == 1) {
      assertThat(numbers.word(text)).isEqualTo(raw);
    } else {
      assertThatThrownBy(() -> numbers.word(text)).hasMessageContaining("stands for any of");
    }
  }

  private static BigDecimal printed(
      FixedFormat format, BigInteger raw, int digits, RoundingMode ties) {
    return format.value(raw).round(new MathContext(digits, ties));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void exactTextsOfAnyWidthComeBack(@ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = -300, max = 600) int integerBits, @ForAll boolean signed) {
    FixedFormat format =
        signed ? FixedFormat.signed(width, integerBits) : FixedFormat.unsigned(width, integerBits);
    BigInteger raw = format.wrap(new BigInteger(width + 1, new Random(seed)));
    BigInteger bits = raw.mod(BigInteger.ONE.shiftLeft(width));
    String value = new Fixed(format, raw).toBigDecimal().toString();
    assertThat(DumpNumbers.of(format, DumpNotation.TO_STRING).word(value)).isEqualTo(raw);
    assertThat(DumpNumbers.of(format, DumpNotation.CAST).word(value)).isEqualTo(raw);
    assertThat(new DumpNumbers(format, DumpNotation.VALUES, 2000).word(value)).isEqualTo(raw);
    assertThat(DumpNumbers.of(format, DumpNotation.WORDS).word(raw.toString())).isEqualTo(raw);
    assertThat(DumpNumbers.of(format, DumpNotation.WORDS).word("0b" + bits.toString(2)))
        .isEqualTo(raw);
    assertThat(DumpNumbers.of(format, DumpNotation.HEX).word(bits.toString(16))).isEqualTo(raw);
  }
}
