package io.fixlane.cli.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.modes.TransferCurve.Piece;
import io.fixlane.cli.modes.TransferCurve.Point;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A curve goes through what the casts give, and marks its jumps on the right side. */
class TransferCurveTest {
  private static FixedFormat integers(QuantizationMode mode) {
    return FixedFormat.signed(4, 4, mode, OverflowMode.AP_WRAP);
  }

  @Test
  void tiesToEvenTakeTheEvenSide() {
    TransferCurve curve = TransferCurve.ofReals(integers(QuantizationMode.AP_RND_CONV), -1, 2);
    assertThat(curve.pieces()).containsExactly(
        new Piece(new Point(-1, -1), new Point(-0.5, -1)),
        new Piece(new Point(-0.5, 0), new Point(0.5, 0)),
        new Piece(new Point(0.5, 1), new Point(1.5, 1)),
        new Piece(new Point(1.5, 2), new Point(2, 2)));
    assertThat(curve.closed()).containsExactly(new Point(-0.5, 0), new Point(0.5, 0),
        new Point(1.5, 2));
    assertThat(curve.open()).containsExactly(new Point(-0.5, -1), new Point(0.5, 1),
        new Point(1.5, 1));
  }

  @Test
  void truncationTowardZeroIsWideAtZero() {
    TransferCurve curve = TransferCurve.ofReals(integers(QuantizationMode.AP_TRN_ZERO), -1.5, 1.5);
    assertThat(curve.pieces()).contains(new Piece(new Point(-1, 0), new Point(1, 0)));
    assertThat(curve.closed()).containsExactly(new Point(-1, -1), new Point(1, 1));
  }

  /** Sampled far more finely than the curve was built. */
  @ParameterizedTest
  @EnumSource(QuantizationMode.class)
  void everyInputLiesOnTheCurve(QuantizationMode mode) {
    FixedFormat format = integers(mode);
    TransferCurve curve = TransferCurve.ofReals(format, -3, 3);
    for (int i = -3 * 64 + 1; i < 3 * 64; i++) {
      double x = i / 64.0;
      double y = Fixed.of(x).cast(format).toDouble();
      assertThat(curve.pieces()).as("%s at %s", mode, x)
          .anyMatch(piece -> piece.from().x() <= x && x <= piece.to().x() && piece.from().y() == y);
      assertThat(curve.open()).doesNotContain(new Point(x, y));
    }
  }

  @Test
  void integersThatWrapAreNotJoined() {
    TransferCurve curve = TransferCurve.ofIntegers(FixedFormat.signed(4, 4), 6, 9);
    assertThat(curve.closed())
        .containsExactly(new Point(6, 6), new Point(7, 7), new Point(8, -8), new Point(9, -7));
    assertThat(curve.pieces()).containsExactly(
        new Piece(new Point(6, 6), new Point(7, 7)), new Piece(new Point(8, -8), new Point(9, -7)));
  }
}
