package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.ReferenceCast.Overflow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a format says of its overflow mode is what the cast of integers into it does. */
class ModeAnswersTest {
  private static final int MOST_BITS = 4;
  private static final int FAR = 1 << MOST_BITS + 2;

  static Stream<FixedFormat> formats() {
    List<FixedFormat> formats = new ArrayList<>();
    for (OverflowMode mode : OverflowMode.values()) {
      for (int width = 1; width <= MOST_BITS; width++) {
        for (int n = 0; n <= width; n++) {
          formats.add(format(true, width, mode, n));
          if (mode.servesUnsigned()) {
            formats.add(format(false, width, mode, n));
          }
        }
      }
    }
    return formats.stream();
  }

  private static FixedFormat format(boolean signed, int width, OverflowMode mode, int n) {
    return new FixedFormat(signed, width, width, QuantizationMode.DEFAULT, mode, n);
  }

  private static Stream<ReferenceCast> casts(FixedFormat format) {
    return IntStream.rangeClosed(-FAR, FAR)
        .mapToObj(v -> ReferenceCast.of(BigInteger.valueOf(v), 0, format));
  }

  private static BigInteger word(ReferenceCast cast) {
    return cast.result().raw();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsKeptStaysAsItIs(FixedFormat format) {
    assertThat(casts(format)).allSatisfy(cast -> {
      boolean kept = format.keeps(cast.quantized());
      assertThat(kept).isEqualTo(cast.overflow() == Overflow.NONE);
      assertThat(kept).isEqualTo(cast.quantized().compareTo(format.minKeptRaw()) >= 0
          && cast.quantized().compareTo(format.maxKeptRaw()) <= 0);
      if (kept) {
        assertThat(word(cast)).isEqualTo(cast.quantized());
      }
    });
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aModeThatClampsGivesTheNearestWord(FixedFormat format) {
    boolean nearest = casts(format).allMatch(cast -> word(cast).equals(
        cast.quantized().max(format.minKeptRaw()).min(format.maxKeptRaw())));
    // Of few bits the nearest word can be what another mode gives, too.
    assertThat(nearest || !format.overflow().clamps()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aModeThatDoesNotWrapHasOneWordForEachSide(FixedFormat format) {
    for (Overflow side : List.of(Overflow.HIGH, Overflow.LOW)) {
      long words = casts(format).filter(cast -> cast.overflow() == side)
          .map(ModeAnswersTest::word).distinct().count();
      assertThat(words <= 1 || format.overflow().wraps()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aModularFormatKeepsTheLowBitsAlone(FixedFormat format) {
    assertThat(casts(format).allMatch(cast -> word(cast).equals(format.wrap(cast.quantized()))))
        .isEqualTo(format.isModular());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFormatThatRectifiesHasNothingButZeroForWhatIsNegative(FixedFormat format) {
    assertThat(casts(format).filter(ReferenceCast::negative)
        .allMatch(cast -> word(cast).signum() == 0)).isEqualTo(format.rectifies());
  }
}
