package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.ThresholdRecipe;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The plan of a staircase: a first word, and a step more for each threshold that a word reaches.
 * Any activation of few levels is one, with all that is computed of each word before it: biases,
 * scales and shifts move its thresholds. It is what FINN calls a MultiThreshold:
 *
 * <pre>
 *   RESULT y;
 *   y.range() = start;
 *   for each threshold t: if (x &gt;= t) y.range() = y.range() + step;
 * </pre>
 *
 * <p>All words may have one list of thresholds, or each channel one of its own, none below the one
 * before it. Words and thresholds are compared as the values that they stand for; so a threshold
 * may lie between two words, and a wider format has some that no word or every word reaches.
 *
 * <p>Vectors of words meet all thresholds in turn; where all words have one list, the operand has
 * at most 16 bits, and there are many thresholds, a table of all results is read instead.
 * {@link #explain} says which.
 *
 * <p>A plan is immutable and may be shared by threads; {@code run} does not allocate. The result
 * may lie on the operand where their containers have the same size; any other overlap is refused. A
 * word that is not in its format's range gives an unspecified word.
 *
 * {@snippet class="io.fixlane.kernels.example.ThresholdExample" region="threshold"}
 */
public final class Threshold {
  /** What a segment is computed in: a loop counts its elements in an int. */
  private static final int LARGEST_PART = 1 << 30;

  private final FixedFormat x;
  private final FixedFormat result;
  /** A word for each list, in the shape that a second operand has. */
  private final FixedTensor lists;
  private final boolean inTurn;
  private final ThresholdRecipe recipe;
  private final Plan plan;

  private Threshold(FixedFormat x, FixedTensor thresholds, Fixed start, long step) {
    this.x = x;
    this.result = start.format();
    int[] shape = Arrays.copyOf(thresholds.shape(), thresholds.rank() - 1);
    this.lists = FixedTensor.allocate(x, shape);
    int count = (int) lists.size();
    this.inTurn = count == 1 || shape[shape.length - 1] != 1;
    this.recipe = ThresholdRecipe.of(
        x, result, thresholds.dimension(shape.length), inTurn ? count : 1, step);
    ThresholdRows rows = new ThresholdRows(x, thresholds, start, recipe);
    this.plan = count == 1 && recipe.yieldsToTable(x.width())
        ? LookUpTable.plan(x, rows.table(result))
        : new Plan(_ -> Loops.threshold(recipe),
            inTurn ? rows.inTurn(count) : rows.oneByOne(count));
  }

  /**
   * Plans a staircase. The plan keeps a copy of the thresholds.
   *
   * @param x the operand
   * @param thresholds lists of thresholds, each in the last dimension: one list, or one for each
   *     channel, in the shape that a second operand of an {@link Elementwise} has before that
   *     dimension; C x T for an operand N x H x W x C, C x 1 x 1 x T for one N x C x H x W
   * @param start the result of a word that reaches no threshold, in the format of the results
   * @param step what each threshold adds to the raw word; negative where the staircase descends
   * @throws IllegalArgumentException if a format is wider than 64 bits, there is no threshold, one
   *     is below the one before it, or not in the range of its format, the last step leads out of
   *     the range of the format of {@code start}, or an array cannot hold what the plan keeps
   */
  public static Threshold of(FixedFormat x, FixedTensor thresholds, Fixed start, long step) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(thresholds, "thresholds");
    Objects.requireNonNull(start, "start");
    Container.of(x);
    Container.of(start.format());
    requireThresholds(thresholds);
    requireLast(start, step, thresholds.dimension(thresholds.rank() - 1));
    return new Threshold(x, thresholds, start, step);
  }

  private static void requireThresholds(FixedTensor thresholds) {
    if (thresholds.rank() == 0 || thresholds.size() == 0) {
      throw new IllegalArgumentException("thresholds has the shape "
          + Arrays.toString(thresholds.shape())
          + ": it must have one list at least, with a threshold in its last dimension");
    }
    OptionalLong wrong = thresholds.firstOutOfRange();
    if (wrong.isPresent()) {
      throw new IllegalArgumentException("thresholds has " + thresholds.raw(wrong.getAsLong())
          + " at " + wrong.getAsLong() + ": it must be a raw word of " + thresholds.format());
    }
    int length = thresholds.dimension(thresholds.rank() - 1);
    for (long i = 1; i < thresholds.size(); i++) {
      if (i % length != 0 && thresholds.value(i).compareTo(thresholds.value(i - 1)) < 0) {
        throw new IllegalArgumentException("thresholds has raw word " + thresholds.raw(i) + " at "
            + i + ": it must not be below the one before it, " + thresholds.raw(i - 1));
      }
    }
  }

  private static void requireLast(Fixed start, long step, int thresholds) {
    BigInteger last =
        start.raw().add(BigInteger.valueOf(step).multiply(BigInteger.valueOf(thresholds)));
    if (!start.format().contains(last)) {
      throw new IllegalArgumentException("the last of " + thresholds + " steps of " + step
          + " from " + start.raw() + " is " + last + ": it is out of range for "
          + start.format());
    }
  }

  /**
   * Computes a range of elements that all have the same thresholds.
   *
   * @param a the operand
   * @param aIndex the first word of it that is read
   * @param target the result
   * @param targetIndex the first word of it that is written
   * @param count the number of elements
   * @throws IllegalArgumentException if channels have thresholds of their own, a range does not lie
   *     in its memory, the target is read-only, or the ranges overlap other than in place
   */
  public void run(MemorySegment a, long aIndex, MemorySegment target, long targetIndex,
      long count) {
    if (lists.size() > 1) {
      throw new IllegalArgumentException("a segment has no channels: thresholds for each of them"
          + " take tensors, or slices of them");
    }
    Memory.check("a", a, Container.of(x), aIndex, target, Container.of(result), targetIndex,
        count);
    compute(a, aIndex, 0, target, targetIndex, count);
  }

  /**
   * Computes a whole tensor.
   *
   * @param a the operand
   * @param target the result, of as many words
   * @throws IllegalArgumentException if a tensor has another format than the plan, sizes or shapes
   *     do not agree, or tensors overlap other than in place
   */
  public void run(FixedTensor a, FixedTensor target) {
    Plan.requireFormat("a", a, x);
    Plan.requireFormat("target", target, result);
    Plan.requireSize("target", target, a.size());
    Memory.check("a", a.segment(), Container.of(x), 0, target.segment(), Container.of(result), 0,
        a.size());
    long inner = Broadcast.inner("a", a, "a threshold of each list", lists);
    if (inTurn) {
      compute(a.segment(), 0, 0, target.segment(), 0, a.size());
      return;
    }
    for (long i = 0; i < a.size(); i += inner) {
      long list = i / inner % lists.size();
      compute(a.segment(), i, list, target.segment(), i, inner);
    }
  }

  /** Computes in parts of whole periods. */
  private void compute(MemorySegment a, long aIndex, long list, MemorySegment target,
      long targetIndex, long count) {
    long offset = list * recipe.size() * recipe.lane().bytes();
    long part = Math.max(1, LARGEST_PART / recipe.period()) * (long) recipe.period();
    for (long done = 0; done < count; done += part) {
      plan.compute(a, (aIndex + done) * Container.of(x).bytes(), offset, target,
          (targetIndex + done) * Container.of(result).bytes(), Math.min(part, count - done));
    }
  }

  /** Returns what the plan does and how: formats, thresholds, lanes and vector width. */
  public String explain() {
    return "threshold " + x + " -> " + result + ": " + recipe.thresholds()
        + (recipe.thresholds() == 1 ? " threshold" : " thresholds")
        + (lists.size() == 1 ? "" : " for each of " + lists.size() + " channels") + ", "
        + plan.explain();
  }

  @Override
  public String toString() {
    return explain();
  }
}
