package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.fixture.BinaryOperation;
import io.fixlane.kernels.fixture.ScaledTries;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations whose exact results need more than 64 bits. */
class ElementwiseWideTest {
  /** The ends of words of 64 bits, and some near them and near zero; none is zero. */
  private static List<BigInteger> ends(FixedFormat format) {
    BigInteger second = format.signed() ? BigInteger.ONE.negate() : BigInteger.TEN;
    return List.of(
        format.signed() ? format.minRaw() : BigInteger.TWO, second, BigInteger.ONE,
        BigInteger.TWO.pow(32), BigInteger.TWO.pow(62).add(BigInteger.TEN),
        format.maxRaw().subtract(BigInteger.ONE), format.maxRaw());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("property")
  void theEndsOfWordsOf64BitsInEveryMode(BinaryOperation operation) {
    for (FixedFormat a : formats()) {
      for (FixedFormat b : formats()) {
        int ends = ends(b).size();
        FixedTensor first = FixedTensor.allocate(a, ends, ends);
        FixedTensor second = FixedTensor.allocate(b, ends, ends);
        for (int i = 0; i < first.size(); i++) {
          first.setRaw(i, ends(a).get(i / ends).longValue());
          second.setRaw(i, ends(b).get(i % ends).longValue());
        }
        checkModes(
            result -> operation.plan(a, b, result), first, second, operation::exact,
            operation.exact(first.value(0), second.value(0)).format());
      }
    }
  }

  private static List<FixedFormat> formats() {
    return List.of(
        FixedFormat.signed(64, 60), FixedFormat.unsigned(64, 60), FixedFormat.signed(64, 64));
  }

  /** Checks results that keep some of the bits of the exact ones at both ends, in every mode. */
  private static void checkModes(
      Function<FixedFormat, Elementwise> operation, FixedTensor a, FixedTensor b,
      BiFunction<Fixed, Fixed, Fixed> exact, FixedFormat format) {
    int counted = 0;
    for (QuantizationMode quantization : QuantizationMode.values()) {
      for (OverflowMode overflow : OverflowMode.values()) {
        for (int n = 0; n <= (overflow.wraps() ? 2 : 0); n++) {
          for (int width : new int[] {8, 64}) {
            if (!ScaledTries.isTried(counted++)) {
              continue;
            }
            FixedFormat result = new FixedFormat(
                true, width, width - Math.max(format.fractionBits() - 2, 0), quantization, overflow,
                n);
            check(operation.apply(result), a, b, exact, result);
            FixedFormat high =
                new FixedFormat(true, width, format.integerBits() - 3, quantization, overflow, n);
            check(operation.apply(high), a, b, exact, high);
          }
        }
      }
    }
  }

  private static void check(
      Elementwise plan, FixedTensor a, FixedTensor b, BiFunction<Fixed, Fixed, Fixed> exact,
      FixedFormat result) {
    FixedTensor words = FixedTensor.allocate(result, a.shape());
    plan.run(a, b, words);
    Words.assertWords(plan, words,
        i -> exact.apply(a.value(i), b.value(i)).cast(result).raw());
  }

  @Test
  void theRangeOfValuesBeyond64BitsIsExact() {
    FixedFormat word = FixedFormat.unsigned(64, 64);
    FixedFormat result = FixedFormat.parse("ap_ufixed<8,8,AP_TRN,AP_SAT>");
    FixedTensor a = FixedTensor.of(word, new long[] {-1, 0, 3}, 3);
    Elementwise square = Elementwise.multiply(word, word, result);
    CastStatistics statistics = square.newStatistics();
    FixedTensor words = FixedTensor.allocate(result, 3);
    square.run(a, a, words, statistics);
    assertThat(words.raw(0)).isEqualTo(255);
    assertThat(words.raw(2)).isEqualTo(9);
    assertThat(statistics).hasToString(
        "3 words: 1 overflowed high, 0 overflowed low, 0 lost bits;"
            + " values 0 to 340282366920938463426481119284349108225");
    CastStatistics more = square.newStatistics();
    more.merge(statistics);
    assertThat(more.max()).isEqualTo(statistics.max());
  }

  @Test
  void aPlanSaysThatItComputesOneByOne() {
    FixedFormat word = FixedFormat.signed(64, 64);
    assertThat(Elementwise.add(word, word, word).explain()).endsWith(": scalar, in 128 bits");
  }
}
