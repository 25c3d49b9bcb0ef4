package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.cli.console.UserError;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every notation of a value is read exactly. */
class CastValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.34375, 11, 5",
    "+.5, 1, 1",
    "5., 5, 0",
    "-1e3, -1000, 0",
    "-12.5e-1, -5, 2",
    "0, 0, 0",
    "-0.0, 0, 0",
    "0.1d, 3602879701896397, 55",
    "-1.5D, -3, 1",
    "1e-400d, 0, 0",
    "0e-9999, 0, 0",
    "-6/4, -3, 1",
    "12/4, 3, 0",
    "0x1.8p-3, 3, 4",
    "-0X.8P1, -1, 0",
    "0x10, 16, 0",
    "0x1p-600000000, 1, 600000000",
    "0x1p600000000, 1, -600000000",
  })
  void binaryNumbers(String text, BigInteger raw, int fractionBits) {
    assertThat(CastValueText.parse(text)).isEqualTo(new CastValue.Binary(raw, fractionBits));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 1, 10", "-5/3, -5, 3", "10/6, 5, 3", "1e-1, 1, 10"})
  void numbersWithoutAnEndInBinary(String text, BigInteger numerator, BigInteger denominator) {
    assertThat(CastValueText.parse(text)).isEqualTo(new CastValue.Fraction(numerator, denominator));
  }

  @ParameterizedTest
  @CsvSource({"raw:-5, -5", "raw:+5, 5", "raw:0xFb, -5", "raw:0b11111011, -5", "raw:0b101, 5",
    "raw:-0x80, -128"})
  void rawWords(String text, long raw) {
    FixedFormat format = FixedFormat.signed(8, 3);
    assertThat(CastValueText.parse(text + "@ap_fixed<8,3>"))
        .isEqualTo(new CastValue.Word(Fixed.ofRaw(format, raw)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw:0xff@ap_ufixed<8,3>", "raw:255@ap_ufixed< 8, 3 >"})
  void unsignedRawWords(String text) {
    assertThat(CastValueText.parse(text))
        .isEqualTo(new CastValue.Word(Fixed.ofRaw(FixedFormat.unsigned(8, 3), 255)));
  }

  @Test
  void infinities() {
    assertThat(CastValueText.parse("Infinity")).isEqualTo(new CastValue.Infinite(false));
    assertThat(CastValueText.parse("-inf")).isEqualTo(new CastValue.Infinite(true));
  }

  @Property
  void aHexDoubleIsThatDouble(@ForAll double value) {
    CastValue parsed = CastValueText.parse(Double.toHexString(value));
    assertThat(parsed).isInstanceOfSatisfying(CastValue.Binary.class, binary -> assertThat(
        Fixed.of(value).compareTo(fixed(binary))).isZero());
  }

  @Property
  void aDecimalOfADoubleIsItsExactDecimal(@ForAll float value) {
    String exact = Fixed.of(value).toBigDecimal().toString();
    assertThat(CastValueText.parse(exact)).isInstanceOfSatisfying(CastValue.Binary.class,
        binary -> assertThat(
            Fixed.of(value).compareTo(fixed(binary))).isZero());
  }

  private static Fixed fixed(CastValue.Binary binary) {
    int width = binary.raw().bitLength() + 1;
    return new Fixed(FixedFormat.signed(width, width - binary.fractionBits()), binary.raw());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " 1", "1 ", "--1", "1,5", ".", "e5", "0x", "0x.p1", "1/-3", "1/", "/3", "0.5/3", "1e",
    "1e5.0", "raw:", "raw:5",
    "raw:5@", "raw:@ap_fixed<8,3>", "raw:0b2@ap_fixed<8,3>", "raw:1.5@ap_fixed<8,3>",
    "ap_fixed<8,3>", "1_000", "\u0661",
  })
  void whatIsNoValueIsRefused(String text) {
    assertThatThrownBy(() -> CastValueText.parse(text)).isInstanceOf(UserError.class);
  }

  @Test
  void theNamesOfInfinityDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(CastValueText.parse("INFINITY")).isEqualTo(new CastValue.Infinite(false));
    } finally {
      Locale.setDefault(before);
    }
  }
}
