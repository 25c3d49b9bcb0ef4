package io.fixlane.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One unit after the other on the same operands. */
class UnitSumsTest {
  private static final FixedFormat WORD = FixedFormat.signed(4, 4);
  private static final FixedFormat SUM = FixedFormat.signed(32, 32);
  private static final int M = 13;
  private static final int K = 70;
  private static final int N = 37;

  @Test
  void eachUnitThatIsExactFormsTheSums() {
    Random random = new Random(1);
    FixedTensor a = Words.tensor(WORD, random, M, K);
    FixedTensor signs = FixedTensor.allocate(WORD, K, N);
    for (long i = 0; i < signs.size(); i++) {
      signs.setRaw(i, 2 * random.nextInt(2) - 1);
    }
    List<Unit> units = new ArrayList<>(DotProducts.usable());
    units.addAll(Unit.OF_WORDS);
    for (Unit unit : units) {
      UnitSums sums = UnitSums.of(unit.label(), WORD, signs);
      if (sums == null) {
        assertThat(unit.needsVectors()).as(unit.label()).isTrue();
      } else {
        FixedTensor target = FixedTensor.allocate(SUM, M, N);
        sums.run(a, target);
        assertSums(unit, a, signs, target);
      }
    }
  }

  private static void assertSums(Unit unit, FixedTensor a, FixedTensor w, FixedTensor target) {
    for (int m = 0; m < M; m++) {
      for (int n = 0; n < N; n++) {
        long sum = 0;
        for (int k = 0; k < K; k++) {
          sum += a.raw((long) m * K + k) * w.raw((long) k * N + n);
        }
        assertThat(target.raw((long) m * N + n)).as("%s, %d, %d", unit, m, n).isEqualTo(sum);
      }
    }
  }

  @Test
  void aUnitThatIsNotExactFormsNone() {
    FixedFormat wide = FixedFormat.signed(20, 20);
    FixedTensor weights = Words.tensor(wide, new Random(1), K, N);
    assertThat(UnitSums.of(Unit.INT16.label(), wide, weights)).isNull();
    assertThat(UnitSums.of("no unit", wide, weights)).isNull();
  }
}
