package io.fixlane.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.Differential;
import io.fixlane.kernels.tiles.FloatProduct.Matrix;
import io.fixlane.kernels.tiles.FloatProduct.Panels;
import io.fixlane.kernels.tiles.FloatProduct.Rows;
import io.fixlane.kernels.tiles.FloatProduct.Sliding;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Products of floats are summed in one order at every vector width: blocks of 512 fused
 * multiply-adds from 0, one block after the other.
 */
@Differential
class FloatProductTest {
  private static final int BLOCK = 512;

  @Property(tries = 300)
  void bitsOfTheLoop(
      @ForAll @IntRange(min = 1, max = 40) int m,
      @ForAll @IntRange(min = 1, max = 90) int n,
      @ForAll @IntRange(min = 1, max = 40) int few,
      @ForAll boolean deep, @ForAll boolean aTransposed, @ForAll boolean bTransposed,
      @ForAll long seed) {
    int k = deep ? few * 37 : few;
    Random random = new Random(seed);
    Matrix a = matrix(random, m, k, aTransposed);
    Matrix b = matrix(random, k, n, bTransposed);
    Matrix c = matrix(random, m, n, false);
    float[] expected = c.data().clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = c.offset() + i * c.rowStride() + j;
        expected[at] = sum(a, b, i, j);
      }
    }
    FloatProduct.multiply(a, b, c);
    assertThat(c.data()).containsExactly(expected);
  }

  /** Rows and steps that lie anywhere, over each other too, are one chain of multiply-adds. */
  @Property(tries = 300)
  void rowsThatLieAnywhere(
      @ForAll @IntRange(min = 1, max = 30) int m,
      @ForAll @IntRange(min = 1, max = 90) int n,
      @ForAll @IntRange(min = 1, max = 5) int runs,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 3) int stride, @ForAll boolean slides, @ForAll long seed) {
    Random random = new Random(seed);
    Matrix around = matrix(random, 40, 40, false);
    int room = around.data().length - length * stride;
    Rows a = new Rows(around.data(), 3, places(random, m, room / 2 - 3),
        places(random, runs, room / 2), length, stride);
    Matrix c = matrix(random, m, n, false);
    float[] expected = c.data().clone();
    Matrix b = matrix(random, runs * length, n, random.nextBoolean());
    Matrix far = matrix(random, 50, 40, false);
    int reach = length * stride + n + FloatProduct.slack(n) + 5;
    Sliding lying =
        new Sliding(far.data(), 5, places(random, runs, far.data().length - reach), stride);
    boolean add = slides || random.nextBoolean();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int k = 0; k < runs * length; k++) {
          int run = k / length;
          int step = k % length * stride;
          float right = slides
              ? far.data()[5 + lying.runs()[run] + step + j]
              : at(b, k, j);
          sum = Math.fma(around.data()[3 + a.rows()[i] + a.runs()[run] + step], right, sum);
        }
        int at = c.offset() + i * c.rowStride() + j;
        expected[at] = add ? sum + expected[at] : sum;
      }
    }
    if (slides) {
      FloatProduct.multiplyAdd(a, lying, c);
    } else {
      float[] memory = new float[Panels.size(b.rows(), n)];
      FloatProduct.multiply(a, 0, Panels.of(b, memory), c, add);
    }
    assertThat(c.data()).containsExactly(expected);
  }

  private static int[] places(Random random, int count, int bound) {
    return random.ints(count, 0, bound).toArray();
  }

  private static float sum(Matrix a, Matrix b, int i, int j) {
    float total = 0;
    for (int start = 0; start < a.columns(); start += BLOCK) {
      float sum = 0;
      for (int k = start; k < Math.min(a.columns(), start + BLOCK); k++) {
        sum = Math.fma(at(a, i, k), at(b, k, j), sum);
      }
      total = sum + total;
    }
    return total;
  }

  private static float at(Matrix matrix, int i, int j) {
    return matrix.data()[matrix.offset() + i * matrix.rowStride() + j * matrix.columnStride()];
  }

  /** Makes a matrix with numbers around it that must stay. */
  private static Matrix matrix(Random random, int rows, int columns, boolean transposed) {
    int stride = (transposed ? rows : columns) + random.nextInt(3);
    int offset = random.nextInt(4);
    float[] data = new float[offset + stride * (transposed ? columns : rows) + 3];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat() - 0.5f;
    }
    return new Matrix(
        data, offset, rows, columns, transposed ? 1 : stride, transposed ? stride : 1);
  }
}
