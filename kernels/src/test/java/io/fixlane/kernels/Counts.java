package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.reference.ReferenceCast.Overflow;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What {@link CastStatistics} must say, counted from the reference's casts. */
final class Counts {
  private long words;
  private long high;
  private long low;
  private long inexact;
  private BigDecimal min = BigDecimal.ZERO;
  private BigDecimal max = BigDecimal.ZERO;

  /** Casts an exact value, counts it and returns the word. */
  BigInteger cast(Fixed value, FixedFormat target) {
    ReferenceCast cast = ReferenceCast.of(value.raw(), value.format().fractionBits(), target);
    high += cast.overflow() == Overflow.HIGH ? 1 : 0;
    low += cast.overflow() == Overflow.LOW ? 1 : 0;
    inexact += cast.halfBit() || cast.stickyBit() ? 1 : 0;
    BigDecimal exact = value.toBigDecimal();
    min = words == 0 ? exact : min.min(exact);
    max = words == 0 ? exact : max.max(exact);
    words++;
    return cast.result().raw();
  }

  void assertCounted(Object plan, CastStatistics statistics) {
    assertThat(statistics.words()).as("%s: words", plan).isEqualTo(words);
    assertThat(statistics.overflowedHigh()).as("%s: high", plan).isEqualTo(high);
    assertThat(statistics.overflowedLow()).as("%s: low", plan).isEqualTo(low);
    assertThat(statistics.inexact()).as("%s: inexact", plan).isEqualTo(inexact);
    if (words > 0) {
      assertThat(statistics.min()).as("%s: min", plan).isEqualByComparingTo(min);
      assertThat(statistics.max()).as("%s: max", plan).isEqualByComparingTo(max);
    }
  }
}
