package io.fixlane.kernels.lanes;

import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A micro-kernel that casts its accumulators at every step: a template as {@link VectorLoop} is.
 * Each step needs the one before, so three rows are under way at once; with four the flattened
 * method is larger than HotSpot compiles.
 */
final class VectorSteps implements MicroKernel {
  private static final StepCast DATA = Specializer.data(MethodHandles.lookup(), StepCast.class);
  private static final IntegerCast CAST = DATA.cast();
  private static final boolean INTS = DATA.lane() == Container.INT;
  private static final VectorSpecies<Long> LANES =
      Species.of(DATA.lane().type(), DATA.bits());
  private static final int LENGTH = LANES.length();

  @Override
  public void run(Tile tile) {
    Object addend = tile.addend;
    int from = tile.addendOffset;
    int stride = tile.addendStride;
    Vector<Long> sum0 = LANES.fromArray(addend, from);
    Vector<Long> sum1 = LANES.fromArray(addend, from + stride);
    Vector<Long> sum2 = LANES.fromArray(addend, from + 2 * stride);
    Object a = tile.a;
    Object panel = tile.panel;
    int length = tile.runLength;
    int p = tile.panelOffset;
    for (int r = 0; r < tile.runs; r++) {
      int start = tile.aOffset + tile.runBase[tile.run + r];
      int a0 = start + tile.rowBase[tile.row];
      int a1 = start + tile.rowBase[tile.row + 1];
      int a2 = start + tile.rowBase[tile.row + 2];
      for (int k = 0; k < length; k++) {
        Vector<Long> w = LANES.fromArray(panel, p + k * LENGTH);
        sum0 = step(DATA, LANES, sum0, w, word(a, a0 + k));
        sum1 = step(DATA, LANES, sum1, w, word(a, a1 + k));
        sum2 = step(DATA, LANES, sum2, w, word(a, a2 + k));
      }
      p += length * LENGTH;
    }
    Object sums = tile.sums;
    int to = tile.sumsOffset;
    int toStride = tile.sumsStride;
    store(sum0, INTS, sums, to);
    store(sum1, INTS, sums, to + toStride);
    store(sum2, INTS, sums, to + 2 * toStride);
  }

  private static long word(Object a, int index) {
    return INTS ? ((int[]) a)[index] : ((long[]) a)[index];
  }

  static Vector<Long> step(StepCast step, VectorSpecies<Long> lanes, Vector<Long> sum,
      Vector<Long> w, long a) {
    Vector<Long> product = lanes.broadcast(a).mul(w);
    Vector<Long> aligned =
        step.productShift() == 0 ? product : product.lanewise(LSHL, step.productShift());
    Vector<Long> old = step.sumShift() == 0 ? sum : sum.lanewise(LSHL, step.sumShift());
    return VectorIntegerCast.apply(step.cast(), lanes, lanes, old.add(aligned));
  }

  static void store(Vector<Long> sum, boolean ints, Object sums, int index) {
    if (ints) {
      ((IntVector) (Vector<?>) sum).intoArray((int[]) sums, index);
    } else {
      ((LongVector) (Vector<?>) sum).intoArray((long[]) sums, index);
    }
  }
}
