package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.reference.ReferenceCast.Overflow;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AP_SAT, AP_SAT_SYM and AP_SAT_ZERO, told on the quantized integer. */
@Domain(Values.class)
class SaturationTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # quantized   | -9 | -8 | -7 | -1 | 0 | 1 | 7 | 8 | 16
      ap_fixed<4,4,AP_TRN,AP_SAT>       | -8 | -8 | -7 | -1 | 0 | 1 | 7 | 7 | 7
      ap_fixed<4,4,AP_TRN,AP_SAT_SYM>   | -7 | -7 | -7 | -1 | 0 | 1 | 7 | 7 | 7
      ap_fixed<4,4,AP_TRN,AP_SAT_ZERO>  |  0 | -8 | -7 | -1 | 0 | 1 | 7 | 0 | 0
      ap_ufixed<4,4,AP_TRN,AP_SAT>      |  0 |  0 |  0 |  0 | 0 | 1 | 7 | 8 | 15
      ap_ufixed<4,4,AP_TRN,AP_SAT_SYM>  |  0 |  0 |  0 |  0 | 0 | 1 | 7 | 8 | 15
      ap_ufixed<4,4,AP_TRN,AP_SAT_ZERO> |  0 |  0 |  0 |  0 | 0 | 1 | 7 | 8 | 0
      ap_fixed<1,1,AP_TRN,AP_SAT>       | -1 | -1 | -1 | -1 | 0 | 0 | 0 | 0 | 0
      ap_fixed<1,1,AP_TRN,AP_SAT_SYM>   | -1 | -1 | -1 | -1 | 0 | 0 | 0 | 0 | 0
      ap_fixed<1,1,AP_TRN,AP_SAT_ZERO>  |  0 |  0 |  0 | -1 | 0 | 0 | 0 | 0 | 0
      ap_ufixed<1,1,AP_TRN,AP_SAT_SYM>  |  0 |  0 |  0 |  0 | 0 | 1 | 1 | 1 | 1
      """)
  void handWorkedRows(FixedFormat target, int a, int b, int c, int d, int e, int f, int g, int h,
      int i) {
    long[] sources = {-9, -8, -7, -1, 0, 1, 7, 8, 16};
    long[] expected = {a, b, c, d, e, f, g, h, i};
    for (int index = 0; index < sources.length; index++) {
      Fixed x = Fixed.ofRaw(FixedFormat.signed(8, 8), sources[index]);
      assertThat(x.cast(target)).as(x.toString()).isEqualTo(Fixed.ofRaw(target, expected[index]));
    }
  }

  @Property
  void satClamps(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT);
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    assertThat(x.cast(target).raw()).isEqualTo(Rationals.clamp(q, target));
  }

  @Property
  void satSymClampsToEqualMagnitudes(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT_SYM);
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    boolean symmetric = target.signed() && target.width() > 1;
    BigInteger low = symmetric ? target.maxRaw().negate() : target.minRaw();
    assertThat(x.cast(target).raw()).isEqualTo(q.max(low).min(target.maxRaw()));
  }

  @Property
  void satZeroGivesZeroOutsideTheRange(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT_ZERO);
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    assertThat(x.cast(target).raw())
        .isEqualTo(Rationals.overflows(q, target) ? BigInteger.ZERO : q);
  }

  @Property
  void saturationIsMonotone(@ForAll Fixed x, @ForAll Fixed y, @ForAll FixedFormat format) {
    boolean ascending = Rationals.value(x).compareTo(Rationals.value(y)) <= 0;
    for (OverflowMode mode : new OverflowMode[] {OverflowMode.AP_SAT, OverflowMode.AP_SAT_SYM}) {
      FixedFormat target = format.withModes(format.quantization(), mode);
      Fixed low = (ascending ? x : y).cast(target);
      Fixed high = (ascending ? y : x).cast(target);
      assertThat(low.raw()).isLessThanOrEqualTo(high.raw());
    }
  }

  @Property
  void theOverflowIsNamedByTheEndItPasses(@ForAll Fixed x, @ForAll FixedFormat format) {
    FixedFormat target = format.withModes(format.quantization(), OverflowMode.AP_SAT);
    BigInteger q = Rationals.quantize(Rationals.value(x), target);
    Overflow expected =
        q.compareTo(target.maxRaw()) > 0
            ? Overflow.HIGH
            : q.compareTo(target.minRaw()) < 0 ? Overflow.LOW : Overflow.NONE;
    assertThat(ReferenceCast.of(x.raw(), x.format().fractionBits(), target).overflow())
        .isEqualTo(expected);
  }
}
