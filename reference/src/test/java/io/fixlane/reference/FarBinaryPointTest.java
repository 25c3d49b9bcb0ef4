package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/**
 * Between binary points so far apart that no number holds both, a cast is decided by signs and the
 * distance alone.
 */
class FarBinaryPointTest {
  private static final int LEAST = FixedFormat.MAX_WIDTH - Integer.MAX_VALUE;

  /** Formats of few bits with I at an end of int, or near 0. */
  @Provide
  Arbitrary<FixedFormat> formats() {
    Arbitrary<Integer> places = Arbitraries.oneOf(
        Arbitraries.integers().between(LEAST, LEAST + 9),
        Arbitraries.integers().between(Integer.MAX_VALUE - 9, Integer.MAX_VALUE),
        Arbitraries.of(-1_000_000_000, 0, 1_000_000_000));
    return Combinators.combine(
        Arbitraries.integers().between(1, 9), places, Arbitraries.of(QuantizationMode.class),
        Arbitraries.of(OverflowMode.class), Arbitraries.of(true, false))
        .as((w, i, q, o, signed) -> new FixedFormat(
            signed || !o.servesUnsigned(), w, i, q, o, 0));
  }

  @Provide
  Arbitrary<Fixed> words() {
    return Values.of(formats());
  }

  @Property
  void aCastIsDecidedByTheDistance(
      @ForAll("words") Fixed x, @ForAll("formats") FixedFormat target) {
    long dropped = (long) x.format().fractionBits() - target.fractionBits();
    BigInteger raw = x.cast(target).raw();
    if (x.raw().signum() == 0) {
      assertThat(raw).isZero();
    } else if (dropped > 20) {
      assertThat(raw).isEqualTo(roundedFromNearZero(x.raw().signum() < 0, target));
    } else if (dropped < -20) {
      assertThat(raw).isEqualTo(overflowedFromFarAway(x.raw().signum() < 0, target));
    } else {
      BigInteger q = Rationals.quantize(
          new BigFraction(x.raw())
              .multiply(Rationals.powerOfTwo((int) -dropped)),
          target.quantization());
      if (target.overflow() == OverflowMode.AP_SAT && !x.format().equals(target)) {
        assertThat(raw).isEqualTo(Rationals.clamp(q, target));
      }
    }
  }

  /** Less than half a step: truncation alone leaves zero, below it. */
  private static BigInteger roundedFromNearZero(boolean negative, FixedFormat target) {
    if (!negative || target.quantization() != QuantizationMode.AP_TRN) {
      return BigInteger.ZERO;
    }
    BigInteger below = BigInteger.ONE.negate();
    if (target.signed()) {
      return below;
    }
    return target.overflow() == OverflowMode.AP_WRAP ? target.maxRaw() : BigInteger.ZERO;
  }

  /** All low bits are 0, and so is the one above the word. */
  private static BigInteger overflowedFromFarAway(boolean negative, FixedFormat target) {
    return switch (target.overflow()) {
      case AP_SAT -> negative ? target.minRaw() : target.maxRaw();
      case AP_SAT_SYM -> {
        boolean lowest = negative && target.signed();
        yield !negative
            ? target.maxRaw()
            : lowest && target.width() > 1 ? target.maxRaw().negate() : target.minRaw();
      }
      case AP_SAT_ZERO, AP_WRAP, AP_WRAP_SM -> BigInteger.ZERO;
    };
  }

  @Property
  void shiftsAndComparisonsComeBackAtOnce(@ForAll("words") Fixed x, @ForAll("words") Fixed y) {
    assertThat(x.shiftRight(Integer.MIN_VALUE).raw()).isZero();
    assertThat(x.shiftLeft(Integer.MIN_VALUE).raw()).isEqualTo(x.raw().shiftRight(10));
    assertThat(x.compareTo(y)).isEqualTo(-y.compareTo(x));
    assertThat(Math.signum(x.toDouble())).isIn(0.0, -0.0, (double) x.raw().signum());
  }

  @Test
  void anAverageOfFarWordsIsCastByTheDistance() {
    FixedFormat far = FixedFormat.signed(8, Integer.MAX_VALUE);
    ReferencePool2d pool = new ReferencePool2d(ImageShape.of(1, 3, 1), Window.of(1, 3));
    List<Fixed> x = List.of(Fixed.ofRaw(far, 1), Fixed.ofRaw(far, 1), Fixed.ofRaw(far, 2));
    assertThat(pool.average(x, far)).containsExactly(Fixed.ofRaw(far, 1));
    FixedFormat farther = FixedFormat.parse("ap_fixed<8,2147483647,AP_RND>");
    FixedFormat fine = FixedFormat.signed(8, LEAST);
    List<Fixed> small = List.of(Fixed.ofRaw(fine, 1), Fixed.ofRaw(fine, 1), Fixed.ofRaw(fine, 2));
    assertThat(pool.average(small, farther)).containsExactly(Fixed.ofRaw(farther, 0));
    assertThatThrownBy(() -> pool.average(x, fine)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a fraction is cast into at most");
  }

  @Test
  void aPaddedImageBeyondIntIsRefused() {
    int kernel = 1 << 30;
    ImageShape image = ImageShape.of(1, 2, 1);
    Window window = Window.of(1, kernel).withStride(1, Integer.MAX_VALUE);
    FixedFormat word = FixedFormat.signed(4, 4);
    assertThat(new ReferencePool2d(image, window.withPadding(0, kernel - 2))
        .max(List.of(Fixed.ofRaw(word, 1), Fixed.ofRaw(word, 2))))
        .containsExactly(Fixed.ofRaw(word, 2));
    assertThatThrownBy(
        () -> new ReferencePool2d(image, window.withPadding(0, kernel - 1)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(
            "the padded image has 2147483648 columns: it must have at most 2147483647");
  }
}
