package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotients at the limits of the numbers that they are formed in. */
class QuotientTest {
  /**
   * Next to an integer is where a rounded quotient could become it: (k b - 1) / b, of dividends
   * that fill the 24 bits of a float, and one bit more, for every divisor of 16 bits.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9})
  void quotientsNextToIntegersAreTruncated(int fractionBits) {
    FixedFormat dividend = FixedFormat.unsigned(16, 16);
    FixedFormat divisor = FixedFormat.unsigned(16, 16 - fractionBits);
    int count = 65_535;
    FixedTensor a = FixedTensor.allocate(dividend, 2 * count);
    FixedTensor b = FixedTensor.allocate(divisor, 2 * count);
    for (int i = 0; i < count; i++) {
      long word = i + 1;
      // The last dividend whose quotient is below the largest k that the dividends reach.
      long k = (65_535L << fractionBits) / word;
      long below = Math.max(0, (k * word - 1) >> fractionBits);
      a.setRaw(2 * i, below);
      a.setRaw(2 * i + 1, Math.min(below + 1, 65_535));
      b.setRaw(2 * i, word);
      b.setRaw(2 * i + 1, word);
    }
    FixedFormat quotient = dividend.dividedBy(divisor);
    FixedTensor result = FixedTensor.allocate(quotient, 2 * count);
    Elementwise.divide(dividend, divisor, quotient).run(a, b, result);
    for (int i = 0; i < 2 * count; i++) {
      long expected = (a.raw(i) << fractionBits) / b.raw(i);
      assertThat(result.raw(i)).as("%d / %d", a.raw(i), b.raw(i)).isEqualTo(expected);
    }
  }

  /** A divisor of 64 unsigned bits is no negative number, however many words there are. */
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
