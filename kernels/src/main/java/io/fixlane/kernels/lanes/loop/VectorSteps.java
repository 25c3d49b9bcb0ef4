package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.LSHL;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Species;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A micro-kernel that casts its accumulators at every step: a template as {@link VectorLoop} is.
 *
 * <p>A step takes as long as its dozen operations one after the other, but needs only the step
 * before in its own row: so each step of k is taken for all rows before the next, and the
 * accumulators wait in memory.
 */
final class VectorSteps implements MicroKernel {
  private static final StepCast DATA = Template.data(MethodHandles.lookup(), StepCast.class);
  private static final boolean INTS = DATA.lane() == Container.INT;
  private static final boolean LANEWISE = DATA.lanewise();
  private static final int TERMS = DATA.terms();
  private static final VectorSpecies<Long> LANES =
      Species.of(DATA.lane().type(), DATA.bits());
  private static final int LENGTH = LANES.length();

  @Override
  public void multiply(Tile tile) {
    Object sums = tile.sums;
    int to = tile.sumsOffset;
    int toStride = tile.sumsStride;
    for (int i = 0; i < StepCast.ROWS; i++) {
      System.arraycopy(tile.addend, tile.addendOffset + i * tile.addendStride, sums,
          to + i * toStride, LENGTH);
    }
    Object a = tile.a;
    Object panel = tile.panel;
    int[] rowBase = tile.rowBase;
    int row = tile.row;
    int p = tile.panelOffset;
    for (int r = 0; r < tile.runs; r++) {
      int start = tile.aOffset + tile.runBase[tile.run + r];
      for (int k = 0; k < tile.runLength; k++) {
        for (int i = 0; i < StepCast.ROWS; i++) {
          Vector<Long> sum = LANES.fromArray(sums, to + i * toStride);
          int place = rowBase[row + i] + start + k;
          Vector<Long> x = LANEWISE
              ? LANES.fromArray(a, place)
              : LANES.broadcast(word(a, place));
          Vector<Long> product;
          if (TERMS == 0) {
            product = x.mul(LANES.fromArray(panel, p));
          } else {
            product = VectorOperation.term(LANES, x, LANES.fromArray(panel, p));
            for (int term = 1; term < TERMS; term++) {
              product = product.add(VectorOperation.term(
                  LANES, x, LANES.fromArray(panel, p + term * LENGTH)));
            }
          }
          store(step(DATA, LANES, sum, product), INTS, sums, to + i * toStride);
        }
        p += LENGTH * Math.max(1, TERMS);
      }
    }
  }

  private static long word(Object a, int index) {
    return INTS ? ((int[]) a)[index] : ((long[]) a)[index];
  }

  static Vector<Long> step(StepCast step, VectorSpecies<Long> lanes, Vector<Long> sum,
      Vector<Long> product) {
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
