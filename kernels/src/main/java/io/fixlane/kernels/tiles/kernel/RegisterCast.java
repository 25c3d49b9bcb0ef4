package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.cast.IntegerCast;
import io.fixlane.kernels.lanes.cast.OverflowStep;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A cast of whole sums of 32 bits while they are in registers, instead of by a loop over stored
 * sums: {@link IntegerCast} where that is
 *
 * <pre>
 *   v = min(max(sum, low), high)                 for a relu too, where low is 0
 *   v = (v + base + term of v) &gt;&gt; shift
 *   the lower bits of v, or all
 * </pre>
 *
 * @param form what code it takes
 * @param low what sums are clamped to from below
 * @param high what they are clamped to from above
 * @param base what is added to them
 * @param term what is added to those that the form names
 * @param shift how far they are shifted to the right
 */
public record RegisterCast(Form form, int low, int high, int base, int term, int shift) {

  /** To which sums the term is added. */
  enum Added {
    /** To none. */
    NEVER,
    /** To negative ones. */
    NEGATIVE,
    /** To those of which the lowest bit that is kept is set. */
    ODD
  }

  /**
   * What the code of a cast depends on; the rest are constants that it reads.
   *
   * @param added to which sums the term is added
   * @param cut the upper bits that a word wraps without, or 0 where it does not wrap
   * @param signed whether results are signed
   * @param target what they are stored in
   */
  record Form(Added added, int cut, boolean signed, Container target) {}

  /**
   * Returns the cast of sums, or null where it has to be a loop.
   *
   * @param sums the format of the sums
   * @param relu whether negative sums become 0
   * @param target what they are cast into
   */
  public static @Nullable RegisterCast of(FixedFormat sums, boolean relu, FixedFormat target) {
    FixedFormat source = sums.signed()
        ? sums
        : FixedFormat.signed(sums.width() + 1, sums.integerBits() + 1);
    if (source.width() > Integer.SIZE || target.width() > Integer.SIZE) {
      return null;
    }
    IntegerCast cast = IntegerCast.of(source, target, Integer.SIZE);
    OverflowStep step = cast.overflow().step();
    boolean wraps = step == OverflowStep.WRAP;
    if (step != OverflowStep.NONE && !wraps || !cast.spare() || cast.shift() < 0
        || cast.shift() >= Integer.SIZE) {
      return null;
    }
    Added added = cast.oddTerm() != 0
        ? Added.ODD
        : cast.signTerm() != 0 ? Added.NEGATIVE : Added.NEVER;
    int low = cast.clampLow() ? (int) cast.low() : Integer.MIN_VALUE;
    Form form = new Form(added, wraps ? Integer.SIZE - target.width() : 0, target.signed(),
        Container.of(target));
    return new RegisterCast(form, relu ? Math.max(low, 0) : low,
        cast.clampHigh() ? (int) cast.high() : Integer.MAX_VALUE, (int) cast.base(),
        (int) (added == Added.ODD ? cast.oddTerm() : cast.signTerm()), cast.shift());
  }

  /** Returns what results are stored in. */
  public Container target() {
    return form.target;
  }

  /** Returns what becomes of a sum. */
  int apply(int sum) {
    int v = Math.clamp(sum, low, high);
    int added = switch (form.added) {
      case NEVER -> 0;
      case NEGATIVE -> v >> Integer.SIZE - 1 & term;
      case ODD -> v >> shift & term;
    };
    int word = v + base + added >> shift;
    return form.signed ? word << form.cut >> form.cut : word << form.cut >>> form.cut;
  }

  /**
   * Tells code where the results of a tile go from a row on, and what they are cast by.
   *
   * @param cast the cast, or null where sums are stored
   * @return the memory that the code stores into
   */
  static MemorySegment tellTarget(
      @Nullable RegisterCast cast, Tile tile, int row, int sumBytes) {
    TileMemory memory = tile.memory;
    long[] numbers = memory.numbers;
    if (cast == null) {
      numbers[DotNumbers.SUMS] = (long) (tile.sumsOffset + row * tile.sumsStride) * sumBytes;
      numbers[DotNumbers.SUMS_STRIDE] = (long) tile.sumsStride * sumBytes;
      return memory.sums;
    }
    numbers[DotNumbers.SUMS] = memory.resultOffset
        + (long) tile.sumsOffset * cast.target().bytes() + row * memory.resultStride;
    numbers[DotNumbers.SUMS_STRIDE] = memory.resultStride;
    cast.tell(numbers);
    return memory.results;
  }

  /** Tells the code its constants. */
  private void tell(long[] numbers) {
    numbers[DotNumbers.LOW] = low;
    numbers[DotNumbers.HIGH] = high;
    numbers[DotNumbers.BASE] = base;
    numbers[DotNumbers.TERM] = term;
    numbers[DotNumbers.SHIFT] = shift;
  }
}
