package io.fixlane.kernels.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.BinaryGemm;
import io.fixlane.kernels.BitMatrix;
import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.fixture.Formats;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of signs are those of a loop over +1 and -1, whatever the shape. */
@Domain(Formats.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Differential
class BinaryGemmTest {
  private static final FixedFormat SUM = FixedFormat.signed(16, 16);

  private static BitMatrix random(Random random, int rows, int columns) {
    BitMatrix matrix = BitMatrix.allocate(rows, columns);
    // Rows of few and of many +1, so that sums also lie far from 0.
    for (int row = 0; row < rows; row++) {
      double share = random.nextDouble();
      for (int column = 0; column < columns; column++) {
        matrix.set(row, column, random.nextDouble() < share ? 1 : -1);
      }
    }
    return matrix;
  }

  private static int sum(BitMatrix a, int m, BitMatrix weights, int n) {
    int sum = 0;
    for (int k = 0; k < a.columns(); k++) {
      sum += a.sign(m, k) * weights.sign(n, k);
    }
    return sum;
  }

  @Property(tries = 200)
  void sumsAreCastOnce(
      @ForAll @IntRange(min = 1, max = 200) int m, @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 200) int k, @ForAll FixedFormat result,
      @ForAll Random random) {
    BitMatrix a = random(random, m, k);
    BitMatrix weights = random(random, n, k);
    FixedTensor target = FixedTensor.allocate(result, m, n);
    BinaryGemm plan = BinaryGemm.of(weights.transpose(), result);
    plan.run(a, target);
    BigInteger[] cast = new BigInteger[2 * k + 1];
    for (int sum = -k; sum <= k; sum++) {
      cast[k + sum] = Fixed.ofRaw(FixedFormat.signed(10, 10), sum).cast(result).raw();
    }
    Words.assertWords(plan, target, i -> cast[k + sum(a, i / n, weights, i % n)]);
  }

  @Property(tries = 200)
  void signsSayWhetherSumsReachTheirThreshold(
      @ForAll @IntRange(min = 1, max = 200) int m, @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 200) int k, @ForAll Random random) {
    BitMatrix a = random(random, m, k);
    BitMatrix weights = random(random, n, k);
    int[] thresholds = new int[n];
    for (int j = 0; j < n; j++) {
      // More often than not just a sum, or one more.
      thresholds[j] = random.nextInt(4) == 0
          ? random.nextInt()
          : sum(a, random.nextInt(m), weights, j) + random.nextInt(2);
    }
    BitMatrix expected = BitMatrix.allocate(m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        expected.set(i, j, sum(a, i, weights, j) >= thresholds[j] ? 1 : -1);
      }
    }
    BitMatrix target = random(random, m, n);
    BinaryGemm.of(weights.transpose(), thresholds).run(a, target);
    assertThat(target.contentEquals(expected)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 9, 63", "6, 33, 64", "7, 31, 65", "130, 70, 129", "3, 5000, 70"})
  void allAgreeOrNoneDo(int m, int n, int k) {
    BitMatrix minus = BitMatrix.allocate(m, k);
    BitMatrix plus = BitMatrix.signs(FixedTensor.allocate(SUM, m, k));
    BitMatrix weights = BitMatrix.signs(FixedTensor.allocate(SUM, n, k));
    FixedTensor target = FixedTensor.allocate(SUM, m, n);
    BinaryGemm plan = BinaryGemm.of(weights.transpose(), SUM);
    plan.run(plus, target);
    Words.assertWords(plan, target, i -> BigInteger.valueOf(k));
    plan.run(minus, target);
    Words.assertWords(plan, target, i -> BigInteger.valueOf(-k));
  }

  @Test
  void thresholdsBeyondAllSums() {
    BitMatrix a = BitMatrix.allocate(1, 3);
    BitMatrix weights = BitMatrix.allocate(5, 3);
    BitMatrix target = BitMatrix.allocate(1, 5);
    BinaryGemm.of(weights.transpose(), Integer.MIN_VALUE, -3, 3, 4, Integer.MAX_VALUE).run(a,
        target);
    int[] expected = {1, 1, 1, -1, -1};
    for (int n = 0; n < 5; n++) {
      assertThat(target.sign(0, n)).as("output %d", n).isEqualTo(expected[n]);
    }
  }

  @Test
  void noRows() {
    FixedTensor none = FixedTensor.allocate(SUM, 0, 2);
    BinaryGemm.of(BitMatrix.allocate(3, 2), SUM).run(BitMatrix.allocate(0, 3), none);
    assertThat(none.size()).isZero();
  }

  @Test
  void whatIsRefused() {
    BitMatrix a = BitMatrix.allocate(2, 3);
    BitMatrix weights = BitMatrix.allocate(4, 3);
    BinaryGemm sums = BinaryGemm.of(weights.transpose(), SUM);
    BinaryGemm signs = BinaryGemm.of(weights.transpose(), 0, 0, 0, 0);
    BitMatrix bits = BitMatrix.allocate(2, 4);
    assertRefused(() -> BinaryGemm.of(weights.transpose(), 1, 2),
        "thresholds has 2 numbers: it must have 4, one for each column of weights");
    assertRefused(() -> BinaryGemm.of(weights.transpose(), FixedFormat.signed(65, 5)),
        "ap_fixed<65,5> is wider than 64 bits: kernels hold words of at most 64 bits");
    assertRefused(() -> sums.run(bits, FixedTensor.allocate(SUM, 2, 4)),
        "a has 4 columns: it must have 3, as the weights");
    assertRefused(() -> sums.run(a, FixedTensor.allocate(SUM, 2, 3)),
        "target has the shape [2, 3]: it must be [2, 4]");
    assertRefused(() -> sums.run(a, FixedTensor.allocate(FixedFormat.signed(8, 8), 2, 4)),
        "target has the format ap_fixed<8,8>: the plan's is ap_fixed<16,16>");
    MemorySegment readOnly = MemorySegment.ofArray(new short[8]).asReadOnly();
    assertRefused(() -> sums.run(a, FixedTensor.of(SUM, readOnly, 2, 4)),
        "target is read-only: it must be writable");
    assertRefused(() -> sums.run(a, bits),
        "target is a BitMatrix: a plan without thresholds takes a tensor there");
    assertRefused(() -> signs.run(a, FixedTensor.allocate(SUM, 2, 4)),
        "target is a tensor: a plan with thresholds takes a BitMatrix there");
    assertRefused(() -> signs.run(a, a), "target has 2 x 3 signs: it must have 2 x 4");
    BinaryGemm square = BinaryGemm.of(BitMatrix.allocate(3, 3), 0, 0, 0);
    assertRefused(() -> square.run(a, a),
        "a and target are one matrix: target must be another");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void explainSaysHow() {
    String how = BinaryGemm.of(BitMatrix.allocate(70, 3), SUM).explain();
    assertThat(how).startsWith("m x 70 signs times 70 x 3, ").endsWith(" -> ap_fixed<16,16>");
    String asked = System.getProperty("fixlane.vectorBits", "0");
    assertThat(how).contains(asked.equals("0")
        ? ", scalar, tiles of 4 x 4, weights in 64 bytes"
        : ", vectors of " + asked + " bits, tiles of 4 x ");
  }
}
