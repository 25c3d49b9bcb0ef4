package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.fixture.ScaledTries;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every word of every format of at most 8 bits is cast as the reference casts it into every format
 * of at most 6 bits: I in -2..W+2, every quantization and overflow mode, every N.
 *
 * <p>Casts into destinations that differ only in where the two binary points lie, but not in their
 * distance, are one: each is made once.
 */
class CastExhaustiveTest {
  private static final int SOURCE_WIDTH = 8;
  private static final int TARGET_WIDTH = 6;
  private static final int SLICE = 61;

  /** The distances F_source - F_target that formats with I in -2..W+2 have: F is in -2..W+2. */
  private static void check(IntPredicate which) {
    int counted = 0;
    for (int width = 1; width <= SOURCE_WIDTH; width++) {
      for (boolean signed : new boolean[] {true, false}) {
        for (FixedFormat target : targets()) {
          for (int shift = -2 - (target.width() + 2); shift <= width + 2 + 2; shift++) {
            if (which.test(counted++)) {
              int fraction = target.fractionBits() + shift;
              check(new FixedFormat(signed, width, width - fraction, QuantizationMode.AP_TRN,
                  OverflowMode.AP_WRAP, 0), target);
            }
          }
        }
      }
    }
  }

  private static List<FixedFormat> targets() {
    List<FixedFormat> targets = new ArrayList<>();
    for (int width = 1; width <= TARGET_WIDTH; width++) {
      for (QuantizationMode quantization : QuantizationMode.values()) {
        for (OverflowMode overflow : OverflowMode.values()) {
          for (int n = 0; n <= (overflow.wraps() ? width : 0); n++) {
            targets.add(new FixedFormat(true, width, 1, quantization, overflow, n));
            if (overflow.servesUnsigned()) {
              targets.add(new FixedFormat(false, width, 1, quantization, overflow, n));
            }
          }
        }
      }
    }
    return targets;
  }

  private static void check(FixedFormat source, FixedFormat target) {
    int words = 1 << source.width();
    FixedTensor from = FixedTensor.allocate(source, words);
    for (int i = 0; i < words; i++) {
      from.setRaw(i, source.minRaw().longValueExact() + i);
    }
    FixedTensor to = FixedTensor.allocate(target, words);
    Cast.of(source, target).run(from, to);
    for (int i = 0; i < words; i++) {
      BigInteger raw = BigInteger.valueOf(from.raw(i));
      BigInteger expected =
          ReferenceCast.of(raw, source.fractionBits(), target).result().raw();
      if (to.raw(i) != expected.longValueExact()) {
        assertThat(to.raw(i)).as("raw %s of %s into %s", raw, source, target)
            .isEqualTo(expected.longValueExact());
      }
    }
  }

  @Test
  @Tag("property")
  void aSliceOfAllFormatsIsCastAsTheReferenceCastsIt() {
    check(i -> i % SLICE == 0 && ScaledTries.isTried(i / SLICE));
  }

  @Test
  @Tag("exhaustive")
  void allFormatsAreCastAsTheReferenceCastsThem() {
    check(_ -> true);
  }
}
