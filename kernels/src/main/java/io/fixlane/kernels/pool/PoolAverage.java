package io.fixlane.kernels.pool;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.ExactFormat;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.shape.Window;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Sums divided by the number of words under the kernel, and one cast of the exact quotient.
 *
 * <p>The quotient of a sum of F fraction bits and a count c has no end in bits, but need not be
 * known to the end. What a cast into Fr fraction bits makes of it can change only at multiples of
 * half a unit, 2<sup>-Fr-1</sup>; with G = max(F, Fr + 1) all of them are multiples of
 * 2<sup>-G</sup>, and so is the sum. Then a quotient that is no multiple of 2<sup>-G</sup> lies at
 * least 2<sup>-G</sup> / c from the nearest one. Truncated toward zero to G + p fraction bits, with
 * 2<sup>p</sup> &gt;= c, it moves by less than that: it crosses none and reaches none, and if it is
 * one it does not move. So the cast makes of the truncated quotient what it makes of the exact one,
 * in every mode.
 *
 * <p>Where the count is a power of two, the quotient is the sum with its binary point moved.
 */
public final class PoolAverage implements PoolOutput {
  private final PoolSizes sizes;
  private final boolean paddingCounts;
  private final int taps;
  /** What a sum is divided by: of 16 bits where that holds it, so that floats form the quotient. */
  private final Operand divisor;
  private final int sumBytes;
  private final int targetBytes;
  private final @Nullable Loops moved;
  private final @Nullable Loops quotient;

  /**
   * Makes the averages of exact sums.
   *
   * @param paddingCounts whether taps in the padding count as zeros; those beyond it never do
   */
  public PoolAverage(PoolSizes sizes, FixedFormat sum, FixedFormat result, boolean paddingCounts) {
    this.sizes = sizes;
    this.paddingCounts = paddingCounts;
    this.sumBytes = Container.of(sum).bytes();
    this.targetBytes = Container.of(result).bytes();
    this.taps = sizes.window().taps();
    this.divisor = new Operand(
        taps <= Short.MAX_VALUE ? Container.SHORT : Container.INT, true, 0, true);
    // The first place lacks most rows and columns above and left of the image, the last the others.
    boolean oneCount = rows(0) * columns(0) == taps
        && rows(sizes.output().height() - 1) * columns(sizes.output().width() - 1) == taps;
    boolean power = Integer.bitCount(taps) == 1;
    this.moved = power ? moved(sum, result, ceilLog2(taps)) : null;
    this.quotient = oneCount && power ? null : quotient(sum, result, ceilLog2(taps));
  }

  /** Returns the rows under the kernel that count. */
  private int rows(int outputRow) {
    Window window = sizes.window();
    int end = window.row(outputRow, window.kernelHeight());
    return paddingCounts
        ? Math.min(end, sizes.image().height() + window.paddingBottom()) - window.row(outputRow, 0)
        : sizes.lastRow(outputRow) - sizes.firstRow(outputRow);
  }

  /** Returns the columns under the kernel that count. */
  private int columns(int outputColumn) {
    Window window = sizes.window();
    int start = window.column(outputColumn, 0);
    int end = window.column(outputColumn, window.kernelWidth());
    int width = sizes.image().width();
    return paddingCounts
        ? Math.min(end, width + window.paddingRight()) - start
        : Math.min(end, width) - Math.max(0, start);
  }

  /** Returns the smallest p with 2<sup>p</sup> &gt;= count. */
  public static int ceilLog2(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  private static Loops moved(FixedFormat sum, FixedFormat result, int places) {
    FixedFormat average = ExactFormat.of("the average of words with a sum of " + sum, sum.signed(),
        sum.width(), (long) sum.integerBits() - places);
    return Loops.of(
        Operation.COPY, Operand.of(sum, 0, false), null, null, average, 0, result, false);
  }

  private Loops quotient(FixedFormat sum, FixedFormat result, int places) {
    long more = Math.max(0, result.fractionBits() + 1L - sum.fractionBits()) + places;
    if (sum.width() + more > Long.SIZE) {
      throw new IllegalArgumentException("the quotient of a sum of " + sum + ", to as many bits as "
          + result + " needs, has " + (sum.width() + more)
          + ": kernels compute in at most 64 bits");
    }
    int shift = (int) more;
    FixedFormat exact = ExactFormat.of("the quotient of a sum of " + sum, sum.signed(),
        sum.width() + more, sum.integerBits());
    return Loops.of(
        Operation.DIVIDE, Operand.of(sum, shift, false), divisor, null, exact, 0, result, false);
  }

  @Override
  public void store(PoolWork work, MemorySegment row, int outputRow, MemorySegment target,
      long first) {
    int width = sizes.output().width();
    int rows = rows(outputRow);
    int from = 0;
    while (from < width) {
      int count = rows * columns(from);
      int to = from + 1;
      while (to < width && rows * columns(to) == count) {
        to++;
      }
      divide(work, row, from, to, count, target, first);
      from = to;
    }
  }

  /** Divides the pixels of a row from one to before another. */
  private void divide(PoolWork work, MemorySegment row, int from, int to, int count,
      MemorySegment target, long first) {
    int cell = sizes.image().channels();
    long source = (long) from * cell * sumBytes;
    long goal = (first + (long) from * cell) * targetBytes;
    long words = (long) (to - from) * cell;
    if (moved != null && count == taps) {
      moved.compute(row, source, row, source, row, source, target, goal, words, null);
    } else if (quotient != null) {
      divisor.container().write(work.divisor, 0, count);
      quotient.compute(
          row, source, work.divisor, 0, work.divisor, 0, target, goal, words, null);
    }
  }

  @Override
  public String explain() {
    return moved != null
        ? "cast with the binary point moved, " + moved.explain()
            + (quotient == null ? "" : ", at the edges divided, " + quotient.explain())
        : "divided and cast once, " + quotient.explain();
  }
}
