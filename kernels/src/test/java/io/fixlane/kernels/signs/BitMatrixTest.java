package io.fixlane.kernels.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.BitMatrix;
import io.fixlane.kernels.Signs;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Place;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Signs of words, and of bits without gaps, are what the matrix holds, and no bits else. */
@Domain(Formats.class)
@Domain(Place.Places.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class BitMatrixTest {
  private static final FixedFormat BIT = FixedFormat.unsigned(1, 1);

  @Property(tries = 300)
  void signsOfWordsOfAnyFormat(
      @ForAll FixedFormat format, @ForAll Place place,
      @ForAll @IntRange(min = 0, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 300) int columns, @ForAll Random random) {
    FixedTensor x = Words.fill(
        place.range(format, place.memory(format, rows * columns, random), rows * columns), random)
        .reshape(rows, columns);
    BitMatrix signs = BitMatrix.signs(x);
    BitMatrix expected = BitMatrix.allocate(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int sign = x.get(row, column).raw().signum() < 0 ? -1 : 1;
        expected.set(row, column, sign);
        assertThat(signs.sign(row, column)).isEqualTo(sign);
      }
    }
    // Nor is a bit behind the last of a row set.
    assertThat(signs.contentEquals(expected)).isTrue();
  }

  @Test
  void rowsLongerThanThePartsThatAreTakenAtATime() {
    int columns = 2 * BinaryWork.SIGNS + 70;
    FixedTensor x = Words.tensor(FixedFormat.signed(9, 3), new Random(1), 3, columns);
    BitMatrix signs = BitMatrix.signs(x);
    for (int i = 0; i < x.size(); i++) {
      assertThat(signs.sign(i / columns, i % columns)).isEqualTo(x.raw(i) < 0 ? -1 : 1);
    }
  }

  @Property(tries = 100)
  void bitsWithoutGapsAndColumnsAsRows(
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 140) int columns, @ForAll Random random) {
    FixedTensor bits = Words.tensor(BIT, random, rows, columns);
    BitMatrix matrix = BitMatrix.of(BitPackedTensor.pack(bits));
    BitMatrix transposed = matrix.transpose();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int sign = bits.raw((long) row * columns + column) == 1 ? 1 : -1;
        assertThat(matrix.sign(row, column)).isEqualTo(sign);
        assertThat(transposed.sign(column, row)).isEqualTo(sign);
      }
    }
    assertThat(transposed.transpose().contentEquals(matrix)).isTrue();
  }

  @Test
  void theLastDimensionIsARow() {
    BitMatrix matrix = BitMatrix.signs(FixedTensor.allocate(BIT, 2, 3, 65));
    assertThat(matrix.rows()).isEqualTo(6);
    assertThat(matrix.columns()).isEqualTo(65);
    assertThat(matrix).hasToString("6 x 65 signs in 96 bytes");
  }

  @Test
  void whatIsRefused() {
    assertRefused(() -> BitMatrix.allocate(-1, 3), "rows is -1: it must be at least 0");
    assertRefused(() -> BitMatrix.allocate(3, 0), "columns is 0: it must be at least 1");
    assertRefused(() -> BitMatrix.allocate(Integer.MAX_VALUE, 65),
        "the signs take an array of 4294967300 longs: an array holds at most 2147483639");
    String rule = ": its last dimension must be a row of a sign or more, the ones before at most"
        + " 2147483647 rows";
    assertRefused(() -> BitMatrix.signs(FixedTensor.allocate(BIT)), "x has the shape []" + rule);
    assertRefused(() -> BitMatrix.signs(FixedTensor.allocate(BIT, 3, 0)),
        "x has the shape [3, 0]" + rule);
    BitPackedTensor signed =
        BitPackedTensor.pack(FixedTensor.allocate(FixedFormat.signed(1, 1), 2));
    assertRefused(() -> BitMatrix.of(signed), "x has the format ap_fixed<1,1>:"
        + " bits of signs are unsigned words of 1 bit, such as ap_ufixed<1,1>");
    BitMatrix matrix = BitMatrix.allocate(2, 3);
    assertRefused(() -> matrix.set(0, 0, 0), "sign is 0: it must be 1 or -1");
    assertRefused(() -> Signs.of(BIT).run(FixedTensor.allocate(BIT, 5), matrix),
        "x has 5 words: target has 2 x 3 signs");
    assertRefused(() -> Signs.of(FixedFormat.signed(2, 1))
        .run(FixedTensor.allocate(BIT, 2, 3), matrix),
        "x has the format ap_ufixed<1,1>: the plan's is ap_fixed<2,1>");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> matrix.sign(2, 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> matrix.set(0, 3, 1));
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
