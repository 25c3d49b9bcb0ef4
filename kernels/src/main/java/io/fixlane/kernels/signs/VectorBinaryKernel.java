package io.fixlane.kernels.signs;

import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.L2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of 4 rows and 4 vectors of columns: a template that {@link Template} flattens and
 * defines once.
 *
 * <p>Each lane counts for a column of its own, so that nothing is summed across lanes; and each
 * vector of weights meets four rows, each word of activations four vectors, so that loads are fewer
 * than operations. The 16 counts are variables: C2 keeps an array of vectors in memory.
 */
final class VectorBinaryKernel implements BinaryKernel {
  private static final int BITS = Template.data(MethodHandles.lookup(), Data.class).bits();
  private static final VectorSpecies<Long> LANES =
      VectorSpecies.of(long.class, VectorShape.forBitSize(BITS));
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS / 2));
  private static final int LENGTH = LANES.length();
  private static final int COLUMNS = 4 * LENGTH;

  /** The size of vectors in bits. */
  record Data(int bits) {
    private static final Template<BinaryKernel> TEMPLATE =
        Template.flattened(MethodHandles.lookup(), VectorBinaryKernel.class, BinaryKernel.class,
            "multiply", List.of(VectorBinaryKernel.class), Map.of());

    /** Returns the kernel. */
    BinaryKernel kernel() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(BinaryTile tile) {
    LongVector c00 = LongVector.zero(LANES);
    LongVector c01 = LongVector.zero(LANES);
    LongVector c02 = LongVector.zero(LANES);
    LongVector c03 = LongVector.zero(LANES);
    LongVector c10 = LongVector.zero(LANES);
    LongVector c11 = LongVector.zero(LANES);
    LongVector c12 = LongVector.zero(LANES);
    LongVector c13 = LongVector.zero(LANES);
    LongVector c20 = LongVector.zero(LANES);
    LongVector c21 = LongVector.zero(LANES);
    LongVector c22 = LongVector.zero(LANES);
    LongVector c23 = LongVector.zero(LANES);
    LongVector c30 = LongVector.zero(LANES);
    LongVector c31 = LongVector.zero(LANES);
    LongVector c32 = LongVector.zero(LANES);
    LongVector c33 = LongVector.zero(LANES);
    long[] a = tile.activations;
    long[] w = tile.weights;
    int words = tile.words;
    int a0 = tile.row * words;
    int a1 = a0 + words;
    int a2 = a1 + words;
    int a3 = a2 + words;
    int p = tile.panel * words * COLUMNS;
    for (int q = 0; q < words; q++) {
      LongVector w0 = LongVector.fromArray(LANES, w, p);
      LongVector w1 = LongVector.fromArray(LANES, w, p + LENGTH);
      LongVector w2 = LongVector.fromArray(LANES, w, p + 2 * LENGTH);
      LongVector w3 = LongVector.fromArray(LANES, w, p + 3 * LENGTH);
      LongVector x = LongVector.broadcast(LANES, a[a0 + q]);
      c00 = count(c00, x, w0);
      c01 = count(c01, x, w1);
      c02 = count(c02, x, w2);
      c03 = count(c03, x, w3);
      x = LongVector.broadcast(LANES, a[a1 + q]);
      c10 = count(c10, x, w0);
      c11 = count(c11, x, w1);
      c12 = count(c12, x, w2);
      c13 = count(c13, x, w3);
      x = LongVector.broadcast(LANES, a[a2 + q]);
      c20 = count(c20, x, w0);
      c21 = count(c21, x, w1);
      c22 = count(c22, x, w2);
      c23 = count(c23, x, w3);
      x = LongVector.broadcast(LANES, a[a3 + q]);
      c30 = count(c30, x, w0);
      c31 = count(c31, x, w1);
      c32 = count(c32, x, w2);
      c33 = count(c33, x, w3);
      p += COLUMNS;
    }
    store(c00, tile, 0, 0);
    store(c01, tile, 0, 1);
    store(c02, tile, 0, 2);
    store(c03, tile, 0, 3);
    store(c10, tile, 1, 0);
    store(c11, tile, 1, 1);
    store(c12, tile, 1, 2);
    store(c13, tile, 1, 3);
    store(c20, tile, 2, 0);
    store(c21, tile, 2, 1);
    store(c22, tile, 2, 2);
    store(c23, tile, 2, 3);
    store(c30, tile, 3, 0);
    store(c31, tile, 3, 1);
    store(c32, tile, 3, 2);
    store(c33, tile, 3, 3);
  }

  /** Adds, in each lane, the number of signs that differ. */
  static LongVector count(LongVector count, LongVector x, LongVector w) {
    return count.add(x.lanewise(XOR, w).lanewise(BIT_COUNT));
  }

  static void store(LongVector count, BinaryTile tile, int row, int vector) {
    LongVector sums = LongVector.broadcast(LANES, tile.k).sub(count.lanewise(LSHL, 1));
    ((IntVector) sums.convertShape(L2I, INTS, 0)).intoArray(
        tile.sums, tile.sumsOffset + row * tile.sumsStride + vector * LENGTH);
  }
}
