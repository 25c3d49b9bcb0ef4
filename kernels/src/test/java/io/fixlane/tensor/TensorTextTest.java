package io.fixlane.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import org.junit.jupiter.api.Test;

/** The table of a tensor, at each rank. */
class TensorTextTest {
  private static final FixedFormat INTEGER = FixedFormat.signed(16, 16);

  @Test
  void aScalarIsOneCell() {
    assertThat(counting()).hasToString("""
        ap_fixed<16,16> []
          0""");
  }

  @Test
  void aVectorIsOneRow() {
    assertThat(counting(8)).hasToString("""
        ap_fixed<16,16> [8]
          0  1  2  3  4  5  6  7""");
    assertThat(counting(1000)).hasToString("""
        ap_fixed<16,16> [1000]
            0    1    2  ...  997  998  999""");
  }

  @Test
  void theMiddleOfALongDimensionIsLeftOut() {
    assertThat(counting(10, 9)).hasToString("""
        ap_fixed<16,16> [10, 9]
           0   1   2  ...   6   7   8
           9  10  11  ...  15  16  17
          18  19  20  ...  24  25  26
          ...
          63  64  65  ...  69  70  71
          72  73  74  ...  78  79  80
          81  82  83  ...  87  88  89""");
  }

  @Test
  void aMatrixOfMoreDimensionsStandsUnderItsIndex() {
    assertThat(counting(2, 1, 3)).hasToString("""
        ap_fixed<16,16> [2, 1, 3]
        [0]
          0  1  2
        [1]
          3  4  5""");
    assertThat(counting(3, 3, 1, 2)).hasToString("""
        ap_fixed<16,16> [3, 3, 1, 2]
        [0, 0]
           0   1
        [0, 1]
           2   3
        [0, 2]
           4   5
        ...
        [2, 0]
          12  13
        [2, 1]
          14  15
        [2, 2]
          16  17""");
  }

  @Test
  void valuesAreDecimalsOfEightDigits() {
    FixedTensor tensor = FixedTensor.of(FixedFormat.signed(64, 2),
        new long[] {1L << 62, -1, Long.MAX_VALUE, 3L << 55}, 2, 2);
    assertThat(tensor).hasToString("""
        ap_fixed<64,2> [2, 2]
                       1  -2.1684043E-19
                       2       0.0234375""");
    assertThat(FixedTensor.of(FixedFormat.unsigned(64, 64), new long[] {-1, 100}, 2))
        .hasToString("""
            ap_ufixed<64,64> [2]
              1.8446744E+19            100""");
  }

  @Test
  void aWordOutOfRangeIsShownAsItIs() {
    assertThat(FixedTensor.of(FixedFormat.signed(4, 4), new byte[] {100}, 1)).hasToString("""
        ap_fixed<4,4> [1]
          100""");
  }

  @Test
  void anEmptyTensorHasNoTable() {
    assertThat(counting(3, 0)).hasToString("ap_fixed<16,16> [3, 0]");
  }

  private static FixedTensor counting(int... shape) {
    FixedTensor tensor = FixedTensor.allocate(INTEGER, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, i);
    }
    return tensor;
  }
}
