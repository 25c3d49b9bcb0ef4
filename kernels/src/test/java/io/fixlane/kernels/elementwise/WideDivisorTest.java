package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A divisor of 64 unsigned bits is no negative number, however many words there are. */
class WideDivisorTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void divisorsFromTwoToThe63OnAreLarge(boolean signed) {
    FixedFormat dividend = signed ? FixedFormat.signed(9, 9) : FixedFormat.unsigned(8, 8);
    FixedFormat divisor = FixedFormat.unsigned(64, 64);
    FixedTensor a = FixedTensor.allocate(dividend, 40);
    FixedTensor b = FixedTensor.allocate(divisor, 40);
    for (int i = 0; i < 40; i++) {
      a.setRaw(i, signed && i % 3 == 0 ? -200 : 200);
      b.setRaw(i, i % 2 == 0 ? -1 - i : 100);
    }
    FixedFormat quotient = dividend.dividedBy(divisor);
    FixedTensor result = FixedTensor.allocate(quotient, 40);
    Elementwise.divide(dividend, divisor, quotient).run(a, b, result);
    for (int i = 0; i < 40; i++) {
      assertThat(result.value(i)).isEqualTo(a.value(i).dividedBy(b.value(i)));
    }
  }
}
