package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each quantization mode chooses the neighbour that its definition on rationals chooses. */
@Domain(Values.class)
class QuantizationTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          # -2.75, -2.5, -2.25, -1.5, -0.5, -0.25, 0, 0.25, 0.5, 1.5, 2.25, 2.5, 2.75
          AP_RND         | -3 | -2 | -2 | -1 |  0 |  0 | 0 | 0 | 1 | 2 | 2 | 3 | 3
          AP_RND_ZERO    | -3 | -2 | -2 | -1 |  0 |  0 | 0 | 0 | 0 | 1 | 2 | 2 | 3
          AP_RND_MIN_INF | -3 | -3 | -2 | -2 | -1 |  0 | 0 | 0 | 0 | 1 | 2 | 2 | 3
          AP_RND_INF     | -3 | -3 | -2 | -2 | -1 |  0 | 0 | 0 | 1 | 2 | 2 | 3 | 3
          AP_RND_CONV    | -3 | -2 | -2 | -2 |  0 |  0 | 0 | 0 | 0 | 2 | 2 | 2 | 3
          AP_TRN         | -3 | -3 | -3 | -2 | -1 | -1 | 0 | 0 | 0 | 1 | 2 | 2 | 2
          AP_TRN_ZERO    | -2 | -2 | -2 | -1 |  0 |  0 | 0 | 0 | 0 | 1 | 2 | 2 | 2
          """)
  void handWorkedQuarters(
      QuantizationMode mode, int a, int b, int c, int d, int e, int f, int g, int h, int i, int j,
      int k, int l, int m) {
    long[] quarters = {-11, -10, -9, -6, -2, -1, 0, 1, 2, 6, 9, 10, 11};
    long[] expected = {a, b, c, d, e, f, g, h, i, j, k, l, m};
    FixedFormat integers = FixedFormat.signed(4, 4, mode, OverflowMode.AP_SAT);
    for (int index = 0; index < quarters.length; index++) {
      Fixed x = Fixed.ofRaw(FixedFormat.signed(8, 6), quarters[index]);
      assertThat(x.cast(integers)).as(x.toString())
          .isEqualTo(Fixed.ofRaw(integers, expected[index]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWordOfANarrowFormat(QuantizationMode mode) {
    FixedFormat source = FixedFormat.signed(7, 3);
    for (long raw = -64; raw < 64; raw++) {
      Fixed x = Fixed.ofRaw(source, raw);
      for (int f = -4; f <= 5; f++) {
        FixedFormat target = FixedFormat.signed(12, 12 - f, mode, OverflowMode.AP_SAT);
        assertThat(x.cast(target).raw()).isEqualTo(Rationals.quantize(Rationals.value(x), target));
      }
    }
  }

  @Property
  void aCastThatDoesNotOverflowIsTheDefinitionOnRationals(@ForAll Fixed x,
      @ForAll FixedFormat format) {
    FixedFormat target = roomFor(x, format);
    BigInteger expected = Rationals.quantize(Rationals.value(x), target);
    assertThat(x.cast(target).raw()).isEqualTo(expected);
  }

  @Property
  void theErrorIsLessThanOneUnitOrAtMostHalf(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = roomFor(x, format);
    BigFraction error = Rationals.value(x.cast(target)).subtract(Rationals.value(x)).abs();
    BigFraction units = Rationals.inUnitsOf(target, error);
    switch (target.quantization()) {
      case AP_TRN, AP_TRN_ZERO -> assertThat(units).isLessThan(BigFraction.ONE);
      default -> assertThat(units).isLessThanOrEqualTo(BigFraction.ONE_HALF);
    }
  }

  @Property
  void theStepsAddUp(@ForAll Fixed x, @ForAll FixedFormat target) {
    ReferenceCast cast = ReferenceCast.of(x.raw(), x.format().fractionBits(), target);
    BigFraction exact = Rationals.inUnitsOf(target, Rationals.value(x));
    BigFraction dropped = exact.subtract(Rationals.floor(exact));
    assertThat(cast.source()).isEqualTo(x.raw());
    assertThat(cast.target()).isEqualTo(target);
    assertThat(cast.quantized())
        .isEqualTo(cast.truncated().add(cast.increment() ? BigInteger.ONE : BigInteger.ZERO));
    assertThat(cast.halfBit()).isEqualTo(dropped.compareTo(BigFraction.ONE_HALF) >= 0);
    assertThat(cast.stickyBit())
        .isEqualTo(!dropped.equals(BigFraction.ZERO) && !dropped.equals(BigFraction.ONE_HALF));
    assertThat(cast.negative()).isEqualTo(exact.compareTo(BigFraction.ZERO) < 0);
  }

  /** Returns a signed format of the same step and modes, with room for {@code x}. */
  private static FixedFormat roomFor(Fixed x, FixedFormat format) {
    int f = format.fractionBits();
    int width = Math.max(x.format().width() + f - x.format().fractionBits(), 1) + 2;
    return FixedFormat.signed(width, width - f, format.quantization(), format.overflow());
  }
}
