package io.fixlane.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import com.github.tjake.jlama.tensor.Q8ByteBufferTensor;
import com.github.tjake.jlama.tensor.operations.NaiveTensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our kernels behind Jlama's operations. */
class JlamaTest {
  private final TensorOperations operations = TensorOperationsProvider.get();

  private static FloatBufferTensor floats(long seed, int rows, int columns) {
    Random random = new Random(seed);
    FloatBufferTensor tensor = new FloatBufferTensor(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        tensor.set((float) random.nextGaussian(), row, column);
      }
    }
    return tensor;
  }

  @Test
  void jlamaFindsThem() {
    assertThat(operations).isInstanceOf(JlamaOperations.class);
    assertThat(operations.name()).isEqualTo("Fixlane");
  }

  /** All rows of weights at once, and a part of them, as a thread is given; any part of columns. */
  @ParameterizedTest
  @CsvSource({"1, 256, 96, 0, 96, 0, 256", "32, 128, 40, 0, 40, 0, 128", "5, 128, 64, 16, 32, 0,"
      + " 128",
    "3, 192, 33, 0, 33, 64, 96"})
  void productsAreExactInEachBlock(
      int m, int k, int n, int firstRow, int rows, int column, int columns) {
    Q8ByteBufferTensor a = new Q8ByteBufferTensor(floats(m, m, k));
    Q4ByteBufferTensor b = (Q4ByteBufferTensor) floats(n, n, k).quantize(DType.Q4);
    FloatBufferTensor result = new FloatBufferTensor(m, n);
    operations.batchDotProduct(
        result, a, b, column, column, columns, firstRow, firstRow, rows);

    FloatBufferTensor theirs = new FloatBufferTensor(m, n);
    new NaiveTensorOperations()
        .batchDotProduct(theirs, a, b, column, column, columns, firstRow, firstRow, rows);
    for (int i = 0; i < m; i++) {
      for (int row = firstRow; row < firstRow + rows; row++) {
        float expected = sum(a, b, i, row, column, columns);
        assertThat(result.get(i, row)).isEqualTo(expected);
        assertThat(theirs.get(i, row)).isCloseTo(expected, within(1e-3f));
      }
    }
  }

  /** Sums of integers in each block, and of floats from block to block. */
  private static float sum(
      Q8ByteBufferTensor a, Q4ByteBufferTensor b, int i, int row, int column, int columns) {
    float result = 0;
    for (int block = column; block < column + columns; block += 32) {
      int sum = 0;
      for (int k = block; k < block + 32; k++) {
        byte word = a.getMemorySegment()
            .get(ValueLayout.JAVA_BYTE, a.getMemorySegmentOffset(a.getOffset(i, k)));
        int weight = Math.round(b.get(row, k) / b.getFactorForIndex(row, k));
        assertThat(weight).isBetween(-8, 7);
        sum += word * weight;
      }
      result += a.getFactorForIndex(i, block) * b.getFactorForIndex(row, block) * sum;
    }
    return result;
  }

  /** What is not ours is computed as by Jlama's own. */
  @Test
  void otherProductsAreJlamas() {
    AbstractTensor<?, ?> a = floats(1, 2, 64);
    AbstractTensor<?, ?> b = floats(2, 3, 64);
    FloatBufferTensor result = new FloatBufferTensor(2, 3);
    operations.batchDotProduct(result, a, b, 0, 0, 64);
    double sum = 0;
    for (int k = 0; k < 64; k++) {
      sum += (double) a.get(1, k) * b.get(2, k);
    }
    assertThat((double) result.get(1, 2)).isCloseTo(sum, within(1e-4));
  }
}
