package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Staircases step where a value reaches a threshold, and refuse what is none. */
@Domain(Values.class)
class ReferenceThresholdTest {
  private static final FixedFormat S4 = FixedFormat.signed(4, 4);
  private static final FixedFormat U8 = FixedFormat.unsigned(8, 8);
  private static final Fixed ONE = Fixed.ofRaw(S4, 1);
  private static final Fixed TWO = Fixed.ofRaw(S4, 2);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Property
  void theStepIsAtTheThreshold(@ForAll Fixed threshold, @ForAll FixedFormat format) {
    ReferenceThreshold sign = new ReferenceThreshold(List.of(threshold), ONE, BigInteger.TWO);
    BigInteger first = threshold.ceilingIn(format);
    if (format.contains(first)) {
      assertThat(sign.apply(new Fixed(format, first)).raw()).isEqualTo(3);
    }
    if (format.contains(first.subtract(BigInteger.ONE))) {
      BigInteger below = first.subtract(BigInteger.ONE);
      assertThat(sign.apply(new Fixed(format, below)).raw()).isEqualTo(1);
    }
  }

  @Test
  void theSameThresholdTwiceIsAStepOfTwo() {
    ReferenceThreshold descending = new ReferenceThreshold(List.of(ONE, ONE, TWO),
        Fixed.ofRaw(U8, 200), BigInteger.valueOf(-50));
    assertThat(IntStream.rangeClosed(0, 3)
        .map(raw -> descending.apply(Fixed.ofRaw(S4, raw)).raw().intValue()))
        .containsExactly(200, 100, 50, 50);
    assertThat(descending.result()).isEqualTo(U8);
  }

  @Test
  void whatIsNoStaircase() {
    Fixed start = Fixed.ofRaw(U8, 250);
    assertRefused(() -> new ReferenceThreshold(List.of(), start, BigInteger.ONE),
        "thresholds has no value: it must have one at least");
    assertRefused(() -> new ReferenceThreshold(List.of(TWO, ONE), start, BigInteger.ONE),
        "thresholds has 1 (ap_fixed<4,4> raw 1, 0001) at 1: it must not be below the one before"
            + " it, 2 (ap_fixed<4,4> raw 2, 0010)");
    assertRefused(() -> new ReferenceThreshold(List.of(ONE, TWO), start, BigInteger.valueOf(3)),
        "the last of 2 steps of 3 from 250 is 256: it is out of range for ap_ufixed<8,8>");
  }
}
