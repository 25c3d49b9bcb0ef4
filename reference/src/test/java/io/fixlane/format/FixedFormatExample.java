package io.fixlane.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link FixedFormat}. */
abstract class FixedFormatExample {
  @Test
  void format() {
    // @start region="example"
    FixedFormat weight = FixedFormat.parse("ap_fixed<8, 3, AP_RND, AP_SAT, 0>");
    assertThat(weight).hasToString("ap_fixed<8,3,AP_RND,AP_SAT>");

    // 8 bits, 3 of them above the binary point: -4 to 4, in steps of 1/32.
    assertThat(weight.minValue()).isEqualTo(new BigDecimal("-4.00000"));
    assertThat(weight.maxValue()).isEqualTo(new BigDecimal("3.96875"));
    assertThat(weight.step()).isEqualTo(new BigDecimal("0.03125"));

    // An exact product keeps the bits of both factors.
    FixedFormat pixel = FixedFormat.unsigned(8, 0);
    assertThat(weight.times(pixel)).isEqualTo(FixedFormat.signed(16, 3));
    // @end
  }
}
